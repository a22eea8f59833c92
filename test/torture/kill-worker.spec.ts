import pg from 'pg';
import type { DeliveryView } from '#libs/requests';
import { ChildProcess } from '../harness/child-process.js';
import { attemptsOf, copiesOf, expectNothingLost, expectOnce } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { pastLease, pastSending, untilOnlyHeld, untilQuiet } from '../harness/quiet.js';
import { backEnds } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe.each(backEnds)('a worker that dies or freezes, with the queue on %s', (queue) => {
  let instance: Instance;
  let requester: Officer;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    instance = await Instance.start({ queue, worker: false });
    requester = await instance.officer('officer@xa.example');
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.stop()));
    await instance.stopWorker();
    instance.sink.onStall = () => undefined;
  });
  afterAll(() => instance.stop());

  /** One notice after the other, so that exactly one is hit. */
  const startChild = async (env: Record<string, string> = {}) => {
    const child = await ChildProcess.start('worker', { ...instance.env, WORKER_CONCURRENCY: '1', ...env });
    children.push(child);
    return child;
  };
  /** Routine, so that in the time that is let pass nobody is reminded of it. */
  const files = async () => requester.files({ urgency: 'U4' });
  const held = async (id: string): Promise<DeliveryView | undefined> =>
    (await requester.deliveries(id)).find(({ state }) => state === 'leased' || state === 'sending');
  const healthyWorkerEndsIt = async (id: string, after: number): Promise<DeliveryView[]> => {
    await instance.forward(after);
    await instance.startWorker();
    await untilQuiet(instance);
    return requester.deliveries(id);
  };
  const heldThenSettled = (hit: DeliveryView | undefined, all: readonly DeliveryView[]) => {
    const [one] = all.filter(({ notice }) => notice === hit?.notice);
    if (!one) throw new Error('no notice was in the hands of the worker that died');
    return { one, others: all.filter((other) => other !== one) };
  };

  it.each([
    { at: 'after-claim', left: 'leased', after: pastLease, attempts: [[2, 'accepted']], copies: 1 },
    {
      ...{ at: 'after-fence', left: 'sending', after: pastSending, copies: 1 },
      attempts: [
        [1, 'unknown'],
        [2, 'accepted'],
      ],
    },
    {
      ...{ at: 'after-250', left: 'sending', after: pastSending, copies: 2 },
      attempts: [
        [1, 'unknown'],
        [2, 'accepted'],
      ],
    },
  ])('killed $at, it loses nothing, and the far end has $copies of that mail', async (point) => {
    const child = await startChild({ FAIL_AT: point.at });
    const { id } = await files();
    expect(await child.end()).toBe('SIGKILL');
    const hit = await held(id);
    expect(hit?.state).toBe(point.left);

    const all = await healthyWorkerEndsIt(id, point.after);
    const { one, others } = heldThenSettled(hit, all);
    expect(all).toHaveLength(3);
    expectNothingLost(instance.sink, all);
    expectOnce(instance.sink, others);
    expect(attemptsOf(one)).toEqual(point.attempts);
    expect(others.map(attemptsOf)).toEqual([[[1, 'accepted']], [[1, 'accepted']]]);
    const copies = copiesOf(instance.sink, one.notice);
    expect(copies).toHaveLength(point.copies);
    expect(new Set(copies.map((mail) => mail.text)).size).toBe(1);
  });

  it('killed in the middle of a mail, it leaves no half, and the mail arrives once', async () => {
    instance.sink.script('cert@xb.example', { does: 'stall-in-data', times: 1 });
    const child = await startChild();
    instance.sink.onStall = () => child.kill('SIGKILL');
    const { id } = await files();
    expect(await child.end()).toBe('SIGKILL');
    const hit = await held(id);
    expect(hit?.state).toBe('sending');
    expect(copiesOf(instance.sink, hit?.notice ?? '')).toEqual([]);

    const all = await healthyWorkerEndsIt(id, pastSending);
    const { one } = heldThenSettled(hit, all);
    expectOnce(instance.sink, all);
    expect(attemptsOf(one)).toEqual([
      [1, 'unknown'],
      [2, 'accepted'],
    ]);
    expect(copiesOf(instance.sink, one.notice)[0]?.text).toContain('ransomware');
  });

  it('killed five times in a row over the same notice, it is delivered by the sixth', async () => {
    const first = await startChild({ FAIL_AT: 'after-claim' });
    const { id } = await files();
    await first.end();
    const hit = await held(id);
    await instance.startWorker();
    await untilOnlyHeld(instance);
    await instance.stopWorker();

    for (const point of ['after-fence', 'after-claim', 'after-fence', 'after-fence']) {
      await instance.forward(pastSending);
      const next = await startChild({ FAIL_AT: point });
      expect(await next.end()).toBe('SIGKILL');
      expect((await held(id))?.notice).toBe(hit?.notice);
    }
    const all = await healthyWorkerEndsIt(id, pastSending);
    const { one } = heldThenSettled(hit, all);
    expectOnce(instance.sink, all);
    expect(attemptsOf(one)).toEqual([
      [2, 'unknown'],
      [4, 'unknown'],
      [5, 'unknown'],
      [6, 'accepted'],
    ]);
  });

  it('frozen for longer than its lease, it wakes up and sends nothing that another has sent', async () => {
    const { id } = await files();
    const [frozen, hit] = await claimedAndFrozen(id);
    expect(hit.state).toBe('leased');

    const all = await healthyWorkerEndsIt(id, pastLease);
    const { one } = heldThenSettled(hit, all);
    expectOnce(instance.sink, all);
    expect(attemptsOf(one)).toEqual([[2, 'accepted']]);

    await instance.stopWorker();
    frozen.kill('SIGCONT');
    // It does one job after the other: when it has delivered these, it is long done with the old one.
    const later = await files();
    await untilQuiet(instance);
    expectOnce(instance.sink, await requester.deliveries(later.id));
    expect(frozen.lives).toBe(true);
    expect(await requester.deliveries(id)).toEqual(all);
    expectOnce(instance.sink, all);
  });

  /** Between its claim and its fence a worker reads the link of the notice: there it waits until it is frozen. */
  async function claimedAndFrozen(id: string): Promise<[ChildProcess, DeliveryView]> {
    const keeper = new pg.Client({ connectionString: instance.database.urls.owner });
    await keeper.connect();
    try {
      await keeper.query('BEGIN');
      await keeper.query('LOCK TABLE ack_links IN ACCESS EXCLUSIVE MODE');
      const worker = await startChild();
      const hit = await waitUntil('a notice is claimed', () => held(id));
      worker.kill('SIGSTOP');
      return [worker, hit];
    } finally {
      await keeper.end();
    }
  }
});

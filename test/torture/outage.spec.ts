import type { RequestView } from '#libs/requests';
import { attemptsOf, expectNothingLost, expectOnce } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { queueOutage, type QueueOutage } from '../harness/queue-outage.js';
import { untilQuiet } from '../harness/quiet.js';
import { backEnds } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe.each(backEnds)('outages, with the queue on %s', (backEnd) => {
  let instance: Instance;
  let queue: QueueOutage;
  let requester: Officer;

  beforeAll(async () => {
    // Mail and queue are dead before anybody needs them; api and worker are never started anew.
    instance = await Instance.start({ queue: backEnd, worker: false, deadMail: true, deadRedis: true });
    queue = queueOutage(instance, backEnd);
    if (backEnd === 'postgres') await queue.down();
    await instance.startWorker();
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  const filesMany = async (count: number): Promise<RequestView[]> =>
    Promise.all(Array.from({ length: count }, () => requester.files()));
  const deliveriesOf = async (requests: readonly RequestView[]) =>
    (await Promise.all(requests.map(({ id }) => requester.deliveries(id)))).flat();
  const arrived = async (count: number) => {
    const before = instance.sink.mails.length;
    return waitUntil(`${count} more mails`, () => instance.sink.mails.length >= before + count);
  };
  /** Past what the sweep grants to the queue before it delivers without it. */
  const pastPatience = 6_000;

  it('takes requests while queue and mail server are dead, and delivers once when they come', async () => {
    const requests = await filesMany(3);
    await instance.forward(pastPatience);
    await waitUntil('a delivery was tried in vain', async () =>
      (await deliveriesOf(requests)).some(({ attempts }) =>
        attempts.some(({ outcome }) => outcome === 'transient'),
      ),
    );
    expect(requests.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    await instance.sink.start();
    await queue.up();
    await untilQuiet(instance);
    const deliveries = await deliveriesOf(requests);
    expect(deliveries).toHaveLength(9);
    expectOnce(instance.sink, deliveries);
  });

  it('delivers without a queue, and through it again when it is back', async () => {
    await queue.down();
    const during = await filesMany(2);
    await instance.forward(pastPatience);
    await untilQuiet(instance);
    expectOnce(instance.sink, await deliveriesOf(during));
    await queue.up();
    const afterwards = await filesMany(2);
    await waitUntil('all is delivered', async () =>
      (await deliveriesOf(afterwards)).every(({ state }) => state === 'accepted'),
    );
    expectOnce(instance.sink, await deliveriesOf(afterwards));
  });

  it('delivers when a dead mail server comes back, and once', async () => {
    await instance.sink.stop();
    const requests = await filesMany(2);
    await waitUntil('every delivery was tried in vain', async () =>
      (await deliveriesOf(requests)).every(
        ({ attempts }) => attempts.length > 0 && attempts[0]?.outcome !== null,
      ),
    );
    await instance.sink.start();
    await untilQuiet(instance);
    const deliveries = await deliveriesOf(requests);
    expectNothingLost(instance.sink, deliveries);
    expect(deliveries.map((delivery) => attemptsOf(delivery).at(-1)?.[1])).toEqual(
      deliveries.map(() => 'accepted'),
    );
  });

  it('loses nothing when the mail server goes away in the middle', async () => {
    const filing = filesMany(12);
    await arrived(6);
    await instance.sink.stop();
    const requests = [...(await filing), ...(await filesMany(2))];
    await instance.sink.start();
    await untilQuiet(instance);
    const deliveries = await deliveriesOf(requests);
    expect(deliveries).toHaveLength(42);
    expectNothingLost(instance.sink, deliveries);
  });

  it('loses nothing when the queue is emptied while 60 notices are on their way', async () => {
    const filing = filesMany(20);
    for (const more of [1, 5, 10]) {
      await arrived(more);
      await queue.empty();
    }
    const requests = await filing;
    await queue.empty();
    await untilQuiet(instance);
    const deliveries = await deliveriesOf(requests);
    expect(deliveries).toHaveLength(60);
    expectOnce(instance.sink, deliveries);
  });

  it('loses nothing when the queue dies while notices are on their way, and comes back empty', async () => {
    const filing = filesMany(12);
    await arrived(4);
    await queue.down();
    const requests = [...(await filing), ...(await filesMany(2))];
    await queue.up();
    await queue.empty();
    await untilQuiet(instance);
    const deliveries = await deliveriesOf(requests);
    expect(deliveries).toHaveLength(42);
    expectOnce(instance.sink, deliveries);
  });
});

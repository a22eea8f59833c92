import { samplePassword } from '#libs/directory';
import { ChildProcess } from '../harness/child-process.js';
import { expectOnce } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { freePort } from '../harness/waiting.js';
import type { RequestView } from '#libs/requests';

describe('an api that is killed around its COMMIT', () => {
  let instance: Instance;
  let requester: Officer;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
  });
  afterEach(async () => {
    await Promise.all(children.splice(0).map((child) => child.stop()));
    await instance.stopWorker();
  });
  afterAll(() => instance.stop());

  /** The same officer, but at an api that will die at the given point; and that api. */
  const atDoomedApi = async (point: string, email: string): Promise<[Officer, ChildProcess]> => {
    const port = String(await freePort());
    const child = await ChildProcess.start('api', { ...instance.env, PORT: port, FAIL_AT: point });
    children.push(child);
    return [await Officer.signIn(`http://localhost:${port}`, email, samplePassword), child];
  };

  const counts = async () => {
    const [row] = await instance.database.rows<Record<'requests' | 'notices' | 'events' | 'answers', number>>(
      `SELECT (SELECT count(*) FROM requests)::int AS requests, (SELECT count(*) FROM notices)::int AS notices,
         (SELECT count(*) FROM request_events)::int AS events, (SELECT count(*) FROM idempotent_answers)::int AS answers`,
    );
    if (!row) throw new Error('nothing was counted');
    return row;
  };
  const lastRequest = async (): Promise<string | undefined> => {
    const rows = await instance.database.rows<{ id: string }>(
      'SELECT id FROM requests ORDER BY id DESC LIMIT 1',
    );
    return rows[0]?.id;
  };

  it('before it, there is nothing at all; the repeated call files once', async () => {
    const before = await counts();
    const [doomed, child] = await atDoomedApi('file:before-commit', 'officer@xa.example');
    await expect(doomed.post('/requests', fiveFields, 'killed-before')).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    expect(await child.end()).toBe('SIGKILL');
    expect(await counts()).toEqual(before);

    const repeated = await requester.post('/requests', fiveFields, 'killed-before');
    expect(repeated.status).toBe(201);
    const again = await requester.post('/requests', fiveFields, 'killed-before');
    expect(again.body).toEqual(repeated.body);
    expect(await counts()).toEqual({
      ...{ requests: before.requests + 1, notices: before.notices + 3, answers: before.answers + 1 },
      events: before.events + 2,
    });
  });

  it('after it, the request is there without an answer; the repeated call is told of it, and all is delivered once', async () => {
    const before = await counts();
    const [doomed, child] = await atDoomedApi('file:after-commit', 'officer@xa.example');
    await expect(doomed.post('/requests', fiveFields, 'killed-after')).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    expect(await child.end()).toBe('SIGKILL');
    const id = await lastRequest();
    const after = await counts();
    expect(after).toMatchObject({ requests: before.requests + 1, notices: before.notices + 3 });

    const repeated = await requester.post('/requests', fiveFields, 'killed-after');
    expect([repeated.status, (repeated.body as RequestView).id]).toEqual([201, id]);
    expect(await counts()).toEqual(after);
    const other = await requester.post('/requests', { ...fiveFields, urgency: 'U2' }, 'killed-after');
    expect(other.status).toBe(422);

    // Nobody rang for these notices: the worker finds them by itself.
    await instance.startWorker();
    await untilQuiet(instance);
    const deliveries = await requester.deliveries(id ?? '');
    expect(deliveries).toHaveLength(3);
    expectOnce(instance.sink, deliveries);
  });

  it('after the COMMIT of an acknowledgement, the repeat is answered alike and the requester is told once', async () => {
    const { id } = await requester.files();
    const [doomed, child] = await atDoomedApi('act:after-commit', 'duty@xb.example');
    await expect(doomed.post(`/requests/${id}/acts`, { act: 'acknowledge' }, 'ack')).rejects.toThrow();
    expect(await child.end()).toBe('SIGKILL');

    const addressee = await instance.officer('duty@xb.example');
    const repeated = await addressee.post(`/requests/${id}/acts`, { act: 'acknowledge' }, 'ack');
    expect([repeated.status, (repeated.body as RequestView).state]).toEqual([200, 'acknowledged']);
    const anew = await addressee.acts(id, { act: 'acknowledge' });
    expect(anew.status).toBe(409);

    await instance.startWorker();
    await untilQuiet(instance);
    const deliveries = await requester.deliveries(id);
    expectOnce(instance.sink, deliveries);
    expect(deliveries.filter(({ kind }) => kind === 'acknowledged')).toHaveLength(3);
    const { timeline } = await requester.sees(id);
    expect(timeline.filter(({ act }) => act === 'acknowledge')).toHaveLength(1);
  });
});

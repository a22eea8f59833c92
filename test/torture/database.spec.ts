import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestView } from '#libs/requests';
import { expectNothingLost } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, type Officer } from '../harness/officer.js';
import { pastSending, untilOnlyHeld, untilQuiet } from '../harness/quiet.js';
import { backEnds } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe.each(backEnds)('a database that drops every connection, with the queue on %s', (queue) => {
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ queue });
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  const dropConnections = async (): Promise<number> => {
    const [row] = await instance.database.rows<{ count: number }>(
      `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
    );
    return row?.count ?? 0;
  };
  /** Repeats a filing under its key, as a client does that is told to come back. */
  const filesInTheEnd = async (key: string, seen: number[]): Promise<RequestView> =>
    waitUntil(`${key} is filed`, async () => {
      const answer = await requester.post('/requests', fiveFields, key);
      seen.push(answer.status);
      if (answer.status === 503) expect(answer.headers['retry-after']).toBe('2');
      return answer.status === 201 ? (answer.body as RequestView) : undefined;
    });

  it('answers 503 at worst while idle connections are gone, and then serves as before', async () => {
    expect(await dropConnections()).toBeGreaterThanOrEqual(2);
    const seen: number[] = [];
    await waitUntil('reading works again', async () => {
      seen.push((await requester.get('/requests')).status);
      return seen.at(-1) === 200;
    });
    expect(seen.filter((status) => status !== 200 && status !== 503)).toEqual([]);
    const request = await filesInTheEnd('after-idle', seen);
    await untilQuiet(instance);
    expectNothingLost(instance.sink, await requester.deliveries(request.id));
  });

  it('dropped under load, each call is answered by 201 or 503, each request is there once, and all is delivered', async () => {
    const seen: number[] = [];
    let dropped = 0;
    const filing = Promise.all(Array.from({ length: 24 }, (_, turn) => filesInTheEnd(`load-${turn}`, seen)));
    for (let round = 0; round < 5; round++) {
      await sleep(60);
      dropped += await dropConnections();
    }
    const requests = await filing;
    expect(dropped).toBeGreaterThan(10);
    expect(seen.filter((status) => status !== 201 && status !== 503)).toEqual([]);
    expect(new Set(requests.map(({ id }) => id)).size).toBe(24);
    const filed = await instance.database.rows<{ key: string }>(
      `SELECT key FROM idempotent_answers WHERE key LIKE 'load-%'`,
    );
    expect(filed).toHaveLength(24);

    // What was being sent while its connection went is unknown, and is taken up again when its time is over.
    await untilOnlyHeld(instance);
    await instance.forward(pastSending);
    await untilQuiet(instance);
    const deliveries = (await Promise.all(requests.map(({ id }) => requester.deliveries(id)))).flat();
    expect(deliveries).toHaveLength(72);
    expectNothingLost(instance.sink, deliveries);
  });

  it('the worker needs nobody to go on', async () => {
    const request = await requester.files();
    await dropConnections();
    await waitUntil('all is delivered or held', async () => {
      const rows = await instance.database.rows(
        `SELECT 1 FROM notices WHERE state IN ('pending', 'unknown')`,
      );
      return rows.length === 0;
    });
    await untilOnlyHeld(instance);
    await instance.forward(pastSending);
    await untilQuiet(instance);
    await waitUntil('the api serves', async () => (await requester.get('/requests')).status === 200);
    expectNothingLost(instance.sink, await requester.deliveries(request.id));
  });
});

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Requests } from '#libs/requests';
import { UnitOfWork } from '#libs/runtime';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe('the lines of a request, while one is handed over', () => {
  let instance: Instance;
  let requester: Officer;
  let beside: pg.Client;
  let bodies: Record<string, string>;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
    const url = Object.assign(new URL(settings.admin), { pathname: `/${instance.database.name}` });
    beside = new pg.Client({ connectionString: url.toString() });
    await beside.connect();
    const found = await instance.database.rows<{ at: string; id: string }>(
      `SELECT party_code || ' ' || kind AS at, id FROM bodies`,
    );
    bodies = Object.fromEntries(found.map(({ at, id }) => [at, id]));
  });
  afterAll(async () => {
    await beside.end();
    await instance.stop();
  });

  /** One hand-over to each of the kinds of body in turn, open until its transaction is committed. */
  const handOver = async (id: string, kinds: readonly string[]): Promise<void> => {
    await beside.query('BEGIN');
    for (const kind of kinds) {
      const { rows } = await beside.query<{ id: string }>(
        `UPDATE addressees SET state = 'redirected' WHERE request_id = $1 AND state = 'sent' RETURNING id`,
        [id],
      );
      const changes = {
        id: randomUUID(),
        state: 'sent',
        follows: rows[0]?.id,
        body_id: bodies[`XB ${kind}`],
      };
      await beside.query(
        `INSERT INTO addressees SELECT (jsonb_populate_record(a, $2)).* FROM addressees a WHERE id = $1`,
        [rows[0]?.id, JSON.stringify(changes)],
      );
    }
  };
  /** The states of lines that are locked by nobody, while somebody of a body holds the locks that he asked for. */
  const freeWhileLockedBy = async (at: string, id: string): Promise<string[]> => {
    const [party = ''] = at.split(' ');
    const identity = { actor: randomUUID(), party, body: bodies[at] ?? '', purpose: 'act' };
    return instance.api.get(UnitOfWork).run(identity, async (tx) => {
      await instance.api.get(Requests).lock(tx, { requestId: id, partyCode: 'XB' });
      const free = await instance.database.rows<{ state: string }>(
        'SELECT state FROM addressees WHERE request_id = $1 ORDER BY id FOR NO KEY UPDATE SKIP LOCKED',
        [id],
      );
      return free.map(({ state }) => state);
    });
  };
  const someoneWaits = () =>
    waitUntil('somebody waits for the lock', async () => {
      const [waiting] = await instance.database.rows(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return waiting;
    });

  it.each([
    ['the requester', 'XA cert', ['agency'], []],
    ['the requester, past several', 'XA cert', ['agency', 'ministry', 'agency'], []],
    ['the body that is to hold it', 'XB agency', ['agency'], []],
    // The walls leave it no lock on a line of another body, on which it cannot act either.
    ['a body that holds it no more', 'XB cert', ['agency'], ['sent']],
  ])('are locked for %s as they are in the end', async (_, at, kinds, free) => {
    const { id } = await requester.files();
    await instance.database.rows(
      `INSERT INTO request_members SELECT request_id, party_code, $2, traffic FROM request_members
       WHERE request_id = $1 AND party_code = 'XB'`,
      [id, bodies['XB agency']],
    );
    await handOver(id, kinds);
    const locked = freeWhileLockedBy(at, id);
    await someoneWaits();
    await beside.query('COMMIT');
    expect((await locked).toSorted()).toEqual(free);
  });

  it('are changed by no body that handed them over while it waited', async () => {
    const { id } = await requester.files();
    await handOver(id, ['agency']);
    const identity = { actor: randomUUID(), party: 'XB', body: bodies['XB cert'] ?? '', purpose: 'act' };
    const changed = instance.api
      .get(UnitOfWork)
      .run(identity, (tx) =>
        tx.query('UPDATE addressees SET version = version + 1 WHERE request_id = $1 RETURNING id', [id]),
      );
    await someoneWaits();
    await beside.query('COMMIT');
    expect(await changed).toEqual([]);
  });
});

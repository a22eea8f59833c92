import pg from 'pg';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { waitUntil } from '../harness/waiting.js';

describe('the sweep of a worker', () => {
  let instance: Instance;
  let requester: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    requester = await instance.officer('officer@xa.example');
  });
  afterAll(() => instance.stop());

  const unfolded = () => instance.database.rows('SELECT 1 FROM journal_entries WHERE batch_id IS NULL');
  const arrived = (reference: string) =>
    instance.sink.mails.some(({ subject }) => subject.includes(reference));

  it('delivers and keeps house though timers cannot be looked for', async () => {
    const { id, reference } = await requester.files();
    await requester.sees(id);
    expect(await unfolded()).not.toEqual([]);
    await instance.database.rows('REVOKE SELECT ON timers FROM aldis_worker');
    await instance.startWorker();
    await instance.forward(6_000);
    await instance.worker?.sweep();
    // What is delivered meanwhile is journaled too, and folded with the next round.
    await waitUntil('the journal is folded', async () => (await unfolded()).length === 0);
    await waitUntil('its mail came', () => arrived(reference));
    await instance.stopWorker();
    await instance.database.rows('GRANT SELECT ON timers TO aldis_worker');
  });

  it('waits for no erasing, nor does the rest of the housekeeping, and stops while it goes on', async () => {
    const { id, reference } = await requester.files();
    await requester.sees(id);
    const url = Object.assign(new URL(settings.admin), { pathname: `/${instance.database.name}` });
    const beside = new pg.Client({ connectionString: url.toString() });
    await beside.connect();
    await beside.query('BEGIN; LOCK TABLE retention_policies');
    await instance.startWorker();
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    await waitUntil('the erasing waits', async () => (await instance.database.rows(waits)).length > 0);
    await instance.forward(6_000);
    await waitUntil('its mail came', () => arrived(reference));
    await waitUntil('the journal is folded', async () => (await unfolded()).length === 0);
    expect(await instance.database.rows(waits)).toHaveLength(1);
    await beside.query('COMMIT');
    await beside.end();
    await instance.stopWorker();
  });
});

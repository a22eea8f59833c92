import { randomUUID } from 'node:crypto';
import { Erasing } from '#libs/requests';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { runCli } from '../harness/cli.js';
import { untilQuiet } from '../harness/quiet.js';
import { settings } from '../harness/settings.js';
import type { SqlCaller, SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled } from '../harness/walled.js';

const day = 86_400_000;
const atWork: SqlIdentity = { actor: 'worker', purpose: 'sweep' };
const byOrder: SqlIdentity = { actor: 'operator', purpose: 'erase' };
/** SQLSTATE foreign_key_violation and check_violation. */
const stillNamed = '23503';
const checked = '23514';
const hash = '0'.repeat(64);
const sealed = `{"alg":"A256GCM","key_id":"k1/party:XB","ciphertext":"${'A'.repeat(56)}"}`;

describe('the walls around erasure', () => {
  let walled: Walled;
  let api: SqlCaller;
  let worker: SqlCaller;
  let owner: SqlCaller;
  let manager: SqlIdentity;
  let officer: SqlIdentity;
  let duty: SqlIdentity;
  /** Of another body of the same State. */
  let elsewhere: SqlIdentity;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ api, worker, owner } = walled.callers);
    const people = await walled.instance.database.rows<{
      id: string;
      at: string;
      role: string;
      body: string;
    }>(
      `SELECT a.id, coalesce(a.party_code, '') AS at, a.role, coalesce(a.body_id::text, '') AS body FROM accounts a`,
    );
    const of = (party: string, role: string, body?: string): SqlIdentity => {
      const found = people.find(
        (one) => one.at === party && one.role === role && (body === undefined || one.body === body),
      );
      if (!found) throw new Error(`nobody is ${role} of ${party}`);
      return { actor: found.id, party, body: found.body, purpose: party === '' ? 'network' : 'act' };
    };
    manager = of('', 'directory-manager');
    officer = of('XB', 'officer', walled.bodies['XB cert']);
    duty = of('XB', 'duty-officer', walled.bodies['XB cert']);
    elsewhere = of('XB', 'officer', walled.bodies['XB agency']);
    await (
      await walled.instance.officer('secretariat@network.example')
    ).put('/retention-policy', { days: 30, draftDays: 30 });
    const { instance, solo } = walled;
    const requester = await instance.officer('officer@xa.example');
    const answer = { act: 'determine', answer: 'cannot', answers: { refusal: { reasons: ['no-capacity'] } } };
    await (await instance.officer('officer@xb.example')).acts(solo, answer);
    await requester.acts(solo, { act: 'close' });
    await untilQuiet(instance);
    await instance.stopWorker();
  });
  afterAll(() => walled.stop());

  const erases = (caller: SqlCaller, identity: SqlIdentity, how = 'erase_due', request = walled.solo) =>
    caller
      .sees<{ erased: boolean }>(
        `SELECT app.${how}('${request}', 'XB', '${randomUUID()}', '${hash}', '${sealed}') AS erased`,
        identity,
      )
      .then(
        ([row]) => row?.erased,
        (error: { code?: string }) => error.code,
      );
  const holds = (identity: SqlIdentity, party = 'XB', request = walled.solo) =>
    api.adds(
      'request_holds',
      { request_id: request, party_code: party, traffic: 'actual', since: new Date(), until: null },
      identity,
    );

  it('let nobody take a key away by hand', async () => {
    const sql = `DELETE FROM request_keys WHERE request_id = '${walled.solo}'`;
    expect(await api.outcome(sql, officer)).toBe(refused);
    expect(await worker.outcome(sql, atWork)).toBe(refused);
    for (const purpose of ['sweep', 'copy', 'anything'])
      expect(await owner.outcome(sql, { actor: 'operator', purpose })).toBe(0);
    expect(await owner.outcome(sql, byOrder)).toBe(2);
  });

  it('let nobody but the worker and the operator ask for it, and neither before its time', async () => {
    for (const how of ['erase_due', 'erase_ordered']) expect(await erases(api, officer, how)).toBe(refused);
    expect(await erases(worker, atWork, 'erase_ordered')).toBe(refused);
    expect(await erases(worker, { actor: 'worker', purpose: 'read' })).toBe(false);
    expect(await erases(worker, atWork)).toBe(false);
    expect(await erases(owner, byOrder, 'erase_ordered')).toBe(false);
    expect(await erases(owner, { ...byOrder, purpose: 'copy' }, 'erase_ordered')).toBe(false);
    // Of the other request XB's line is not over, however long one waits.
    await walled.instance.forward(31 * day);
    for (const [caller, identity, how] of [
      [worker, atWork, 'erase_due'],
      [owner, byOrder, 'erase_ordered'],
    ] as const) {
      expect(await erases(caller, identity, how)).toBe(true);
      expect(await erases(caller, identity, how, walled.both)).toBe(false);
    }
  });

  it('let officers alone hold, for their own side, what concerns their body', async () => {
    expect(await holds(officer)).toBe(1);
    expect(await holds(officer, 'XA')).toBe(refused);
    expect(await holds(duty)).toBe(refused);
    expect(await holds(elsewhere)).toBe(refused);
    expect(await holds({ ...officer, party: 'XC' }, 'XC')).toBe(refused);
  });

  it('keep a key that is held from everybody, and show the hold to its own side alone', async () => {
    const { database } = walled.instance;
    await database.rows(
      `INSERT INTO request_holds VALUES ('${walled.solo}', 'XB', 'actual', app.now(), app.now() + interval '1 day')`,
    );
    expect(await erases(worker, atWork)).toBe(false);
    expect(await erases(owner, byOrder, 'erase_ordered')).toBe(false);
    const mine = `DELETE FROM request_keys WHERE request_id = '${walled.solo}' AND party_code = 'XB'`;
    expect(await owner.outcome(mine, byOrder)).toBe(stillNamed);
    const seen = (identity: SqlIdentity) => walled.count(api, 'request_holds', identity);
    expect([await seen(officer), await seen(duty), await seen(elsewhere)]).toEqual([1, 1, 0]);
    expect(await seen(walled.of('XA', 'cert'))).toBe(0);
    expect(await seen({ ...manager, body: '' })).toBe(0);
    // One that has run out holds nothing any more.
    await walled.instance.forward(day);
    expect(await erases(worker, atWork)).toBe(true);
  });

  it('let the directory manager alone set a policy, from now on and for good', async () => {
    const [network] = await walled.instance.database.rows<{ id: string }>('SELECT id FROM networks');
    const policy = (more: object = {}) => ({
      ...{ network_id: network?.id, version: 2, days: 365, draft_days: null, set_by: manager.actor },
      ...{ set_at: '2020-01-01T00:00:00Z', ...more },
    });
    const identity = { ...manager, party: '', body: '' };
    expect(await api.adds('retention_policies', policy(), identity)).toBe(1);
    expect(await api.adds('retention_policies', policy({ days: 29 }), identity)).toBe(checked);
    expect(await api.adds('retention_policies', policy({ set_by: officer.actor }), identity)).toBe(refused);
    expect(await api.adds('retention_policies', policy({ set_by: officer.actor }), officer)).toBe(refused);
    expect(await worker.adds('retention_policies', policy(), atWork)).toBe(refused);
    const columns = 'network_id, version, days, draft_days, set_by, set_at';
    const [row] = await api.sees<{ now: boolean }>(
      `WITH one AS (INSERT INTO retention_policies (${columns}) SELECT ${columns} FROM jsonb_populate_record(
         NULL::retention_policies, '${JSON.stringify(policy())}') RETURNING set_at)
       SELECT set_at > app.now() - interval '1 minute' AS now FROM one`,
      identity,
    );
    expect(row?.now).toBe(true);
    for (const sql of ['UPDATE retention_policies SET days = 3650', 'DELETE FROM retention_policies'])
      expect(await api.outcome(sql, identity)).toBe(refused);
  });

  it('let one of several workers erase, and nothing half when one dies', async () => {
    const { database } = walled.instance;
    const left = async () => {
      const [row] = await database.rows<{ keys: number; events: number }>(
        `SELECT (SELECT count(*)::int FROM request_keys WHERE request_id = $1) AS keys,
           (SELECT count(*)::int FROM request_events WHERE request_id = $1 AND act = 'erase') AS events`,
        [walled.solo],
      );
      return [row?.keys, row?.events];
    };
    const { urls } = database;
    const env = { ...database.operator, NODE_ENV: 'test', VAULT_KEY: settings.vaultKey };
    const killed = await runCli(['erase', '--due'], { ...env, FAIL_AT: 'side-erased' });
    expect([killed.signal, await left()]).toEqual(['SIGKILL', [2, 0]]);

    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
    const source = createDatabase({ url: urls.worker, application: 'race', poolSize: 6 });
    await source.initialize();
    const alone = new Erasing(new UnitOfWork(source), vault);
    await database.rows(
      'REVOKE EXECUTE ON FUNCTION app.erase_accounts(boolean), app.erase_due(uuid, text, uuid, text, jsonb) FROM aldis_worker',
    );
    // Each by itself: two sides, and the accounts.
    await expect(alone.run()).rejects.toThrow(/3 could not be erased/);
    await database.rows(
      'GRANT EXECUTE ON FUNCTION app.erase_accounts(boolean), app.erase_due(uuid, text, uuid, text, jsonb) TO aldis_worker',
    );
    const workers = [1, 2, 3].map(() => new Erasing(new UnitOfWork(source), vault));
    const done = await Promise.all(workers.map((one) => one.run()));
    await source.destroy();
    expect(done.reduce((sum, { sides }) => sum + sides, 0)).toBe(2);
    expect(await left()).toEqual([0, 2]);
  });
});

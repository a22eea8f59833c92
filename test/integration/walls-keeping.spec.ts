import { all, each, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { refused, serving, Walled } from '../harness/walled.js';

/** Under whose names the owner reads what it may read at any time. */
const keeping = (purpose: string): SqlIdentity => ({ actor: 'operator', purpose });
/** What the owner sees nothing of otherwise. */
const closed = [
  ...'requests request_members request_keys addressees request_events request_event_contents'.split(' '),
  ...'messages notices attempts ack_links idempotent_answers sessions access_events'.split(' '),
  ...'ledger_heads ledger_entries journal_entries journal_batches checkpoints checkpoint_places'.split(' '),
  ...'totp_secrets recovery_codes passkeys passkey_challenges throttles api_tokens'.split(' '),
  ...['emergency_access', 'emergency_approvals'],
  ...['clearance_rules', 'approvals', 'request_holds'],
  ...'identity_providers organization_identities organization_sign_ins'.split(' '),
];

describe('the walls, for the owner of the database', () => {
  let walled: Walled;
  let owner: SqlCaller;
  const count = (caller: SqlCaller, table: string, identity: SqlIdentity) =>
    walled.count(caller, table, identity);

  beforeAll(async () => {
    walled = await Walled.start();
    ({ owner } = walled.callers);
  });
  afterAll(() => walled.stop());

  it('open every table for its three purposes alone, and to nobody else who names them', async () => {
    const { tables, callers, instance } = walled;
    // Nothing happens meanwhile: both counts are of the same rows.
    await instance.stopWorker();
    const total = async (table: string) =>
      (await instance.database.rows<{ all: number }>(`SELECT count(*)::int AS all FROM ${table}`))[0]?.all;
    const whole = await each(tables, total);
    for (const purpose of ['copy', 'rotate-keys', 'restore'])
      expect(await each(tables, (table) => count(owner, table, keeping(purpose)))).toEqual(whole);
    for (const identity of [{}, { purpose: 'copy' }, keeping('read'), keeping('network')])
      expect(await each(closed, (table) => count(owner, table, identity))).toEqual(all(closed, 0));
    for (const role of serving) {
      const seen = (purpose: string) =>
        each(tables, (table) => count(callers[role], table, keeping(purpose)));
      const usual = await seen('anything');
      for (const purpose of ['copy', 'rotate-keys', 'restore']) expect(await seen(purpose)).toEqual(usual);
      // Anyone may read the checkpoints.
      const open = closed.filter((table) => table !== 'checkpoints' && usual[table] !== 0);
      expect(open.filter((table) => usual[table] !== refused)).toEqual([]);
    }
  });

  it('let it change what is sealed for a change of keys, and nothing of the record for anything', async () => {
    const change = 'UPDATE request_keys SET wrapped = wrapped';
    expect(await owner.outcome(change, keeping('rotate-keys'))).toBeGreaterThan(0);
    expect(await owner.outcome(change, keeping('copy'))).toBe(0);
    const record = ['ledger_heads', 'ledger_entries', 'journal_entries', 'access_events', 'request_events'];
    for (const purpose of ['copy', 'rotate-keys', 'restore'])
      for (const table of record)
        for (const sql of [`UPDATE ${table} SET traffic = traffic`, `DELETE FROM ${table}`])
          expect([sql, await owner.outcome(sql, keeping(purpose))]).toEqual([sql, 0]);
    for (const purpose of ['copy', 'rotate-keys'])
      expect(
        await owner.outcome('INSERT INTO ledger_entries SELECT * FROM ledger_entries', keeping(purpose)),
      ).toBe(refused);
  });
});

import { randomUUID } from 'node:crypto';
import type { SqlCaller, SqlIdentity } from '../harness/sql-caller.js';
import { refused, serving, Walled, type Row } from '../harness/walled.js';

const hour = 3_600_000;

describe('the walls around emergency access', () => {
  let walled: Walled;
  let api: SqlCaller;
  /** Accounts by the name in their address: of XB, and one of XA. */
  const ids: Record<string, string> = {};
  /** An ask of the officer of XB that stands. */
  let asked: Row;

  const as = (name: string, party = 'XB'): SqlIdentity => ({
    ...walled.of(party, 'cert'),
    actor: ids[name] ?? '',
    purpose: 'emergency',
  });
  const rows = (sql: string, values: unknown[] = []) => walled.instance.database.rows<Row>(sql, values);
  const anAsk = (changes: Row = {}): Row => {
    const at = new Date();
    return {
      ...{ id: randomUUID(), account_id: ids['officer'], party_code: 'XB', traffic: 'actual' },
      ...{ session_id: randomUUID(), reason: {}, asked_at: at.toISOString() },
      ...{ ask_until: new Date(at.getTime() + hour).toISOString(), ...changes },
    };
  };
  const approval = (name: string, changes: Row = {}): Row => ({
    ...{ emergency_access_id: asked['id'], account_id: ids[name], party_code: 'XB', traffic: 'actual' },
    ...{ approved_at: '2026-01-01T00:00:00Z', ...changes },
  });
  const vouches = (name: string, changes: Row = {}, party = 'XB') =>
    api.adds('emergency_approvals', approval(name, changes), as(name, party));
  /** As the walls let nobody: a row is simply there. Triggers hold all the same. */
  const insert = async (table: string, row: Row) => {
    const columns = Object.keys(row).join(', ');
    await rows(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, $1)`,
      [JSON.stringify(row)],
    );
  };

  beforeAll(async () => {
    walled = await Walled.start();
    ({ api } = walled);
    const found = await rows(
      `SELECT id, role, party_code FROM accounts WHERE party_code IN ('XA', 'XB') ORDER BY created_at, id`,
    );
    const pick = (party: string, role: string, nth = 0) =>
      String(found.filter((row) => row['party_code'] === party && row['role'] === role)[nth]?.['id']);
    Object.assign(ids, {
      ...{
        officer: pick('XB', 'officer'),
        policy: pick('XB', 'officer', 1),
        duty: pick('XB', 'duty-officer'),
      },
      ...{ administrator: pick('XB', 'party-administrator'), abroad: pick('XA', 'officer') },
    });
    asked = anAsk();
    await insert('emergency_access', asked);
  });
  afterAll(() => walled.stop());

  it('let each account ask for itself alone, once at a time, for an hour, and grant nothing', async () => {
    const mine = { account_id: ids['policy'] };
    const ask = (changes: Row, name = 'policy', party = 'XB') =>
      api.adds('emergency_access', anAsk({ ...mine, ...changes }), as(name, party));
    expect(await ask({})).toBe(1);
    expect(await ask({}, 'duty')).toBe(refused);
    expect(await ask({ party_code: 'XA' })).toBe(refused);
    expect(await ask({ party_code: 'XA' }, 'policy', 'XA')).toBe(refused);
    expect(await ask({ account_id: ids['officer'] }, 'officer')).toBe(refused);
    expect(await ask({ ask_until: '2126-01-01T00:00:00Z' })).toBe('23514');
    for (const column of ['granted_at', 'ends_at', 'begun_at', 'factor_set_up_at', 'ended_at'])
      expect([column, await ask({ [column]: '2026-01-01T00:00:00Z' })]).toEqual([column, refused]);
  });

  it('show it to its own party, and to no other role or party', async () => {
    for (const name of ['officer', 'duty', 'administrator'])
      expect(await api.outcome('SELECT FROM emergency_access', as(name))).toBe(1);
    expect(await api.outcome('SELECT FROM emergency_access', as('abroad', 'XA'))).toBe(0);
    const staff = { actor: randomUUID(), purpose: 'network' };
    expect(await api.outcome('SELECT FROM emergency_access', staff)).toBe(0);
    for (const role of serving.filter((one) => one !== 'api'))
      for (const table of ['emergency_access', 'emergency_approvals'])
        expect(await walled.callers[role].outcome(`SELECT FROM ${table}`, as('duty'))).toBe(refused);
  });

  it('take the word of others of the party alone, each their own', async () => {
    expect(await vouches('duty')).toBe(1);
    expect(await vouches('officer')).toBe(refused);
    expect(await vouches('duty', { account_id: ids['policy'] })).toBe(refused);
    expect(await vouches('abroad', {}, 'XA')).toBe(refused);
    expect(await vouches('abroad', { party_code: 'XA' }, 'XA')).toBe(refused);
    expect(await vouches('abroad')).toBe(refused);
    expect(await vouches('duty', { emergency_access_id: randomUUID() })).toBe(refused);
    await rows('UPDATE accounts SET created_at = app.now() WHERE id = $1', [ids['duty']]);
    expect(await vouches('duty')).toBe(refused);
    await rows(`UPDATE accounts SET created_at = '2026-01-01', deactivated_at = app.now() WHERE id = $1`, [
      ids['duty'],
    ]);
    expect(await vouches('duty')).toBe(refused);
    await rows('UPDATE accounts SET deactivated_at = NULL WHERE id = $1', [ids['duty']]);
  });

  it('grant it to nobody by hand, and for four hours when two different ones have vouched', async () => {
    const state = async () =>
      (
        await rows(
          `SELECT granted_at IS NOT NULL AS granted, extract(epoch FROM ends_at - granted_at)::int AS lasts
           FROM emergency_access WHERE id = $1`,
          [asked['id']],
        )
      )[0];
    const set = (what: string) => api.outcome(`UPDATE emergency_access SET ${what}`, as('duty'));
    expect(await set('granted_at = app.now()')).toBe(refused);
    expect(await set(`ends_at = app.now() + interval '4 hours'`)).toBe(refused);
    expect(await set('begun_at = app.now()')).toBe(refused);
    expect(await set(`asked_at = app.now()`)).toBe(refused);
    await insert('emergency_approvals', approval('duty'));
    expect(await vouches('duty')).toBe('23505');
    expect(await state()).toEqual({ granted: false, lasts: null });
    await insert('emergency_approvals', approval('administrator'));
    expect(await state()).toEqual({ granted: true, lasts: 4 * 3_600 });
    await expect(
      rows(`UPDATE emergency_access SET ends_at = ends_at + interval '1 minute'`),
    ).rejects.toMatchObject({ code: '23514' });
    expect(await vouches('policy')).toBe(refused);
    for (const sql of ['DELETE FROM emergency_access', 'DELETE FROM emergency_approvals'])
      expect(await api.outcome(sql, as('duty'))).toBe(refused);
  });

  it('take a session of it with a grant that was begun, until its end and no other', async () => {
    const [row] = await rows('SELECT ends_at FROM emergency_access WHERE id = $1', [asked['id']]);
    const at = new Date().toISOString();
    const session = (changes: Row = {}): Row => ({
      ...{ id: randomUUID(), account_id: ids['officer'], party_code: 'XB', traffic: 'actual' },
      ...{ token_hash: randomUUID(), created_at: at, seen_at: at, expires_at: row?.['ends_at'] },
      ...{ stage: 'full', factor: 'emergency', factor_at: at, ...changes },
    });
    const opens = (changes: Row = {}, name = 'officer') => api.adds('sessions', session(changes), as(name));
    expect(await opens()).toBe(refused);
    const begin = 'UPDATE emergency_access SET begun_at = app.now()';
    expect(await api.outcome(begin, as('duty'))).toBe(refused);
    expect(await api.outcome(begin, as('officer'))).toBe(1);
    const inName = (name: string) => `SELECT set_config('app.actor', '${ids[name]}', false)`;
    await rows(`${inName('officer')}; ${begin}`);
    expect(await opens()).toBe(1);
    expect(await opens({ account_id: ids['duty'] }, 'duty')).toBe(refused);
    expect(await opens({ expires_at: new Date(Date.now() + 12 * hour).toISOString() })).toBe(refused);
    await insert('sessions', session());
    // Of the same account: before it was begun, and while it ran.
    const before = new Date(Date.now() - hour).toISOString();
    await insert('sessions', session({ factor: 'totp', created_at: before }));
    await insert('sessions', session({ factor: 'totp', created_at: new Date().toISOString() }));
    await insert('sessions', session({ account_id: ids['policy'], factor: 'totp' }));
    const end = `UPDATE emergency_access SET ended_at = app.now(), ended_by = '${ids['duty']}'`;
    const all = `DELETE FROM sessions WHERE account_id IN ('${ids['officer']}', '${ids['policy']}')`;
    const forget = `DELETE FROM sessions WHERE account_id = '${ids['officer']}' AND factor = 'emergency'`;
    expect(await api.outcome(forget, as('duty'))).toBe(0);
    expect(await api.outcome(end, as('policy'))).toBe(refused);
    expect(await api.outcome(end, as('abroad', 'XA'))).toBe(0);
    expect(await api.outcome(end, as('duty'))).toBe(1);
    await rows(end);
    expect(await api.outcome(forget, as('abroad', 'XA'))).toBe(0);
    expect(await api.outcome(forget, as('duty'))).toBe(1);
    expect(await api.outcome(all, as('abroad', 'XA'))).toBe(0);
    expect(await api.outcome(all, as('duty'))).toBe(2);
    await rows(`UPDATE sessions SET created_at = app.now() WHERE factor = 'totp'`);
    expect(await api.outcome(all, as('duty'))).toBe(1);
    expect(await opens()).toBe(refused);
    expect(
      await api.outcome('UPDATE emergency_access SET ended_at = NULL, ended_by = NULL', as('duty')),
    ).toBe(refused);
  });
});

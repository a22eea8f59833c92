import { randomUUID } from 'node:crypto';
import type { ApprovalView } from '#libs/requests';
import type { SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled, type Row } from '../harness/walled.js';

/** SQLSTATE check_violation, and the one of acts that nobody else has cleared. */
const unfit = '23514';
const uncleared = 'AL001';

describe('the walls around clearance', () => {
  let walled: Walled;
  let approval: ApprovalView;
  let [asker, another, administrator]: SqlIdentity[] = [];

  beforeAll(async () => {
    walled = await Walled.start();
    const { instance, both } = walled;
    const id = async (where: string) => String((await walled.rowOf('accounts', where)).id);
    const cert = `body_id = '${walled.bodies['XB cert']}'`;
    asker = { ...walled.of('XB', 'cert'), actor: await id(`${cert} AND role = 'officer'`) };
    another = { ...walled.of('XB', 'cert'), actor: await id(`${cert} AND role = 'duty-officer'`) };
    const admin = await id(`party_code = 'XB' AND role = 'party-administrator'`);
    administrator = { actor: admin, party: 'XB', purpose: 'set-clearance' };
    const officer = await instance.officer('officer@xb.example');
    const text = { text: 'We are on it.', language: 'en' };
    const asked = await officer.post('/approvals', { request: both, act: 'message', text });
    if (asked.status !== 201) throw new Error(`asking answered ${asked.status}`);
    approval = asked.body as ApprovalView;
    await instance
      .officer('administrator@xb.example')
      .then((each) => each.post('/clearance-rules', { acts: ['message'] }));
  });
  afterAll(() => walled.stop());

  const changes = (set: string, who: SqlIdentity | undefined) =>
    walled.api.outcome(`UPDATE approvals SET ${set} WHERE id = '${approval.id}'`, who);
  const decided = (by: string | undefined, state = 'approved') =>
    `state = '${state}', decided_by = '${by}', decided_at = app.now(), decision = '{}'`;
  /** Every column that the api may change otherwise is as a decision, then its use would have it. */
  const used = `state = 'used', ended_at = app.now(), used_by = '%', used_in = pg_current_xact_id()::text`;

  it('show what is to be cleared to the bodies of the own party that the request concerns', async () => {
    const { api, callers } = walled;
    const count = (who: SqlIdentity) => walled.count(api, 'approvals', who);
    for (const who of [asker, another]) expect(await count(who ?? {})).toBe(1);
    for (const who of [
      ...[walled.of('XA', 'cert'), walled.of('XC', 'cert'), walled.of('XB', 'agency'), administrator ?? {}],
      ...[{ ...asker, party: 'XA' }, { actor: randomUUID(), purpose: 'network' }, {}],
    ])
      expect(await count(who)).toBe(0);
    for (const caller of [callers.worker, callers.ledger])
      for (const purpose of ['deliver', 'sweep', 'ledger'])
        expect(await walled.count(caller, 'approvals', { actor: 'x', purpose })).toBe(refused);
    expect(await walled.count(callers.owner, 'approvals', asker ?? {})).toBe(0);
  });

  it('let nobody ask in the name of another, for another body, or what is decided already', async () => {
    const row: Row = { ...(await walled.rowOf('approvals', 'true')), id: randomUUID() };
    const adds = (more: Row, who: SqlIdentity | undefined = asker) =>
      walled.api.adds('approvals', { ...row, ...more }, who ?? {});
    expect(await adds({})).toBe(1);
    expect(await adds({ asked_by: another?.actor })).toBe(refused);
    expect(await adds({ body_id: walled.bodies['XB agency'] })).toBe(refused);
    expect(await adds({ party_code: 'XA' })).toBe(refused);
    expect(await adds({}, walled.of('XC', 'cert'))).toBe(refused);
    const [ofXc] = await walled.instance.database.rows<{ id: string }>(
      `SELECT id FROM addressees WHERE party_code = 'XC'`,
    );
    expect(await adds({ addressee_id: ofXc?.id })).toBe(refused);
    // Of the request as a whole the requester alone does anything.
    expect(await adds({ addressee_id: null, line_version: null })).toBe(refused);
    const done = { state: 'approved', decided_by: another?.actor, decided_at: row['asked_at'], decision: {} };
    expect(await adds(done)).toBe(refused);
  });

  it('let nobody clear their own, nor in the name of another, nor decide twice', async () => {
    expect(await changes(decided(another?.actor), another)).toBe(1);
    expect(await changes(decided(asker?.actor), asker)).toBe(unfit);
    expect(await changes(decided(another?.actor), asker)).toBe(refused);
    expect(await changes(decided(another?.actor), walled.of('XB', 'agency'))).toBe(0);
    expect(await changes(used.replace('%', String(asker?.actor)), asker)).toBe(refused);
    expect(await changes(`${decided(another?.actor)}, ended_at = app.now()`, another)).toBe(unfit);
    expect(await changes(`state = 'void', ended_at = app.now()`, asker)).toBe(unfit);
    expect(await changes(`state = 'withdrawn', ended_at = app.now()`, another)).toBe(refused);
    for (const column of ['digest', 'content', 'act', 'request_version', 'asked_by', 'void_because'])
      expect(await changes(`${column} = ${column}`, asker)).toBe(refused);
    expect(await walled.api.outcome('DELETE FROM approvals', asker)).toBe(refused);
    const { superuser } = walled.callers;
    for (const set of [`digest = repeat('0', 64)`, `content = '{}'`, `state = 'asked'`])
      expect(await superuser.outcome(`UPDATE approvals SET ${set}`)).toBe(refused);
  });

  it('void what was asked for with any change of the line, whoever makes it', async () => {
    const after = async (change: string, who: SqlIdentity | undefined) => {
      const sql = `${change}; SELECT state FROM approvals WHERE id = '${approval.id}'`;
      const results = (await walled.api.tries<{ state: string }>(sql, who)) as unknown as { rows: Row[] }[];
      return results.at(-1)?.rows[0]?.['state'];
    };
    const of = `WHERE request_id = '${walled.both}'`;
    expect(await after(`UPDATE addressees SET version = version + 1 ${of}`, asker)).toBe('void');
    expect(await after(`UPDATE addressees SET version = version ${of}`, asker)).toBe('asked');
    // The other side's change too, if it sees it: what is said, and not a version.
    const asXb = `SELECT set_config('app.party', 'XB', true), set_config('app.body', '${asker?.body}', true)`;
    const amended = `UPDATE requests SET version = version + 1, content = content || '{"x": 1}' WHERE id = '${walled.both}'; ${asXb}`;
    const whole = `UPDATE requests SET version = version + 1 WHERE id = '${walled.both}'; ${asXb}`;
    const before = `UPDATE requests SET version = version WHERE id = '${walled.both}'; ${asXb}`;
    expect(await after(amended, walled.of('XA', 'cert'))).toBe('void');
    expect(await after(whole, walled.of('XA', 'cert'))).toBe('asked');
    expect(await after(before, walled.of('XA', 'cert'))).toBe('asked');
  });

  it('keep an act that demands clearance from the record, unless one was used in the same transaction', async () => {
    const line = `party_code = 'XB' AND request_id = '${walled.both}'`;
    const { id: addressee } = await walled.rowOf('addressees', line);
    const event = {
      ...(await walled.rowOf('request_events', `addressee_id = '${String(addressee)}' AND act = 'send'`)),
    };
    const appends = async (more: Row, before = 'SELECT 1') => {
      const row = { ...event, id: randomUUID(), party_code: 'XB', act: 'message', ...more };
      const added = `INSERT INTO request_events SELECT * FROM jsonb_populate_record(NULL::request_events, '${JSON.stringify(row)}')`;
      return walled.api.outcome(`${before}; ${added}; SET CONSTRAINTS ALL IMMEDIATE`, asker);
    };
    expect(await appends({})).toBe(uncleared);
    expect(await appends({ act: 'take' })).toBe(0);
    // Nor in the name of the system, which is not asked.
    for (const act of ['message', 'take']) expect(await appends({ act, assurance: 'system' })).toBe(refused);
    const actor = (who: SqlIdentity | undefined) => `SELECT set_config('app.actor', '${who?.actor}', true)`;
    const update = `UPDATE approvals SET %S WHERE id = '${approval.id}'`;
    const clears = [
      ...[actor(another), update.replace('%S', decided(another?.actor))],
      ...[actor(asker), update.replace('%S', used.replace('%', String(asker?.actor)))],
    ];
    expect(await appends({}, clears.join('; '))).toBe(0);
    expect(await appends({}, clears.slice(0, 3).join('; '))).toBe(uncleared);
  });

  it('let rules be set by those who answer for them, and loosened by another', async () => {
    const row = await walled.rowOf('clearance_rules', `party_code = 'XB'`);
    const adds = (more: Row, who: SqlIdentity | undefined = administrator) =>
      walled.api.adds('clearance_rules', { ...row, id: randomUUID(), version: 2, ...more }, who ?? {});
    expect(await adds({})).toBe(1);
    expect(await adds({ party_code: 'XA' })).toBe(refused);
    expect(await adds({ party_code: null })).toBe(refused);
    expect(await adds({ set_by: asker?.actor })).toBe(refused);
    expect(await adds({ set_by: asker?.actor }, asker)).toBe(refused);
    expect(await adds({ acts: ['acknowledge'] })).toBe(unfit);
    expect(await adds({ acts: [], agreed_by: asker?.actor, agreed_at: row['set_at'] })).toBe(refused);
    // What it says of itself does not count.
    const loose = { ...row, id: randomUUID(), version: 2, acts: [], loosens: false };
    const inserted = `INSERT INTO clearance_rules SELECT * FROM jsonb_populate_record(NULL::clearance_rules, '${JSON.stringify(loose)}')`;
    const agreed = (by: string | undefined) =>
      `UPDATE clearance_rules SET agreed_by = '${by}', agreed_at = app.now() WHERE version = 2`;
    const tries = (more: string) => walled.api.outcome(`${inserted}; ${more}`, administrator);
    const results = (await walled.api.tries(
      `${inserted}; SELECT app.acts_to_clear() AS acts, (SELECT loosens FROM clearance_rules WHERE version = 2)`,
      administrator,
    )) as unknown as { rows: Row[] }[];
    expect(results.at(-1)?.rows).toEqual([{ acts: ['message'], loosens: true }]);
    expect(await tries(agreed(administrator?.actor))).toBe(unfit);
    expect(await tries(agreed(asker?.actor))).toBe(refused);
    for (const sql of [
      `UPDATE clearance_rules SET acts = '{}'`,
      'DELETE FROM clearance_rules',
      'TRUNCATE clearance_rules',
    ])
      expect(await walled.api.outcome(sql, administrator)).toBe(refused);
    for (const sql of [`UPDATE clearance_rules SET acts = '{}'`, 'DELETE FROM clearance_rules'])
      await expect(walled.callers.superuser.tries(sql)).rejects.toThrow(/agreed to once|only ever grows/);
    const seen = (who: SqlIdentity) => walled.count(walled.api, 'clearance_rules', who);
    expect([await seen(asker ?? {}), await seen(walled.of('XA', 'cert'))]).toEqual([1, 0]);
  });
});

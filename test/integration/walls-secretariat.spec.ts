import { randomUUID } from 'node:crypto';
import { all, each, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled, type Row } from '../harness/walled.js';

/** A text that no wall may let through. */
const said = { text: 'Saxifrage is reviewed.', language: 'en' };

describe('the walls around what the secretariat says and sees', () => {
  let walled: Walled;
  let callers: Walled['callers'];
  let api: SqlCaller;
  let director: SqlIdentity;
  let everyone: string;
  let administrators: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ callers, api } = walled);
    const { instance } = walled;
    const secretariat = await instance.officer('secretariat@network.example');
    const announce = async (audience: string) => {
      const input = { title: 'Saxifrage', text: [said], audience, byMail: true };
      return ((await secretariat.post('/announcements', input)).body as { id: string }).id;
    };
    everyone = await announce('everyone');
    administrators = await announce('administrators');
    for (const email of ['officer@xa.example', 'officer@xb.example'])
      await (await instance.officer(email)).post(`/announcements/${everyone}/read`);
    await instance.stopWorker();
    director = await as(`role = 'directory-manager'`);
  });
  afterAll(() => walled.stop());

  /** The account that fits, as the database is told of it. */
  const as = async (where: string): Promise<SqlIdentity> => {
    const { id, party_code: party } = await walled.rowOf('accounts', where);
    return typeof party === 'string'
      ? { actor: String(id), party, purpose: 'read' }
      : { actor: String(id), purpose: 'network' };
  };
  const count = (table: string, identity: SqlIdentity) => walled.count(api, table, identity);

  it('show an announcement to its audience, and to no bearer of a link or stranger', async () => {
    const seen = async (where: string) => count('announcements', await as(where));
    expect(await seen(`role = 'directory-manager'`)).toBe(2);
    expect(await seen(`role = 'party-administrator'`)).toBe(2);
    expect(await seen(`role = 'officer' AND party_code = 'XB'`)).toBe(1);
    const officer = await as(`role = 'officer' AND party_code = 'XB'`);
    for (const identity of [
      { ...officer, party: 'XC' },
      { actor: randomUUID(), party: 'XB', purpose: 'read' },
      { actor: 'link:x', party: 'XB', purpose: 'act' },
      { actor: 'invitee', purpose: 'network' },
      { actor: 'anonymous', purpose: 'read' },
    ])
      expect(await count('announcements', identity)).toBe(0);
  });

  it('let the secretariat alone announce and withdraw, and nobody change or remove', async () => {
    const row: Row = { ...(await walled.rowOf('announcements', 'NOT by_mail OR true')), id: randomUUID() };
    const anew = (actor: SqlIdentity, more: object = {}) =>
      api.adds(
        'announcements',
        { ...row, announced_by: actor.actor, mailed_up_to: null, mailed_at: null, ...more },
        actor,
      );
    const administrator = await as(`role = 'party-administrator'`);
    expect(await anew(director)).toBe(1);
    expect(await anew(director, { announced_by: administrator.actor })).toBe(refused);
    for (const where of [`role = 'auditor'`, `role = 'party-administrator'`, `role = 'officer'`])
      expect([where, await anew(await as(where))]).toEqual([where, refused]);
    const withdraw = `UPDATE announcements SET withdrawal = '{}', withdrawn_at = app.now(), withdrawn_by = app.actor()::uuid`;
    expect(await api.outcome(withdraw, director)).toBe(2);
    expect(await api.outcome(withdraw, administrator)).toBe(0);
    const closed = ['content = content', 'audience = audience', 'mailed_at = NULL'].map(
      (change) => `UPDATE announcements SET ${change}`,
    );
    closed.push('DELETE FROM announcements', 'DELETE FROM announcement_reads');
    closed.push('UPDATE announcement_reads SET read_at = read_at');
    expect(await each(closed, (sql) => api.outcome(sql, director))).toEqual(all(closed, refused));
  });

  it('tell the secretariat how many have read, and not which', async () => {
    const readers = `SELECT accounts, parties FROM app.announcement_readers('${everyone}')`;
    expect(await api.sees(readers, director)).toEqual([{ accounts: 2, parties: 2 }]);
    expect(await count('announcement_reads', director)).toBe(0);
    for (const where of [`role = 'auditor'`, `role = 'officer' AND party_code = 'XC'`])
      expect(await api.sees(readers, await as(where))).toEqual([{ accounts: 0, parties: 0 }]);
    const reader = await as(`role = 'officer' AND party_code = 'XA'`);
    expect(await count('announcement_reads', reader)).toBeLessThanOrEqual(1);
    const other = await as(`role = 'officer' AND party_code = 'XC'`);
    const read = { announcement_id: everyone, account_id: other.actor, party_code: 'XC', traffic: 'actual' };
    const add = (more: object, identity: SqlIdentity) =>
      api.adds('announcement_reads', { ...read, read_at: '2026-01-01T00:00:00Z', ...more }, identity);
    expect(await add({}, other)).toBe(1);
    expect(await add({ party_code: 'XB' }, other)).toBe(refused);
    expect(await add({}, reader)).toBe(refused);
    expect(await add({ announcement_id: administrators }, other)).toBe(refused);
  });

  it('name accounts to the worker only while there is a mail to write, and to nobody else', async () => {
    const atWork = { actor: 'worker', purpose: 'sweep' };
    const named = (id: string) => `SELECT id FROM app.accounts_to_mail('${id}', 500)`;
    await walled.instance.database.rows(
      'UPDATE announcements SET mailed_at = NULL, mailed_up_to = NULL WHERE id = $1',
      [administrators],
    );
    expect((await callers.worker.sees(named(administrators), atWork)).length).toBe(4);
    expect(await callers.worker.sees(named(administrators), { actor: 'worker', purpose: 'read' })).toEqual(
      [],
    );
    await walled.instance.database.rows('UPDATE announcements SET mailed_at = app.now() WHERE id = $1', [
      administrators,
    ]);
    expect(await callers.worker.sees(named(administrators), atWork)).toEqual([]);
    for (const role of ['api', 'ledger'] as const)
      expect(await callers[role].outcome(named(administrators), director)).toBe(refused);
    expect(await callers.worker.outcome('SELECT 1 FROM accounts', atWork)).toBe(refused);
  });

  it('tell the secretariat of deliveries whether they go through, and nothing else by any statement', async () => {
    const auditor = await as(`role = 'auditor'`);
    const { id, recipient, message_id: message } = await walled.rowOf('notices', `party_code = 'XB'`);
    const [total] = await walled.instance.database.rows<{ all: number }>(
      'SELECT count(*)::int AS all FROM notices',
    );
    for (const identity of [director, auditor]) {
      const rows = await api.sees('SELECT * FROM app.deliveries(NULL, NULL, 100)', identity);
      expect(rows.length).toBe(total?.all);
      for (const row of rows)
        expect(Object.keys(row).sort()).toEqual(['attempts', 'channel', 'notice', 'outcome', 'state']);
      const whole = JSON.stringify(rows);
      for (const secret of [id, message, walled.both, walled.solo, 'XA', 'XB', 'XC', 'ciphertext'])
        expect([secret, whole.includes(String(secret))]).toEqual([secret, false]);
      expect(recipient).toMatchObject({ alg: 'A256GCM' });
      const closed = [
        'notices',
        'messages',
        'attempts',
        'ack_links',
        'requests',
        'addressees',
        'request_keys',
      ];
      expect(await each(closed, (table) => count(table, identity))).toEqual(all(closed, 0));
      const closer = ['journal_entries', 'journal_batches'];
      expect(await each(closer, (table) => count(table, identity))).toEqual(all(closer, 0));
    }
  });

  it('tell nobody else of deliveries, whatever they say they are', async () => {
    const rows = 'SELECT FROM app.deliveries(NULL, NULL, 100)';
    const counts = `SELECT * FROM app.delivery_summary('10 minutes') WHERE waiting + late + failed > 0`;
    const officer = await as(`role = 'officer' AND party_code = 'XA'`);
    for (const identity of [
      {},
      officer,
      { actor: officer.actor ?? '', purpose: 'network' },
      { ...director, purpose: 'read' },
      { ...director, party: 'XA' },
      { actor: 'anonymous', purpose: 'network' },
      await as(`role = 'exercise-director'`),
      await as(`role = 'party-administrator'`),
    ])
      for (const sql of [rows, counts]) expect([sql, await api.outcome(sql, identity)]).toEqual([sql, 0]);
    for (const role of ['worker', 'ledger'] as const)
      expect(await callers[role].outcome(rows, director)).toBe(refused);
  });

  it('keep where a party has checkpoints sent to its administrators, and its mails from all others', async () => {
    const administrator = await as(`role = 'party-administrator'`);
    const row = {
      ...{
        id: randomUUID(),
        party_code: 'XB',
        traffic: 'actual',
        rhythm: 'day',
        language: 'en',
        address: {},
      },
      ...{
        subscribed_by: administrator.actor,
        subscribed_at: '2026-01-01T00:00:00Z',
        due_at: '2026-01-01T00:00:00Z',
      },
    };
    const add = (more: object, identity: SqlIdentity) => {
      const whole = { ...row, ...more };
      const columns = Object.keys(row).join(', ');
      const sql = `INSERT INTO checkpoint_subscriptions (${columns}) SELECT ${columns}
        FROM jsonb_populate_record(NULL::checkpoint_subscriptions, $1)`;
      return api.outcome(sql, identity, [JSON.stringify(whole)]);
    };
    const officer = await as(`role = 'officer' AND party_code = 'XB'`);
    expect(await add({}, administrator)).toBe(1);
    expect(await add({ party_code: 'XA' }, administrator)).toBe(refused);
    expect(await add({ subscribed_by: officer.actor }, administrator)).toBe(refused);
    for (const identity of [officer, director, { ...administrator, party: 'XA' }])
      expect(await add({ subscribed_by: identity.actor }, identity)).toBe(refused);
    await walled.instance.database.rows(
      `INSERT INTO checkpoint_subscriptions SELECT * FROM jsonb_populate_record(NULL::checkpoint_subscriptions, $1)`,
      [JSON.stringify(row)],
    );
    expect(await count('checkpoint_subscriptions', administrator)).toBe(1);
    for (const identity of [officer, director, await as(`role = 'officer' AND party_code = 'XA'`)])
      expect(await count('checkpoint_subscriptions', identity)).toBe(0);
    const closed = [
      'UPDATE checkpoint_subscriptions SET sent_number = 9',
      'DELETE FROM checkpoint_subscriptions',
    ];
    expect(await each(closed, (sql) => api.outcome(sql, administrator))).toEqual(all(closed, refused));
    expect(await callers.ledger.outcome('SELECT 1 FROM checkpoint_subscriptions', administrator)).toBe(
      refused,
    );
  });
});

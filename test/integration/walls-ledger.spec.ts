import { randomUUID } from 'node:crypto';
import { all, each, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, serving, Walled } from '../harness/walled.js';

describe('the walls around the record', () => {
  let walled: Walled;
  let callers: Walled['callers'];
  let api: SqlCaller;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ callers, api } = walled);
    const { database } = walled.instance;
    await waitUntil('a batch is folded', async () => {
      const [batch] = await database.rows('SELECT FROM journal_batches');
      return batch;
    });
  });
  afterAll(() => walled.stop());

  const of = (party: string, body: string) => walled.of(party, body);
  const rowOf = (table: string, where: string) => walled.rowOf(table, where);
  const count = (caller: SqlCaller, table: string, identity: SqlIdentity) =>
    walled.count(caller, table, identity);

  it.each([
    ...['ledger_entries', 'access_events', 'journal_batches', 'checkpoints'],
    ...['views', 'observations'],
  ])('refuse everyone changes of %s', async (table) => {
    for (const sql of [`UPDATE ${table} SET at = at`, `DELETE FROM ${table}`, `TRUNCATE ${table} CASCADE`]) {
      await expect(callers.superuser.tries(sql)).rejects.toThrow(/only ever grows/);
      expect([0, refused]).toContain(await callers.owner.outcome(sql, of('XA', 'cert')));
      for (const role of serving)
        expect(await callers[role].outcome(sql, { ...of('XA', 'cert'), purpose: 'act' })).toBe(refused);
    }
  });

  it('let the heads of chains move forward by one, and by what is entered alone', async () => {
    const { superuser } = callers;
    const forward = 'UPDATE ledger_heads SET seq = seq + 1, prev_hash = hash';
    expect(await superuser.outcome(forward)).toBeGreaterThan(0);
    for (const change of [
      'seq = seq',
      'seq = seq + 2, prev_hash = hash',
      'seq = seq + 1, prev_hash = prev_hash',
    ])
      await expect(superuser.tries(`UPDATE ledger_heads SET ${change}`)).rejects.toThrow(/forward by one/);
    for (const sql of ['DELETE FROM ledger_heads', 'TRUNCATE ledger_heads'])
      await expect(superuser.tries(sql)).rejects.toThrow(/only ever grows/);
    for (const role of serving)
      for (const sql of [forward, 'INSERT INTO ledger_entries SELECT * FROM ledger_entries'])
        expect(await callers[role].outcome(sql, of('XA', 'cert'))).toBe(refused);
    // Row level security leaves the owner no row to move, and takes none from it.
    expect(await callers.owner.outcome(forward, of('XA', 'cert'))).toBe(0);
    const entry = await rowOf('ledger_entries', 'true');
    expect(
      await callers.owner.adds('ledger_entries', { ...entry, subject_id: randomUUID() }, of('XA', 'cert')),
    ).toBe(refused);
    await expect(
      callers.api.tries('SELECT app.enter_request_event(e) FROM request_events e'),
    ).rejects.toThrow(/permission denied/);
  });

  it('let an entry of the journal be given its place once', async () => {
    const { superuser, worker } = callers;
    const atWork = { actor: 'worker', purpose: 'sweep' };
    for (const sql of [
      'UPDATE journal_entries SET position = position + 9',
      `UPDATE journal_entries SET commitment = repeat('0', 64)`,
    ])
      await expect(superuser.tries(sql)).rejects.toThrow(/given its place once/);
    for (const sql of ['DELETE FROM journal_entries', 'TRUNCATE journal_entries'])
      await expect(superuser.tries(sql)).rejects.toThrow(/only ever grows/);
    const closed = ['UPDATE journal_entries SET at = at', 'DELETE FROM journal_entries'];
    closed.push('INSERT INTO journal_entries SELECT * FROM journal_entries');
    expect(await each(closed, (sql) => worker.outcome(sql, atWork))).toEqual(all(closed, refused));
    // What a receipt rests on, of observations that are seen, and nothing else of the journal.
    const seen = (party: string) =>
      Promise.all(['observations', 'journal_entries'].map((table) => count(api, table, of(party, 'cert'))));
    expect([await seen('XA'), await seen('XC'), await seen('FR')]).toEqual([
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
    expect(await count(api, 'journal_batches', of('FR', 'cert'))).toBe(0);
  });

  it('show a party entries of its own chains without a gap, and none that tells of other addressees', async () => {
    const seen = await api.sees<{ chain: string; owner: string; seqs: number[] }>(
      `SELECT chain, max(party_code) AS owner, array_agg(seq ORDER BY seq) AS seqs FROM ledger_entries
       WHERE chain <> 'journal' GROUP BY chain`,
      of('XB', 'cert'),
    );
    const lines = await api.sees<{ id: string }>('SELECT id FROM addressees', of('XB', 'cert'));
    const expected = lines.map(({ id }) => `line:${id}`);
    expect(seen.map(({ chain }) => chain).sort()).toEqual(expected.sort());
    for (const { owner, seqs } of seen)
      expect([owner, seqs]).toEqual(['XB', seqs.map((_, index) => index + 1)]);
    // The chain of batches, which names nobody, is what receipts of the journal lead through.
    const batches = await api.sees<{ party: string | null; actor: string | null }>(
      `SELECT DISTINCT party_code AS party, actor_code AS actor FROM ledger_entries WHERE chain = 'journal'`,
      of('XB', 'cert'),
    );
    expect(batches).toEqual([{ party: null, actor: null }]);
    expect(await count(api, 'ledger_entries', { actor: 'anonymous', purpose: 'link' })).toBe(0);
    const own = await api.sees(`SELECT FROM ledger_entries WHERE chain <> 'journal'`, of('XA', 'cert'));
    const events = await api.sees('SELECT FROM request_events', of('XA', 'cert'));
    const signedIn = await api.sees('SELECT FROM access_events', of('XA', 'cert'));
    expect(own.length).toBe(events.length + signedIn.length);
    expect(await api.sees(`SELECT FROM ledger_entries WHERE chain <> 'journal'`, of('FR', 'cert'))).toEqual(
      [],
    );
  });

  it('take word of signing in from the account itself, or from whoever gave its address', async () => {
    const { id, sign_in_token: token } = await rowOf('accounts', `party_code = 'XB'`);
    const event = {
      ...{ id: randomUUID(), account_id: id, party_code: 'XB', traffic: 'actual', act: 'sign-in-refused' },
      ...{ assurance: 'none', at: '2026-01-01T00:00:00Z' },
    };
    const add = (more: object, identity: SqlIdentity) =>
      api.adds('access_events', { ...event, ...more }, { purpose: 'sign-in', ...identity });
    const itself = { actor: String(id), party: 'XB' };
    const given = { actor: 'anonymous', presented: String(token) };
    expect([await add({}, itself), await add({}, given)]).toEqual([1, 1]);
    expect(await add({ account_id: null, party_code: null }, { actor: 'anonymous' })).toBe(1);
    expect([
      await add({}, { actor: randomUUID(), party: 'XB' }),
      await add({ party_code: 'XC' }, itself),
      await add({ account_id: null }, { actor: 'anonymous' }),
      await add({ account_id: null, party_code: null }, itself),
    ]).toEqual([refused, refused, refused, refused]);
  });

  it('take word that a request was read from who holds the line, and of a mail from who shows its link', async () => {
    const line = await rowOf(
      'addressees',
      `party_code = 'XB' AND id NOT IN (SELECT addressee_id FROM observations)`,
    );
    const { id: line_id, request_id, requester_code } = line;
    const observation = {
      ...{ id: randomUUID(), request_id, addressee_id: line_id, party_code: 'XB', requester_code },
      ...{ traffic: 'actual', what: 'viewed', evidence: 'request-read', assurance: 'signed-in' },
      ...{ notice_id: null, at: '2026-01-01T00:00:00Z', salt: '0'.repeat(32) },
    };
    const add = (more: object, identity: SqlIdentity) =>
      api.adds('observations', { ...observation, ...more }, identity);
    expect(await add({}, of('XB', 'cert'))).toBe(1);
    expect([
      await add({}, of('XB', 'policy')),
      await add({}, of('XA', 'cert')),
      await add({ requester_code: 'XC' }, of('XB', 'cert')),
    ]).toEqual([refused, refused, refused]);

    const links = await walled.instance.database.rows<{ notice_id: string; token_hash: string }>(
      `SELECT k.notice_id, k.token_hash FROM ack_links k JOIN notices n ON n.id = k.notice_id WHERE k.addressee_id = $1
       ORDER BY n.state <> 'accepted', k.notice_id`,
      [line_id],
    );
    const [own, another] = links;
    const arrived = { what: 'delivered', evidence: 'link-fetched', assurance: 'system' };
    const bearer = { actor: 'link', purpose: 'link', presented: own?.token_hash ?? '' };
    expect(await add({ ...arrived, notice_id: own?.notice_id }, bearer)).toBe(1);
    // Whether it has left is asked as the owner: the bearer sees no notice for it.
    expect(await api.sees('SELECT id FROM notices', bearer)).toEqual([]);
    const without = async (change: string) => {
      const { database } = walled.instance;
      await database.rows(`UPDATE ${change}`, [own?.notice_id]);
      return add({ ...arrived, notice_id: own?.notice_id }, bearer);
    };
    expect([
      await without(`notices SET state = 'unknown', settled_at = NULL WHERE id = $1`),
      await without(`notices SET state = 'accepted', settled_at = app.now() WHERE id = $1`),
      await without(`ack_links SET expires_at = app.now() WHERE notice_id = $1`),
    ]).toEqual([refused, 1, refused]);
    expect(await add({ assurance: 'api-token' }, of('XB', 'cert'))).toBe('23514');
    expect([
      await add({ ...arrived, notice_id: another?.notice_id }, bearer),
      await add({ ...arrived, notice_id: own?.notice_id }, { ...bearer, presented: 'wrong' }),
      await add({ ...arrived, notice_id: own?.notice_id }, of('XB', 'cert')),
    ]).toEqual([refused, refused, refused]);
  });

  it('take word of a view from whoever looked, of what the walls show them', async () => {
    const identity = of('XB', 'cert');
    const view = {
      ...{
        id: randomUUID(),
        party_code: 'XB',
        traffic: 'actual',
        kind: 'view.request',
        actor: identity.actor,
      },
      ...{ assurance: 'signed-in', request_id: walled.solo, sought: null, salt: '0'.repeat(32) },
      at: '2026-01-01T00:00:00Z',
    };
    const add = (more: object, by = identity) => api.adds('views', { ...view, ...more }, by);
    expect(await add({})).toBe(1);
    expect([
      await add({ actor: randomUUID() }),
      await add({ party_code: 'XC' }),
      await add({ party_code: null }),
      await add({ traffic: 'exercise' }),
      await add({ party_code: 'XC' }, { ...of('XC', 'cert'), actor: identity.actor }),
    ]).toEqual([refused, refused, refused, refused, refused]);
  });
});

import { randomUUID } from 'node:crypto';
import { Authenticator } from '../harness/authenticator.js';
import type { Instance } from '../harness/instance.js';
import { all, each, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, serving, Walled, type Row } from '../harness/walled.js';

/** PostgreSQL's code for "insufficient privilege", of grants, of row level security and of the record's trigger. */
const ofRequests =
  'requests request_members request_keys addressees request_events request_event_contents'.split(' ');
const ofNotices = ['messages', 'notices', 'attempts', 'ack_links'];

describe('the walls in the database', () => {
  let walled: Walled;
  let instance: Instance;
  let tables: readonly string[];
  let callers: Walled['callers'];
  let api: SqlCaller;
  let both: string;
  let solo: string;
  let bodies: Walled['bodies'];

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance, tables, callers, api, both, solo, bodies } = walled);
  });
  afterAll(() => walled.stop());

  const of = (party: string, body: string) => walled.of(party, body);
  const rowOf = (table: string, where: string) => walled.rowOf(table, where);
  const count = (caller: SqlCaller, table: string, identity: SqlIdentity) =>
    walled.count(caller, table, identity);

  it('are forced on every table, and no role that serves may pass them', async () => {
    const open = await instance.database.rows(
      `SELECT relname FROM pg_class WHERE relname = ANY ($1) AND relnamespace = 'public'::regnamespace
       AND NOT (relrowsecurity AND relforcerowsecurity)`,
      [tables],
    );
    expect(open).toEqual([]);
    expect(tables).toEqual(expect.arrayContaining([...ofRequests, ...ofNotices]));
    const roles = await instance.database.rows(
      `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
         EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid) AS owns
       FROM pg_roles r WHERE rolname IN ('aldis_api', 'aldis_worker', 'aldis_ledger') OR rolname = ANY ($1)`,
      [serving.map((role) => new URL(instance.database.urls[role]).username)],
    );
    expect(roles.length).toBeGreaterThanOrEqual(3);
    for (const role of roles) expect(Object.values(role)).toEqual([false, false, false, false, false]);
  });

  it.each(serving)('show %s nothing without an identity, nor with half of one', async (role) => {
    const caller = callers[role];
    const half = { party: 'XB', body: bodies['XB cert'] ?? '' };
    for (const identity of [{}, { actor: 'x' }, { purpose: 'deliver' }, half]) {
      const found = await each(tables, (table) => count(caller, table, identity));
      expect(Object.values(found).filter((outcome) => outcome !== 0 && outcome !== refused)).toEqual([]);
    }
    expect(await count(caller, 'migrations', of('XB', 'cert'))).toBe(refused);
  });

  it('show an addressee its own line and no row of another party', async () => {
    const xb = of('XB', 'cert');
    const distinct = async (column: string) => {
      const [table = '', name = ''] = column.split('.');
      const rows = await api.sees<{ seen: unknown }>(
        `SELECT DISTINCT ${name}::text AS seen FROM ${table}`,
        xb,
      );
      return rows.map(({ seen }) => seen);
    };
    const owned = 'addressees request_members request_keys messages notices attempts accounts'.split(' ');
    const parties = owned.map((table) => `${table}.party_code`).concat('request_events.addressee_code');
    expect(await each(parties, distinct)).toEqual(all(parties, ['XB']));
    expect(await distinct('request_members.body_id')).toEqual([bodies['XB cert']]);
    expect(await distinct('request_events.audience')).toEqual(['both']);
    expect(await distinct('requests.addressed_to')).toEqual(['{}']);
    expect(await count(api, 'addressees', xb)).toBe(2);
    expect(await count(api, 'request_event_contents', xb)).toBe(await count(api, 'request_events', xb));
    const secrets = ['ack_links', 'sessions', 'idempotent_answers'];
    expect(await each(secrets, (table) => count(api, table, xb))).toEqual(all(secrets, 0));
  });

  it('show another body, an outsider and the staff of the network nothing of a request', async () => {
    const staff = { actor: randomUUID(), purpose: 'network' };
    const closed = [...ofRequests, ...ofNotices];
    for (const identity of [
      of('XB', 'agency'),
      of('FR', 'cert'),
      { ...of('XB', 'cert'), party: 'XC' },
      staff,
    ])
      expect(await each(closed, (table) => count(api, table, identity))).toEqual(all(closed, 0));
  });

  it('open a link to whoever shows its secret, and that one alone', async () => {
    const { token_hash: hash } = await rowOf('ack_links', `party_code = 'XB'`);
    const bearer = { actor: 'link', purpose: 'link', presented: String(hash) };
    expect(await api.sees('SELECT token_hash FROM ack_links', bearer)).toEqual([{ token_hash: hash }]);
  });

  /** Rows that the requester may add; each is about XC, whom no other party has anything to tell. */
  const rowsAboutXc = async (): Promise<Record<string, Row>> => {
    const id = randomUUID();
    const xc = (table: string, more = 'true') =>
      rowOf(table, `request_id = '${both}' AND party_code = 'XC' AND ${more}`);
    const unlinked = await rowOf(
      'notices',
      `NOT EXISTS (SELECT 1 FROM ack_links l WHERE l.notice_id = t.id)`,
    );
    const about = `request_id = '${both}' AND party_code = 'XA' AND addressee_code = 'XC'`;
    return {
      requests: { ...(await rowOf('requests', `id = '${solo}'`)), id, reference: 'AR-2026-000000' },
      addressees: { ...(await xc('addressees')), id, request_id: solo },
      request_events: { ...(await rowOf('request_events', about)), id },
      messages: { ...(await xc('messages')), id },
      notices: { ...(await xc('notices')), id },
      ack_links: { ...(await xc('ack_links')), token_hash: 'x', notice_id: unlinked.id },
      request_keys: { ...(await xc('request_keys')), request_id: solo },
      request_members: { ...(await xc('request_members')), request_id: solo },
    };
  };

  it('refuse rows about another party to all but the requester, whomever they name as requester', async () => {
    const rows = await rowsAboutXc();
    const names = Object.keys(rows);
    const [xa, xb] = [of('XA', 'cert'), of('XB', 'cert')];
    const posing = (row: Row) => ({ ...row, ...('requester_code' in row ? { requester_code: 'XB' } : {}) });
    expect(await each(names, (name) => api.adds(name, rows[name] ?? {}, xa))).toEqual(all(names, 1));
    expect(await each(names, (name) => api.adds(name, rows[name] ?? {}, xb))).toEqual(all(names, refused));
    expect(await each(names, (name) => api.adds(name, posing(rows[name] ?? {}), xb))).toEqual(
      all(names, refused),
    );
  });

  it('refuse rows in the name of another party', async () => {
    const xb = of('XB', 'cert');
    const { request_events: event } = await rowsAboutXc();
    for (const line of [{}, { requester_code: 'XB' }, { addressee_code: null }])
      expect(await api.adds('request_events', { ...event, party_code: 'XB', ...line }, xb)).toBe(refused);
    const ours = { ...event, party_code: 'XB', addressee_code: 'XB' };
    expect(await api.adds('request_events', ours, xb)).toBe(refused);
    const line = await rowOf('addressees', `party_code = 'XB' AND request_id = '${both}'`);
    expect(await api.adds('request_events', { ...ours, addressee_id: line['id'] }, xb)).toBe(1);
    const answer = { scope: xb.actor, key: 'k', party_code: 'XB', traffic: 'actual', fingerprint: 'f' };
    const add = (more: object) =>
      api.adds('idempotent_answers', { ...answer, created_at: '2026-01-01T00:00:00Z', ...more }, xb);
    expect([await add({}), await add({ party_code: 'XC' }), await add({ scope: 'x' })]).toEqual([
      1,
      refused,
      refused,
    ]);
    const settled = 'parties bodies accounts channels points_of_contact instance networks'.split(' ');
    const copy = (table: string) => api.outcome(`INSERT INTO ${table} SELECT * FROM ${table} LIMIT 1`, xb);
    expect(await each(settled, copy)).toEqual(all(settled, refused));
  });

  it('let nobody change the rows of others', async () => {
    const xb = of('XB', 'cert');
    const change = (sql: string) => api.outcome(sql, xb);
    expect(await change('UPDATE addressees SET version = version + 1')).toBe(2);
    const untouched = [
      `UPDATE notices SET state = state WHERE party_code <> 'XB'`,
      ...[
        'UPDATE requests SET version = version + 1',
        'UPDATE ack_links SET tries_left = 99',
        'DELETE FROM sessions',
      ],
    ];
    expect(await each(untouched, change)).toEqual(all(untouched, 0));
    const closed = [`UPDATE addressees SET party_code = 'XB'`, `UPDATE requests SET party_code = 'XB'`];
    closed.push(...[...ofRequests, ...ofNotices].map((table) => `DELETE FROM ${table}`));
    expect(await each(closed, change)).toEqual(all(closed, refused));
    for (const role of serving)
      expect(await callers[role].outcome(`INSERT INTO app.clock (ahead) VALUES ('1 hour')`, xb)).toBe(
        refused,
      );
  });

  it.each([
    'UPDATE request_events SET at = at',
    'DELETE FROM request_events',
    'TRUNCATE request_events CASCADE',
  ])('refuse everyone, their owner included: %s', async (sql) => {
    await expect(callers.superuser.tries(sql)).rejects.toThrow(/only ever grows/);
    // Row level security leaves the owner no row to try it on; the whole table it is refused.
    expect([0, refused]).toContain(await callers.owner.outcome(sql, of('XA', 'cert')));
    for (const role of serving)
      for (const purpose of ['act', 'deliver', 'ledger'])
        expect(await callers[role].outcome(sql, { ...of('XA', 'cert'), purpose })).toBe(refused);
  });

  it('let accounts come to be and end only as those decide who answer for them', async () => {
    const [admin] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM accounts WHERE role = 'party-administrator'`,
    );
    const [officer] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM accounts WHERE role = 'officer' AND party_code = 'XB' LIMIT 1`,
    );
    const as = (actor: string | undefined, party = 'XB') => ({ ...of(party, 'agency'), actor: actor ?? '' });
    const end = `UPDATE accounts SET deactivated_at = app.now() WHERE party_code`;
    expect(await api.outcome(`${end} = 'XB'`, as(admin?.id))).toBe(4);
    expect(await api.outcome(`${end} = 'XB'`, as(officer?.id))).toBe(refused);
    expect(await api.outcome(`${end} = 'XB'`, as(randomUUID()))).toBe(0);
    // Whose party it says it is does not count, but whose the account is.
    expect(await api.outcome(`${end} = 'XA'`, as(admin?.id, 'XA'))).toBe(0);
    expect(await api.outcome(`${end} = 'XA'`, as(admin?.id))).toBe(0);
    const invitation = {
      ...{
        id: randomUUID(),
        party_code: 'XB',
        body_id: bodies['XB cert'],
        traffic: 'actual',
        role: 'officer',
      },
      ...{ language: 'en', person: {}, token_hash: 'h', invited_by: admin?.id },
      ...{ created_at: '2026-01-01T00:00:00Z', expires_at: '2126-01-01T00:00:00Z' },
    };
    expect(await api.adds('invitations', invitation, as(admin?.id))).toBe(1);
    expect(await api.adds('invitations', { ...invitation, invited_by: officer?.id }, as(officer?.id))).toBe(
      refused,
    );
    const abroad = { ...invitation, party_code: 'XC', body_id: bodies['XC cert'] };
    expect(await api.adds('invitations', abroad, as(admin?.id))).toBe(refused);
    const account = {
      ...(await rowOf('accounts', `id = '${officer?.id}'`)),
      id: randomUUID(),
      sign_in_token: 'x',
    };
    expect(
      await api.adds('accounts', account, { actor: 'invitee', purpose: 'network', presented: 'h' }),
    ).toBe(refused);
    const columns = ['role', 'party_code', 'body_id', 'person', 'created_at'];
    const changes = columns.map((column) => `UPDATE accounts SET ${column} = ${column}`);
    expect(await each(changes, (sql) => api.outcome(sql, as(admin?.id)))).toEqual(all(changes, refused));
    for (const table of ['accounts', 'invitations'])
      expect(await api.outcome(`DELETE FROM ${table}`, as(admin?.id))).toBe(refused);
  });

  it('show each account its own second factor, and nobody the tries of others', async () => {
    const officer = await instance.officer('officer@xb.example');
    await new Authenticator(instance.url).register(officer);
    await officer.post('/totp');
    await officer.post('/tokens', { name: 'Program', scope: ['read-requests'] });
    await instance.anyone.post('/api/v1/sessions').send({ email: 'officer@xb.example', password: 'wrong' });
    const { account_id: id } = await rowOf('passkeys', 'true');
    const factors = ['passkeys', 'totp_secrets', 'recovery_codes', 'api_tokens'];
    const self = { ...of('XB', 'cert'), actor: String(id) };
    expect(await each(factors, (table) => count(api, table, self))).toEqual({
      passkeys: 1,
      totp_secrets: 1,
      recovery_codes: 10,
      api_tokens: 1,
    });
    const closed = [...factors, 'passkey_challenges', 'throttles'];
    for (const identity of [of('XB', 'cert'), { actor: 'anonymous', purpose: 'throttle' }])
      expect(await each(closed, (table) => count(api, table, identity))).toEqual(all(closed, 0));
    for (const role of ['worker', 'ledger'] as const)
      expect(await each(factors, (table) => count(callers[role], table, self))).toEqual(
        all(factors, refused),
      );
  });

  it('keep what the worker and the ledger do not need from them', async () => {
    const { worker, ledger } = callers;
    const atWork = { actor: 'worker', purpose: 'deliver' };
    const inLedger = { actor: 'ledger', purpose: 'ledger' };
    expect(await worker.outcome('SELECT id, state FROM requests', atWork)).toBe(2);
    const closed = [
      ...['content', 'addressed_to', '*'].map((column) => `SELECT ${column} FROM requests`),
      ...['request_event_contents', 'accounts', 'sessions', 'idempotent_answers'].map(
        (table) => `SELECT 1 FROM ${table}`,
      ),
      ...[`UPDATE addressees SET state = 'acknowledged'`, 'UPDATE messages SET body = body'],
    ];
    expect(await each(closed, (sql) => worker.outcome(sql, atWork))).toEqual(all(closed, refused));
    const verified = ['request_events', 'access_events', 'ledger_entries', 'ledger_heads'];
    verified.push('attempts', 'journal_entries', 'journal_batches', 'checkpoints', 'checkpoint_places');
    verified.push('views', 'observations');
    const empty = async () => {
      const found = await each(verified, (table) => count(ledger, table, inLedger));
      return verified.filter((table) => !(Number(found[table]) > 0));
    };
    // The first checkpoint is of an empty record where nobody was quick enough to sign in before it.
    if ((await empty()).includes('checkpoint_places')) await instance.forward(301_000);
    await waitUntil('all of it has rows', async () => (await empty()).length === 0);
    expect(await empty()).toEqual([]);
    const sealed = ['event_id, content FROM request_event_contents', 'wrapped FROM request_keys'];
    for (const columns of sealed)
      expect(await ledger.outcome(`SELECT ${columns}`, inLedger)).not.toBe(refused);
    const inPart = ['request_event_contents', 'request_keys'];
    expect(await ledger.outcome('SELECT * FROM request_event_contents', inLedger)).toBe(refused);
    const others = tables.filter((table) => ![...verified, ...inPart].includes(table));
    expect(await each(others, (table) => count(ledger, table, inLedger))).toEqual(all(others, refused));
  });
});

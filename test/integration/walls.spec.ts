import { randomUUID } from 'node:crypto';
import { Authenticator } from '../harness/authenticator.js';
import { Instance } from '../harness/instance.js';
import { untilQuiet } from '../harness/quiet.js';
import { all, each, sqlCallers, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { AckLink } from '../harness/ack-link.js';

/** PostgreSQL's code for "insufficient privilege", of grants, of row level security and of the record's trigger. */
const refused = '42501';
const serving = ['api', 'worker', 'ledger'] as const;
const ofRequests =
  'requests request_members request_keys addressees request_events request_event_contents'.split(' ');
const ofNotices = ['messages', 'notices', 'attempts', 'ack_links'];

type Row = Record<string, unknown>;

describe('the walls in the database', () => {
  let instance: Instance;
  let tables: string[];
  let callers: Awaited<ReturnType<typeof sqlCallers>>;
  let api: SqlCaller;
  let both: string;
  let solo: string;
  const bodies: Record<string, string> = {};

  beforeAll(async () => {
    instance = await Instance.start();
    const { database, sink } = instance;
    const officer = await instance.officer('officer@xa.example');
    both = (await officer.files({ to: ['XB', 'XC'] })).id;
    solo = (await officer.files()).id;
    for (const to of ['cert@xb.example', 'cert@xc.example'])
      await AckLink.in(await sink.mailTo(to)).submit('A. Duty');
    await untilQuiet(instance);
    callers = await sqlCallers(database);
    ({ api } = callers);
    const named = await database.rows<{ relname: string }>(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
    );
    tables = named.map(({ relname }) => relname).filter((table) => table !== 'migrations');
    const found = await database.rows<{ at: string; id: string }>(
      `SELECT party_code || ' ' || kind AS at, id FROM bodies`,
    );
    for (const { at, id } of found) bodies[at] = id;
  });
  afterAll(async () => {
    for (const caller of Object.values(callers)) await caller.end();
    await instance.stop();
  });

  const of = (party: string, body: string): SqlIdentity => ({
    ...{ actor: randomUUID(), party, body: bodies[`${party} ${body}`] ?? '', purpose: 'read' },
  });
  const rowOf = async (table: string, where: string): Promise<Row> => {
    const sql = `SELECT to_jsonb(t) AS row FROM ${table} t WHERE ${where} LIMIT 1`;
    const [found] = await instance.database.rows<{ row: Row }>(sql);
    if (!found) throw new Error(`there is no row in ${table} where ${where}`);
    return found.row;
  };
  const count = (caller: SqlCaller, table: string, identity: SqlIdentity) =>
    caller.outcome(`SELECT FROM ${table}`, identity);

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
    expect(await api.adds('request_events', { ...event, party_code: 'XB', addressee_code: 'XB' }, xb)).toBe(
      1,
    );
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

  it.each(['ledger_entries', 'access_events', 'journal_batches', 'checkpoints'])(
    'refuse everyone changes of %s',
    async (table) => {
      for (const sql of [
        `UPDATE ${table} SET at = at`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table} CASCADE`,
      ]) {
        await expect(callers.superuser.tries(sql)).rejects.toThrow(/only ever grows/);
        expect([0, refused]).toContain(await callers.owner.outcome(sql, of('XA', 'cert')));
        for (const role of serving)
          expect(await callers[role].outcome(sql, { ...of('XA', 'cert'), purpose: 'act' })).toBe(refused);
      }
    },
  );

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
    for (const table of ['journal_entries', 'journal_batches'])
      expect(await count(api, table, of('XA', 'cert'))).toBe(refused);
  });

  it('show a party entries of its own chains without a gap, and none that tells of other addressees', async () => {
    const seen = await api.sees<{ chain: string; owner: string; seqs: number[] }>(
      `SELECT chain, max(party_code) AS owner, array_agg(seq ORDER BY seq) AS seqs FROM ledger_entries GROUP BY chain`,
      of('XB', 'cert'),
    );
    const lines = await api.sees<{ id: string }>('SELECT id FROM addressees', of('XB', 'cert'));
    const expected = lines.map(({ id }) => `line:${id}`);
    expect(seen.map(({ chain }) => chain).sort()).toEqual(expected.sort());
    for (const { owner, seqs } of seen)
      expect([owner, seqs]).toEqual(['XB', seqs.map((_, index) => index + 1)]);
    const own = await api.sees('SELECT FROM ledger_entries', of('XA', 'cert'));
    const events = await api.sees('SELECT FROM request_events', of('XA', 'cert'));
    const signedIn = await api.sees('SELECT FROM access_events', of('XA', 'cert'));
    expect(own.length).toBe(events.length + signedIn.length);
    expect(await count(api, 'ledger_entries', of('FR', 'cert'))).toBe(0);
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
    for (const table of verified) expect(await count(ledger, table, inLedger)).toBeGreaterThan(0);
    const sealed = ['event_id, content FROM request_event_contents', 'wrapped FROM request_keys'];
    for (const columns of sealed)
      expect(await ledger.outcome(`SELECT ${columns}`, inLedger)).not.toBe(refused);
    const inPart = ['request_event_contents', 'request_keys'];
    expect(await ledger.outcome('SELECT * FROM request_event_contents', inLedger)).toBe(refused);
    const others = tables.filter((table) => ![...verified, ...inPart].includes(table));
    expect(await each(others, (table) => count(ledger, table, inLedger))).toEqual(all(others, refused));
  });
});

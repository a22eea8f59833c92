import { randomUUID } from 'node:crypto';
import type { Candidates, SharingView } from '#libs/requests';
import { all, each, type SqlIdentity } from '../harness/sql-caller.js';
import { refused, Walled, type Row } from '../harness/walled.js';

/** What a request is made of, as far as a side reads it. */
const read = 'requests request_keys addressees request_events request_event_contents clocks'
  .split(' ')
  .concat('messages', 'notices', 'attempts', 'request_shares')
  .concat(`ledger_entries WHERE chain !~ '^(party:|journal$)'`);

describe('the walls around sharing', () => {
  let walled: Walled;
  let [person, colleague, officer]: SqlIdentity[] = [];
  let entries: SharingView['shares'];
  const accounts = new Map<string, { id: string; party: string; body: string }>();

  beforeAll(async () => {
    walled = await Walled.start();
    const rows = await walled.instance.database.rows<{
      id: string;
      party: string;
      body: string;
      kind: string;
    }>(
      `SELECT a.id, a.party_code AS party, a.body_id AS body, a.party_code || ' ' || b.kind || ' ' || a.role AS kind
       FROM accounts a JOIN bodies b ON b.id = a.body_id`,
    );
    for (const { kind, ...row } of rows) accounts.set(kind, row);
    officer = as('XB cert officer');
    person = as('XB agency officer');
    colleague = walled.of('XB', 'agency');
    const cert = await walled.instance.officer('officer@xb.example');
    const path = `/requests/${walled.solo}/sharing`;
    const found = (await cert.get(`${path}/candidates`)).body as Candidates;
    const account = found.accounts.find(({ sees }) => !sees)?.id;
    const body = walled.bodies['XB ministry'];
    const reason = { text: 'To advise.', language: 'en' };
    await cert.post(path, { account, reason });
    entries = ((await cert.post(path, { body, reason })).body as SharingView).shares;
  });
  afterAll(() => walled.stop());

  const as = (kind: string): SqlIdentity => {
    const { id: actor = '', party = '', body = '' } = accounts.get(kind) ?? {};
    return { actor, party, body, purpose: 'act' };
  };
  const counts = (who: SqlIdentity | undefined) =>
    each(read, (table) => walled.count(walled.api, table, who ?? {}));
  const ends = (id: string | undefined) =>
    walled.instance.database.rows(
      `UPDATE request_shares SET ended_at = shared_at, ended_by = shared_by, ending = grounds WHERE id = $1`,
      [id],
    );
  const opensAgain = (id: string | undefined) =>
    walled.instance.database.rows(
      `UPDATE request_shares SET ended_at = NULL, ended_by = NULL, ending = NULL WHERE id = $1`,
      [id],
    );

  it('open that one request to the person, with what its own side sees of it', async () => {
    const seen = await counts(person);
    expect(Object.entries(seen).filter(([, rows]) => !(Number(rows) > 0))).toEqual([]);
    expect(await walled.api.sees('SELECT id FROM requests', person)).toEqual([{ id: walled.solo }]);
    for (const table of ['addressees', 'request_keys', 'messages', 'notices', 'attempts'])
      expect(await walled.api.sees(`SELECT DISTINCT party_code FROM ${table}`, person)).toEqual([
        { party_code: 'XB' },
      ]);
    const own = `request_id = '${walled.solo}' AND (party_code = 'XB' OR requester_code = 'XB' OR addressee_code = 'XB')`;
    const side = await walled.api.sees(`SELECT id FROM request_events WHERE ${own}`, officer);
    expect(await walled.api.sees('SELECT id FROM request_events', person)).toHaveLength(side.length);
  });

  it('open it to the body that it was shared with, and to each of its people', async () => {
    expect(await walled.count(walled.api, 'requests', walled.of('XB', 'ministry'))).toBe(1);
    expect(await walled.count(walled.api, 'addressees', walled.of('XB', 'ministry'))).toBe(1);
  });

  it('show a colleague, another body, another party and an account without its body nothing', async () => {
    const { actor = '', body = '' } = person ?? {};
    const others: SqlIdentity[] = [
      colleague ?? {},
      { actor, party: 'XB', purpose: 'act' },
      { actor, party: 'XC', body, purpose: 'act' },
      { ...walled.of('XB', 'cert'), party: 'XC' },
      { ...walled.of('FR', 'cert'), actor },
      { actor, body, party: 'XB' },
      { actor: `link:${actor}`, party: 'XB', body, purpose: 'link' },
    ];
    for (const who of others) expect([who, await counts(who)]).toEqual([who, all(read, 0)]);
    const mine = 'SELECT FROM request_shares';
    expect(await walled.api.outcome(mine, walled.of('XA', 'cert'))).toBe(0);
  });

  it('close with the share, and with the account', async () => {
    const [toPerson, toBody] = entries;
    await ends(toPerson?.id);
    await ends(toBody?.id);
    expect(await counts(person)).toEqual(all(read, 0));
    expect(await counts(walled.of('XB', 'ministry'))).toEqual(all(read, 0));
    await opensAgain(toPerson?.id);
    await opensAgain(toBody?.id);
    const deactivate = (at: string) =>
      walled.instance.database.rows(`UPDATE accounts SET deactivated_at = ${at} WHERE id = $1`, [
        person?.actor,
      ]);
    await deactivate('app.now()');
    expect(await counts(person)).toEqual(all(read, 0));
    await deactivate('NULL');
    expect(await walled.count(walled.api, 'requests', person ?? {})).toBe(1);
  });

  const share = async (changes: Row = {}): Promise<Row> => ({
    ...(await walled.rowOf('request_shares', `id = '${entries[0]?.id}'`)),
    ...{ id: randomUUID(), account_id: null, body_id: walled.bodies['XB agency'] },
    ...changes,
  });
  const adds = async (changes: Row, who: SqlIdentity | undefined) =>
    walled.api.adds('request_shares', await share(changes), who ?? {});

  it('let officers of the bodies that it concerns share, in their own name and party', async () => {
    expect(await adds({}, officer)).toBe(1);
    const { id: duty } = accounts.get('XB cert duty-officer') ?? { id: '' };
    expect(await adds({}, person)).toBe(refused);
    expect(await adds({ shared_by: duty }, as('XB cert duty-officer'))).toBe(refused);
    expect(await adds({ shared_by: duty }, officer)).toBe(refused);
    expect(await adds({}, as('XA cert officer'))).toBe(refused);
    expect(await adds({ party_code: 'XA' }, officer)).toBe(refused);
    const xc = accounts.get('XC cert officer');
    expect(await adds({ account_id: xc?.id, body_id: null }, officer)).toBe('23503');
    expect(await adds({ body_id: xc?.body }, officer)).toBe('23503');
    expect(await adds({ account_id: person?.actor }, officer)).toBe('23514');
    expect(await adds({ body_id: null, account_id: person?.actor }, officer)).toBe('23505');
  });

  it('keep TLP:RED from bodies', async () => {
    await walled.instance.database.rows(`UPDATE requests SET tlp = 'RED' WHERE id = $1`, [walled.solo]);
    expect(await adds({}, officer)).toBe(refused);
    const { id } = accounts.get('XB cert duty-officer') ?? {};
    expect(await adds({ body_id: null, account_id: id }, officer)).toBe(1);
    await walled.instance.database.rows(`UPDATE requests SET tlp = 'AMBER' WHERE id = $1`, [walled.solo]);
  });

  it('let them end an entry once, and change nothing else of it', async () => {
    const ending = `ended_at = app.now(), ending = grounds, ended_by`;
    const end = (by = '') => `UPDATE request_shares SET ${ending} = '${by}'`;
    expect(await walled.api.outcome(end(officer?.actor), officer)).toBe(2);
    expect(await walled.api.outcome(end(person?.actor), officer)).toBe(refused);
    expect(await walled.api.outcome(end(person?.actor), person)).toBe(0);
    expect(await walled.api.outcome(end(as('XA cert officer').actor), as('XA cert officer'))).toBe(0);
    for (const sql of ['UPDATE request_shares SET account_id = account_id', 'DELETE FROM request_shares'])
      expect(await walled.api.outcome(sql, officer)).toBe(refused);
  });

  it('let readers add notes for their own side, and nothing else', async () => {
    const event: Row = {
      ...(await walled.rowOf('request_events', `request_id = '${walled.solo}' AND act = 'share-with'`)),
      ...{ id: randomUUID(), act: 'note', actor: person?.actor },
    };
    const note = (changes: Row, who = person) =>
      walled.api.adds('request_events', { ...event, ...changes }, who ?? {});
    expect(await note({})).toBe(1);
    for (const changes of [
      ...[{ act: 'message' }, { audience: 'both' }, { audience: 'requester' }, { actor: officer?.actor }],
      ...[
        { party_code: 'XA' },
        { to_state: 'answered' },
        { request_id: walled.both },
        { requester_code: 'XB' },
        { assurance: 'system' },
      ],
    ])
      expect([changes, await note(changes)]).toEqual([changes, refused]);
    expect(await note({ actor: colleague?.actor }, colleague)).toBe(refused);
    for (const change of [
      'UPDATE addressees SET version = version + 1',
      'UPDATE requests SET version = version + 1',
      `UPDATE notices SET state = state`,
      'UPDATE timers SET ended_at = ended_at',
    ])
      expect([change, await walled.api.outcome(change, person)]).toEqual([change, 0]);
    const admit = {
      request_id: walled.solo,
      party_code: 'XB',
      body_id: walled.bodies['XB agency'],
      traffic: 'actual',
    };
    expect(await walled.api.adds('request_members', admit, person ?? {})).toBe(refused);
  });

  it('ask once a statement what was shared, however many requests there are', async () => {
    const plan = await walled.api.sees<{ 'QUERY PLAN': string }>('EXPLAIN SELECT id FROM requests', person);
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/hashed SubPlan/);
  });

  it('show what was disclosed to the requester and to the addressee that was told', async () => {
    const requester = await walled.instance.officer('officer@xa.example');
    const disclosure = { to: ['XB'], parties: 'all' };
    await requester.acts(walled.both, { act: 'disclose', disclosure });
    const seen = (who: SqlIdentity) => walled.count(walled.api, 'disclosures', who);
    const [xa, xb, xc] = [walled.of('XA', 'cert'), walled.of('XB', 'cert'), walled.of('XC', 'cert')];
    const strangers = [xc, walled.of('XB', 'agency'), walled.of('FR', 'cert'), person ?? {}, {}];
    expect([await seen(xa), await seen(xb), await seen(walled.of('XA', 'ministry'))]).toEqual([1, 1, 1]);
    for (const who of strangers) expect(await seen(who)).toBe(0);
    const row = await walled.rowOf('disclosures', 'true');
    const turned = { ...row, party_code: 'XC', disclosed_code: 'XB' };
    const adding = (changes: Row, who: SqlIdentity) =>
      walled.api.adds('disclosures', { ...turned, ...changes }, who);
    expect(await adding({}, xa)).toBe(1);
    expect([await adding({}, xb), await adding({ requester_code: 'XB' }, xb)]).toEqual([refused, refused]);
    expect(await adding({ disclosed_code: 'FR' }, xa)).toBe(refused);
    expect(await adding({ party_code: 'FR' }, xa)).toBe(refused);
    for (const sql of ['UPDATE disclosures SET traffic = traffic', 'DELETE FROM disclosures'])
      expect(await walled.api.outcome(sql, xa)).toBe(refused);
  });
});

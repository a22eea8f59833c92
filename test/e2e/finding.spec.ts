import type { BodyView, EntryView, Found } from '#libs/directory';
import { entriesAnHour } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer as SignedIn } from '../harness/officer.js';
import { verify } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, Walled } from '../harness/walled.js';

describe('finding in the directory', () => {
  let walled: Walled;
  let instance: Instance;
  let officer: Officer;
  let administrator: Officer;
  let second: Officer;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    officer = await instance.officer('officer@xa.example');
    administrator = await instance.officer('administrator@xb.example');
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    second = await SignedIn.signIn(instance.url, email, chosenPassword);
  });
  afterAll(() => walled.stop());

  const search = async (q: string, more = '', by = officer): Promise<Found[]> => {
    const answer = await by.get(`/search?q=${encodeURIComponent(q)}${more}`);
    expect([q, answer.status, answer.body]).toEqual([q, 200, expect.anything()]);
    return (answer.body as { items: Found[] }).items;
  };
  const states = async (q: string) =>
    (await search(q, '&kinds=party')).map(({ party, how }) => `${party.code} ${how}`);
  const nominate = async (changes: object = {}): Promise<EntryView> => {
    const answer = await administrator.post('/points-of-contact', {
      ...{ body: walled.bodies['XB cert'], level: 'technical', roleNames: { en: 'Watch floor' } },
      ...{ languages: ['en'], zone: 'Etc/UTC', ...changes },
    });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as EntryView;
  };

  it.each([
    ['AD', 'AD code'],
    ['and', 'AD code'],
    ['020', 'AD code'],
    ['uk', 'GB code'],
    ['DRC', 'CD code'],
    ['rok', 'KR code'],
    ['США', 'US code'],
    ['Andorre', 'AD name'],
    ['ANDORRA', 'AD name'],
    ['安道尔', 'AD name'],
    ['中国', 'CN name'],
    ['法国', 'FR name'],
    ['道尔', 'AD beginning'],
    ['cote d’ivoire', 'CI name'],
    ['Émirats', 'AE beginning'],
    ['emirats ar', 'AE beginning'],
    ['Объединённые Арабские', 'AE beginning'],
    ['الإمارات', 'AE beginning'],
    ['امارات', 'AE beginning'],
    ['اندورا', 'AD name'],
    ['بربودا', 'AG beginning'],
    ['unis arabes emirats', 'AE words'],
    ['germny', 'DE similar'],
    ['Astralia', 'AU similar'],
    ['azerbajian', 'AZ similar'],
    ['Узбикистан', 'UZ similar'],
    ['阿富漢', 'AF similar'],
  ])('takes %j for %s', async (q, first) => {
    expect((await states(q))[0]).toBe(first);
  });

  it('puts codes before names, names before beginnings, and errors last', async () => {
    expect((await states('niger')).slice(0, 2)).toEqual(['NE name', 'NG beginning']);
    expect(await states('Xx')).not.toContain('XA code');
    expect(await search('…')).toEqual([]);
    expect(await search('qqqqqqqqqq')).toEqual([]);
  });

  it('finds bodies and roles by their names, by level, and by the State before or behind', async () => {
    const bodies = await search('france cert', '&kinds=body');
    expect(bodies.map(({ party, body }) => [party.code, body?.names.en])).toEqual([['FR', 'National CERT']]);
    expect((await search('CERT national xb', '&kinds=body'))[0]).toMatchObject({ party: { code: 'XB' } });
    expect((await search('mfa xa', '&kinds=body'))[0]).toMatchObject({
      body: { names: { en: 'Ministry of Foreign Affairs' } },
    });
    const technical = await search('xb technical', '&kinds=point-of-contact');
    expect(technical.map(({ pointOfContact }) => pointOfContact?.level)).toEqual(['technical', 'technical']);
    const officers = await search('duty oficer', '&kinds=point-of-contact&limit=50');
    expect(officers).toHaveLength(50);
    expect(new Set(officers.map(({ pointOfContact }) => pointOfContact?.id)).size).toBe(50);
  });

  it('finds what is written in the moment that it is written, and no more what was', async () => {
    const names = { en: 'Sector watch of the Tulip', zh: '郁金香', ar: 'مركز الزنبق' };
    const input = { kind: 'agency', names };
    const body = (await administrator.post('/bodies', input)).body as BodyView;
    for (const q of ['tulip', '金香', 'زنبق', 'swt', 'tulpi sector'])
      expect([q, (await search(q, '&kinds=body')).map((one) => one.body?.id)]).toEqual([q, [body.id]]);
    const renamed = { ...input, names: { en: 'Sector watch of the Rose' }, version: 1 };
    await administrator.put(`/bodies/${body.id}`, renamed);
    expect(await search('tulip', '&kinds=body')).toEqual([]);
    expect((await search('rose', '&kinds=body'))[0]?.body?.id).toBe(body.id);
    await administrator.post(`/bodies/${body.id}/acts`, { act: 'retire', version: 2 });
    expect(await search('rose', '&kinds=body')).toEqual([]);
  });

  it('finds what others write by the worker, whatever way it comes in', async () => {
    await instance.database.rows(
      `UPDATE parties SET names = names || '{"en": "Amberland"}' WHERE code = 'XC'`,
    );
    await waitUntil('the new name is found', async () => (await states('amberla')).length > 0);
    expect(await states('amberla')).toEqual(['XC beginning']);
  });

  it('finds persons where their names are shown, by whole parts and beginnings, and nowhere else', async () => {
    const entry = await nominate({ person: { name: 'María-José Fernández de Souza', title: 'Head' } });
    const people = async (q: string, by: Officer) =>
      (await search(q, '&kinds=person', by)).map(({ person, how }) => `${person?.name} ${how}`);
    expect(await people('fernandez', officer)).toEqual([]);
    expect(await people('fernandez maria', administrator)).toEqual(['María-José Fernández de Souza name']);
    expect((await verify(second, entry.id)).status).toBe(200);
    for (const q of ['fern', 'mar jose', 'souza de'])
      expect([q, (await people(q, officer)).length]).toEqual([q, 1]);
    for (const q of ['fe', 'ernandez', 'fernandes', 'pedro fernandez'])
      expect([q, await people(q, officer)]).toEqual([q, []]);
    const kept = await instance.database.rows<{ count: number; plain: number }>(
      `SELECT count(*)::int AS count, count(*) FILTER (WHERE token ~ 'fern')::int AS plain FROM person_tokens
       WHERE point_of_contact_id = $1`,
      [entry.id],
    );
    expect(kept).toEqual([{ count: 16, plain: 0 }]);
    const { version } = (await administrator.get(`/points-of-contact/${entry.id}`)).body as EntryView;
    const said = {
      ...{ body: entry.body.id, roleNames: { en: 'Watch floor' }, languages: ['en'], zone: 'Etc/UTC' },
      ...{ person: null, version },
    };
    await administrator.put(`/points-of-contact/${entry.id}`, said);
    expect(await people('fernandez', officer)).toEqual([]);
    expect(
      await instance.database.rows('SELECT 1 FROM person_tokens WHERE point_of_contact_id = $1', [entry.id]),
    ).toEqual([]);
  });

  it('shows entries that are not known yet to their own party alone', async () => {
    await nominate({ roleNames: { en: 'Lighthouse' } });
    expect(await search('lighthouse', '&kinds=point-of-contact')).toEqual([]);
    expect(await search('lighthouse', '&kinds=point-of-contact', administrator)).toHaveLength(1);
  });

  it('puts each look-up on the record, without what was typed', async () => {
    const before = await instance.database.rows<{ id: string }>('SELECT id FROM views');
    const other = await instance.officer('officer@xc.example');
    await search('XB', '&kinds=party', other);
    await search('new', '', other);
    await search('new ze', '', other);
    const rows = await instance.database.rows<{ id: string; kind: string; sought: string | null }>(
      'SELECT id, kind, sought FROM views WHERE NOT id = ANY ($1) ORDER BY at',
      [before.map(({ id }) => id)],
    );
    expect(rows.map(({ kind, sought }) => [kind, sought]).slice(0, 2)).toEqual([
      ['look-up', 'XB'],
      ['look-up', null],
    ]);
  });

  it('refuses what cannot be looked for', async () => {
    for (const query of [
      '',
      '?q=',
      '?q=a&kinds=party,people',
      '?q=a&limit=51',
      '?q=a&limit=0',
      '?q=%07',
      `?q=${'a'.repeat(201)}`,
      '?q=a&more=1',
    ])
      expect([query, (await officer.get(`/search${query}`)).status]).toEqual([query, 400]);
    expect((await instance.anyone.get('/api/v1/search?q=a')).status).toBe(401);
  });

  it('lets nobody but keepers say under what something is found', async () => {
    const { api } = walled;
    const reader = walled.of('XA', 'cert');
    const holder = await walled.rowOf('finding_holders', `party_code = 'XB' AND kind = 'body'`);
    const term = await walled.rowOf('finding_terms', 'true');
    expect(await api.adds('finding_holders', { ...holder, name: 'false' }, reader)).toBe(refused);
    expect(await api.adds('finding_terms', { ...term, term: 'false' }, reader)).toBe(refused);
    expect(await api.outcome(`DELETE FROM finding_holders WHERE party_code = 'XB'`, reader)).toBe(0);
    expect(await api.outcome(`UPDATE findables SET version = 0 WHERE party_code = 'XB'`, reader)).toBe(0);
    expect(await api.outcome('SELECT FROM finding_holders')).toBe(0);
    expect(await api.outcome('SELECT FROM person_tokens')).toBe(0);
  });

  it('keeps tokens of names from parties that share no network, and finds the own party first', async () => {
    const { api } = walled;
    const name = 'Ingeborg Quast';
    const entry = await nominate({ person: { name } });
    const tokens = (party: string) =>
      api.outcome(`SELECT FROM person_tokens WHERE party_code = 'XB'`, walled.of(party, 'cert'));
    expect(Number(await tokens('XA'))).toBeGreaterThan(0);
    // Entries that others may not read take no place of those that they may.
    for (let times = 0; times < 3; times++) await nominate({ person: { name } });
    expect((await verify(second, entry.id)).status).toBe(200);
    const own = (await search('ingeborg', '&kinds=person&limit=1', administrator)).map(
      ({ party }) => party.code,
    );
    const [theirs] = await search('ingeborg', '&kinds=person&limit=1');
    expect([own, theirs?.pointOfContact?.id]).toEqual([['XB'], entry.id]);
    const leaves = (at: string) =>
      instance.database.rows(`UPDATE memberships SET left_at = ${at} WHERE party_code = 'XA'`);
    await leaves('joined_at');
    expect([await tokens('XA'), Number(await tokens('XB')) > 0]).toEqual([0, true]);
    await leaves('NULL');
  });

  it('counts entries of others that are read, refuses more than an hour may hold, and never a request', async () => {
    const reader = await instance.officer('diplomat@xa.example');
    expect((await reader.get('/points-of-contact')).status).toBe(403);
    expect((await administrator.get('/points-of-contact')).status).toBe(200);
    await instance.database.rows(
      `INSERT INTO entry_readings (actor, point_of_contact_id, party_code, traffic, at)
       SELECT a.id::text, p.id, 'XA', 'actual', app.now() - interval '10 minutes'
       FROM accounts a, (SELECT id FROM points_of_contact WHERE party_code NOT IN ('XA', 'XB', 'XC') ORDER BY id LIMIT $1) p
       WHERE a.role = 'officer' AND a.party_code = 'XA'`,
      [entriesAnHour - 1],
    );
    const refusedOne = await reader.get('/points-of-contact?party=XB');
    expect([refusedOne.status, refusedOne.body]).toMatchObject([
      429,
      { type: 'urn:aldis:problem:too-many-look-ups' },
    ]);
    expect(Number(refusedOne.headers['retry-after'])).toBeGreaterThan(2_900);
    expect(Number(refusedOne.headers['retry-after'])).toBeLessThanOrEqual(3_000);
    // One is left; the same again costs nothing; one's own are never counted.
    const [one] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM points_of_contact WHERE party_code = 'XC' AND state = 'active' LIMIT 1`,
    );
    for (let times = 0; times < 2; times++)
      expect((await reader.get(`/points-of-contact/${one?.id}`)).status).toBe(200);
    expect((await reader.get('/points-of-contact?party=XA')).status).toBe(200);
    expect((await reader.get('/points-of-contact?party=XC')).status).toBe(429);
    expect((await officer.get('/points-of-contact?party=XC')).status).toBe(429);
    await officer.files();
    await instance.forward(51 * 60_000);
    expect((await reader.get('/points-of-contact?party=XC')).status).toBe(200);
  });
});

import type { DutyPlanView, OnDutyView } from '#libs/directory';
import { newId } from '#libs/runtime';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { sqlCallers, type SqlCaller, type SqlIdentity } from '../harness/sql-caller.js';
import { told } from '../harness/told.js';
import { refused } from '../harness/walled.js';

const hour = 3_600_000;
const office = { weekly: [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }] };
const secret = { text: 'Gladiolus.', language: 'en' };

describe('duty at points of contact', () => {
  let instance: Instance;
  let [duty, officer, policy, administrator, foreign]: Officer[] = [];
  let accounts: { of: string; id: string; party: string; body: string }[];
  let points: { id: string; at: string; body: string }[];

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    accounts = await instance.database.rows(
      `SELECT a.id, a.party_code AS party, a.body_id AS body, a.party_code || ' ' || b.kind || ' ' || a.role AS of
       FROM accounts a JOIN bodies b ON b.id = a.body_id`,
    );
    points = await instance.database.rows(
      `SELECT id, party_code || ' ' || level || ' ' || position AS at, body_id AS body FROM points_of_contact
       WHERE party_code IN ('XA', 'XB')`,
    );
    [duty, officer, policy, administrator, foreign] = await Promise.all(
      ['duty@xb', 'officer@xb', 'policy@xb', 'administrator@xb', 'officer@xa'].map((name) =>
        instance.officer(`${name}.example`),
      ),
    );
    // Wednesday, 1 July 2026, 07:00 at XB, which is six hours ahead, in the years to come too.
    const [row] = await instance.database.rows<{ ahead: string }>(
      `SELECT extract(epoch FROM timestamptz '2099-07-01T01:00Z' - app.now()) * 1000 AS ahead`,
    );
    await instance.forward(Number(row?.ahead));
    [duty, officer, policy, administrator, foreign] = await Promise.all(
      ['duty@xb', 'officer@xb', 'policy@xb', 'administrator@xb', 'officer@xa'].map((name) =>
        instance.officer(`${name}.example`),
      ),
    );
  });
  afterAll(() => instance.stop());

  const point = (at: string): string => points.find((one) => one.at === at)?.id ?? '';
  const path = (at: string, what = 'duty') => `/points-of-contact/${point(at)}/${what}`;
  const by = (who: Officer | undefined): Officer => {
    if (!who) throw new Error('nobody has signed in');
    return who;
  };
  const now = async (who = foreign, query = '?party=XB&level=technical') =>
    ((await by(who).get(`/duty${query}`)).body as { items: OnDutyView[] }).items;
  const plan = async (who: Officer | undefined, at: string, query = '') =>
    (await by(who).get(`${path(at)}${query}`)).body as DutyPlanView;
  /** By party, body and role. */
  const account = (of: string): string => accounts.find((one) => one.of === of)?.id ?? '';

  it('is unknown until the party says its hours, and then told to every member with the time there', async () => {
    expect(await now()).toMatchObject([
      { pointOfContact: point('XB technical 1'), status: 'unknown', nextAt: null, standsIn: null },
      { pointOfContact: point('XB technical 2'), status: 'unknown' },
    ]);
    const put = await by(duty).put(path('XB technical 1'), { ...office, version: 1 });
    expect([put.status, put.body]).toEqual([
      200,
      {
        ...{
          pointOfContact: point('XB technical 1'),
          party: 'XB',
          zone: 'Etc/GMT-6',
          hours: office,
          version: 2,
        },
      },
    ]);
    const [before] = await now();
    expect(before).toMatchObject({ status: 'off', until: '2099-07-01T03:00:00.000Z', absent: null });
    expect(before?.nextAt).toBe(before?.until);
    expect(before?.localTime).toMatch(/^2099-07-01T07:0\d:\d\d\+06:00$/);
    await instance.forward(4 * hour);
    expect(await now(by(policy))).toMatchObject([
      { status: 'on', since: '2099-07-01T03:00:00.000Z', until: '2099-07-01T11:00:00.000Z', nextAt: null },
      { status: 'unknown' },
    ]);
    const secretariat = await instance.officer('secretariat@network.example');
    expect((await now(secretariat, '?party=XB')).map(({ level }) => level)).toEqual([
      ...['technical', 'technical', 'diplomatic', 'policy'],
    ]);
  });

  it('is kept by the body it belongs to and by administrators, and by nobody else', async () => {
    const at = path('XB technical 2');
    const statuses: number[] = [];
    for (const who of [policy, foreign, officer, administrator])
      statuses.push(
        (await by(who).put(at, { aroundTheClock: true, version: statuses.includes(200) ? 2 : 1 })).status,
      );
    expect(statuses).toEqual([403, 403, 200, 200]);
    const observer = await instance.officer('observer@xc.example');
    for (const what of ['absences', 'shifts'])
      for (const who of [policy, foreign, observer]) {
        const body = { name: 'N', from: '2099-07-02T00:00:00Z', until: '2099-07-03T00:00:00Z' };
        const { name, from, until } = body;
        const input = what === 'shifts' ? { name } : { from, until };
        expect((await by(who).post(path('XB technical 2', what), input)).status).toBe(403);
      }
    expect((await by(officer).put(at, { version: 1 })).status).toBe(409);
    const acts = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about = $1`,
      [point('XB technical 2')],
    );
    expect(acts).toEqual([{ act: 'duty-changed' }, { act: 'duty-changed' }]);
  });

  it('names what does not fit, field by field', async () => {
    const nine = { days: [1], from: '09:00', to: '17:00' };
    const faults: [object, string[]][] = [
      [{ zone: 'Europe/Atlantis' }, ['#/zone']],
      [{ weekly: [nine, { ...nine, from: '16:00' }] }, ['#/weekly/1']],
      [
        { weekly: [{ days: [8], from: '9:00', to: '24:01' }] },
        ['#/weekly/0/days/0', '#/weekly/0/from', '#/weekly/0/to'],
      ],
      [{ holidays: { country: 'XB' } }, ['#/holidays/country']],
      [{ ownHolidays: [{ on: '2099-02-30', name: 'N' }] }, ['#/ownHolidays/0/on']],
      [{ version: undefined }, ['#/version']],
    ];
    for (const [changes, pointers] of faults)
      expect(told(await by(duty).put(path('XB technical 1'), { version: 2, ...changes }))).toEqual(pointers);
    const windows: [string, string][] = [
      ['from=2099-07-01T00:00:00Z&until=2099-09-02T00:00:00Z', 'until'],
      ['from=2099-07-02T00:00:00Z&until=2099-07-01T00:00:00Z', 'until'],
      ['from=1999-07-02T00:00:00Z', 'from'],
      ['from=yesterday', 'from'],
    ];
    for (const [query, parameter] of windows)
      expect(told(await by(foreign).get(`${path('XB technical 1')}?${query}`))).toEqual([parameter]);
    expect((await by(foreign).get(`/points-of-contact/${newId()}/duty`)).status).toBe(404);
  });

  it('gives way to holidays, by name', async () => {
    const ownHolidays = [{ on: '2099-07-02', name: 'Day of the Tulip' }];
    const holidays = { country: 'FR' };
    const put = await by(duty).put(path('XB technical 1'), { ...office, holidays, ownHolidays, version: 2 });
    expect(put.status).toBe(200);
    const { items } = await plan(
      foreign,
      'XB technical 1',
      '?from=2099-07-01T00:00:00Z&until=2099-07-15T00:00:00Z',
    );
    expect(items.filter(({ onDuty }) => !onDuty).map(({ from, holiday }) => [from, holiday])).toEqual([
      ['2099-07-02T03:00:00.000Z', 'Day of the Tulip'],
      ['2099-07-14T03:00:00.000Z', 'Fête Nationale de la France'],
    ]);
    expect(items.filter(({ because }) => because === 'weekly-hours')).toHaveLength(8);
  });

  it('gives way to an absence: others learn who stands in, and the party why', async () => {
    const absence = {
      ...{ from: '2099-07-01T04:00:00Z', until: '2099-07-03T00:00:00Z', reason: secret },
      substitute: point('XB technical 2'),
    };
    const at = path('XB technical 1', 'absences');
    const faults: [object, string][] = [
      [{ until: '2099-07-01T04:00:00Z' }, '#/until'],
      [{ from: '2099-06-01T00:00:00Z', until: '2099-06-02T00:00:00Z' }, '#/until'],
      [{ substitute: point('XA technical 1') }, '#/substitute'],
      [{ substitute: point('XB technical 1') }, '#/substitute'],
      [{ substitute: newId() }, '#/substitute'],
    ];
    for (const [changes, pointer] of faults)
      expect(told(await by(duty).post(at, { ...absence, ...changes }))).toEqual([pointer]);
    const made = await by(duty).post(at, absence, 'absence-once');
    const again = await by(duty).post(at, absence, 'absence-once');
    expect([made.status, again.body]).toEqual([201, made.body]);
    expect((await now())[0]).toMatchObject({
      ...{ status: 'off', since: '2099-07-01T04:00:00.000Z', nextAt: '2099-07-03T03:00:00.000Z' },
      standsIn: { pointOfContact: point('XB technical 2'), status: 'on' },
    });
    // Who stands in is absent too: whoever stands in for that one does, and nobody where the two stand in for one another.
    const away = { ...absence, substitute: point('XB diplomatic 1') };
    const behind = path('XB technical 2', 'absences');
    const { body: second } = await by(duty).post(behind, away);
    expect((await now())[0]).toMatchObject({ standsIn: { pointOfContact: point('XB diplomatic 1') } });
    await by(duty).delete(`${behind}/${(second as { id: string }).id}`);
    const { body: round } = await by(duty).post(behind, { ...away, substitute: point('XB technical 1') });
    expect((await now())[0]).toMatchObject({ standsIn: null });
    await by(duty).delete(`${behind}/${(round as { id: string }).id}`);
    const [ours, theirs] = [await plan(policy, 'XB technical 1'), await plan(foreign, 'XB technical 1')];
    expect([ours.own?.absences.map(({ reason }) => reason), theirs.own]).toEqual([[secret], null]);
    expect([theirs.items[0]?.because, theirs.items[0]?.substitute]).toEqual([
      'absence',
      point('XB technical 2'),
    ]);
    const { id } = made.body as { id: string };
    for (const [who, status] of [
      [policy, 403],
      [foreign, 403],
      [duty, 204],
      [duty, 404],
    ] as const)
      expect((await by(who).delete(`${at}/${id}`)).status).toBe(status);
    expect((await now())[0]).toMatchObject({ status: 'on', absent: null, standsIn: null });
  });

  it('is handed over with a note that the party alone reads, to one at a time', async () => {
    const at = path('XB technical 1', 'shifts');
    const id = account('XB cert officer');
    const stranger = account('XA cert officer');
    for (const input of [{}, { account: id, name: 'N. Duty' }, { account: stranger }, { account: newId() }])
      expect(told(await by(duty).post(at, input))).toEqual(['#/account']);
    expect(told(await by(duty).post(at, { name: 'N', until: '2099-07-01T00:00:00Z' }))).toEqual(['#/until']);
    const first = await by(duty).post(at, { name: 'Camellia', until: '2099-07-01T11:00:00Z' });
    expect([first.status, first.body]).toMatchObject([201, { name: 'Camellia', account: null, note: null }]);
    await instance.forward(hour);
    const second = await by(duty).post(at, { account: id, note: secret });
    expect(second.body).toMatchObject({ account: id, name: 'Officer of CERT XB', note: secret, until: null });
    const rows = await instance.database.rows<{ current: boolean; same: boolean }>(
      `SELECT s.handed_over_at IS NULL AS current, s.handed_over_at = n.starts_at AS same
       FROM shifts s LEFT JOIN shifts n ON n.handed_over_at IS NULL AND n.id <> s.id ORDER BY s.starts_at`,
    );
    expect(rows).toEqual([
      { current: false, same: true },
      { current: true, same: null },
    ]);
    expect((await plan(policy, 'XB technical 1')).own?.shift).toEqual(second.body);
    const seen = JSON.stringify([await plan(foreign, 'XB technical 1'), await now()]);
    expect(seen).not.toMatch(/Gladiolus|Camellia|Officer of/);
    const both = await Promise.all(['A', 'B'].map((name) => by(duty).post(at, { name })));
    expect(both.map(({ status }) => status).filter((status) => ![201, 409].includes(status))).toEqual([]);
    const [left] = await instance.database.rows<{ current: number }>(
      'SELECT count(*)::int AS current FROM shifts WHERE handed_over_at IS NULL',
    );
    expect(left?.current).toBe(1);
  });

  describe('the walls in the database', () => {
    let callers: Awaited<ReturnType<typeof sqlCallers>>;
    let api: SqlCaller;
    const identities: Record<string, SqlIdentity> = {};
    const ids = new Map<string, string>();

    beforeAll(async () => {
      callers = await sqlCallers(instance.database);
      api = callers.api;
      const names = {
        ...{ 'duty@xb': 'XB cert duty-officer', 'policy@xb': 'XB agency officer' },
        ...{ 'administrator@xb': 'XB agency party-administrator' },
        ...{ 'officer@xa': 'XA cert officer', 'observer@xc': 'XC cert observer' },
      };
      for (const [name, of] of Object.entries(names)) {
        ids.set(name, account(of));
        const { party = '', body = '' } = accounts.find((one) => one.of === of) ?? {};
        const isAdministrator = name === 'administrator@xb';
        identities[name] = {
          actor: account(of),
          party,
          body: isAdministrator ? '' : body,
          purpose: 'keep-duty',
        };
      }
      await by(duty).post(path('XB technical 1', 'absences'), {
        ...{ from: '2099-07-01T04:00:00Z', until: '2099-07-03T00:00:00Z', reason: secret },
      });
    });
    afterAll(async () => {
      for (const caller of Object.values(callers)) await caller.end();
    });

    const each = async (sql: string, values: unknown[] = []) => {
      const found: (number | string)[] = [];
      for (const who of ids.keys()) found.push(await api.outcome(sql, identities[who], values));
      return found;
    };

    it('show rows to the party alone, and the network when and who stands in', async () => {
      expect(await each('SELECT FROM absences')).toEqual([1, 1, 1, 0, 0]);
      expect((await each('SELECT FROM shifts')).map((rows) => Number(rows) > 0)).toEqual([
        ...[true, true, true, false, false],
      ]);
      const columns = `SELECT * FROM app.absences('-infinity', 'infinity')`;
      expect(await each(columns)).toEqual([1, 1, 1, 1, 1]);
      const [row] = await api.sees(columns, identities['officer@xa']);
      expect(Object.keys(row ?? {})).toEqual([
        ...['id', 'point_of_contact_id', 'starts_at', 'ends_at', 'substitute_id'],
      ]);
      for (const sql of ['SELECT FROM absences', 'SELECT FROM shifts', columns])
        expect(await api.outcome(sql, {})).toBe(0);
      expect(await callers.worker.outcome(columns, { actor: 'worker', purpose: 'sweep' })).toBe(1);
      expect(await callers.worker.outcome('SELECT FROM shifts', { actor: 'worker', purpose: 'sweep' })).toBe(
        refused,
      );
    });

    it('let nobody else change hours, absences or shifts, nor anything else of an entry with them', async () => {
      const at = point('XB technical 1');
      const change = `SELECT app.change_duty($1, '{}', 'Etc/UTC', 3) AS version`;
      for (const who of ids.keys()) {
        const { rows } = await api.tries<{ version: number | null }>(change, identities[who], [at]);
        const may = ['duty@xb', 'administrator@xb'].includes(who);
        expect([who, rows[0]?.version]).toEqual([who, may ? 4 : null]);
      }
      const others = `UPDATE points_of_contact SET note = NULL, duty = '{}' WHERE id = $1`;
      expect(await each(others, [at])).toEqual([0, 0, 1, 0, 0]);
      expect(await each('DELETE FROM absences')).toEqual([1, 0, 1, 0, 0]);
      expect(await each('UPDATE shifts SET handed_over_at = app.now()')).toEqual([1, 0, 1, 0, 0]);
      expect(await each('UPDATE shifts SET note = NULL')).toEqual([
        refused,
        refused,
        refused,
        refused,
        refused,
      ]);
    });

    it('take rows of its own party alone, in the name of whoever writes them', async () => {
      const row = {
        ...{ id: newId(), point_of_contact_id: point('XB technical 1'), party_code: 'XB', traffic: 'actual' },
        ...{
          starts_at: '2099-07-04',
          ends_at: '2099-07-05',
          told_by: ids.get('duty@xb'),
          told_at: '2099-07-01',
        },
      };
      const adds = (changes: object, who = 'duty@xb') =>
        api.adds('absences', { ...row, ...changes }, identities[who] ?? {});
      expect(await adds({})).toBe(1);
      for (const changes of [
        { told_by: ids.get('policy@xb') },
        { party_code: 'XA' },
        { point_of_contact_id: point('XA technical 1') },
        { point_of_contact_id: point('XB policy 1') },
        { substitute_id: point('XA technical 1') },
      ])
        expect([changes, await adds(changes)]).toEqual([changes, refused]);
      expect(await adds({ told_by: ids.get('officer@xa') }, 'officer@xa')).toBe(refused);
    });
  });
});

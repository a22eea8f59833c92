import { randomUUID } from 'node:crypto';
import type { EntryView, NetworkView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { Networkers, pointersIn, sixNames, type Items } from '../harness/networkers.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { fiveFields, Officer } from '../harness/officer.js';
import { addByTwo } from '../harness/vouching.js';
import { refused, type Walled } from '../harness/walled.js';

const day = 86_400_000;

describe('networks', () => {
  let networkers: Networkers;
  let walled: Walled;
  let instance: Instance;
  let secretariat: Officer;
  let administrator: Officer;
  let [xa, xb, xc] = [] as unknown as [Officer, Officer, Officer];
  let sample: string;
  let regional: string;
  let entry: string;

  const network = async (id: string) => networkers.network(id);
  const change = async (id: string, changes: object) => networkers.change(id, changes);
  const member = async (id: string, party: string, dates: object = {}) => networkers.member(id, party, dates);
  const leaves = async (id: string, party: string) => member(id, party, { leftAt: await networkers.now() });
  const seen = async (by: Officer) => (await by.get(`/points-of-contact/${entry}`)).body as EntryView;

  beforeAll(async () => {
    networkers = await Networkers.start();
    ({ walled, secretariat, administrator, xa, xb, xc, sample, entry } = networkers);
    ({ instance } = walled);
    // Everything that can be hidden is there.
    const { body, position, roleNames, zone, version } = await seen(administrator);
    await administrator.put(`/points-of-contact/${entry}`, {
      ...{ body: body.id, position, roleNames, zone, version, languages: ['en', 'fr'] },
      ...{ person: { name: 'A. Duty' }, note: { text: 'Knock.', language: 'en' } },
      ...{ expectedRoles: ['receive-requests'], coordination: ['ministries'], readiness: { ready: true } },
    });
    const alarm = { kind: 'emergency-telephone', address: '+41446681800' };
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    const second = await Officer.signIn(instance.url, email, chosenPassword);
    const { id } = await addByTwo(administrator, second, entry, alarm);
    await instance.database.rows(
      `UPDATE channels SET state = 'proven', proven_at = app.now() WHERE id = '${id}'`,
    );
    const { version: next } = (await administrator.get(`/points-of-contact/${entry}/duty`)).body as {
      version: number;
    };
    const hours = { aroundTheClock: true, version: next };
    expect((await administrator.put(`/points-of-contact/${entry}/duty`, hours)).status).toBe(200);
  });
  afterAll(() => networkers.stop());

  it('are added and changed by who keeps them alone, each in six languages, and one version at a time', async () => {
    const input = { code: 'regional', names: sixNames, levelsRequired: ['technical', 'policy'] };
    for (const other of [administrator, xa, await instance.officer('auditor@network.example')])
      expect((await other.post('/networks', input)).status).toBe(403);
    const added = await secretariat.post('/networks', input);
    expect([added.status, added.body]).toMatchObject([
      201,
      { memberCount: 0, memberSince: null, version: 1 },
    ]);
    const view = added.body as NetworkView;
    regional = view.id;
    expect(view.rules).toEqual({
      ...{ confirmationDays: 90, hardConfirmationDays: 365, callTasksTo: 'members' },
    });
    expect(pointersIn(await secretariat.post('/networks', input))).toEqual(['#/code']);
    const faults = {
      ...{ code: 'Two', names: { en: 'Two' }, levelsRequired: ['technical', 'technical'] },
      ...{ visibility: { mail: 'shown', capabilities: ['policy'] }, rules: { confirmationDays: 1 } },
    };
    const bad = await secretariat.post('/networks', faults);
    expect([bad.status, new Set(pointersIn(bad).map((at) => at.split('/')[1]))]).toEqual([
      ...[400, new Set(['code', 'names', 'levelsRequired', 'visibility', 'rules'])],
    ]);
    const again = { names: sixNames, levelsRequired: [], version: 1 };
    expect((await secretariat.put(`/networks/${regional}`, again)).status).toBe(200);
    expect((await secretariat.put(`/networks/${regional}`, again)).status).toBe(409);
    expect((await administrator.put(`/networks/${regional}`, { ...again, version: 2 })).status).toBe(403);
    await change(regional, { levelsRequired: ['technical', 'policy'] });
  });

  it('are read by their members; who does not belong to one learns nothing of it', async () => {
    await member(regional, 'XA');
    await member(regional, 'XB');
    const codes = async (by: Officer) =>
      ((await by.get('/networks')).body as Items<NetworkView>).items.map(({ code }) => code);
    expect(await Promise.all([secretariat, xa, xc].map(codes))).toEqual([
      ...[['regional', 'sample'], ['regional', 'sample'], ['sample']],
    ]);
    for (const path of ['', '/members', '/dashboard', '/role-sheets'])
      expect([path, (await xc.get(`/networks/${regional}${path}`)).status]).toEqual([path, 404]);
    const { body } = await xa.get(`/networks/${regional}/members`);
    expect((body as Items<object>).items).toMatchObject([
      { party: 'XA', leftAt: null, isMember: true },
      { party: 'XB', isMember: true },
    ]);
    const bad = { leftAt: '2001-01-01T00:00:00Z', joinedAt: '2002-01-01T00:00:00Z' };
    const { version } = await network(regional);
    const path = `/networks/${regional}/members`;
    expect(pointersIn(await secretariat.put(`${path}/XB`, { ...bad, version }))).toEqual(['#/leftAt']);
    expect((await secretariat.put(`${path}/XB`, { version: 1 })).status).toBe(409);
    expect((await secretariat.put(`${path}/ZZ`, { version })).status).toBe(404);
    expect((await xa.put(`${path}/XC`, { version })).status).toBe(403);
  });

  it('are behind walls: a party reads its own networks and who is in them, and changes nothing', async () => {
    const count = async (table: string, party: string) =>
      (await walled.api.sees(`SELECT FROM ${table}`, walled.of(party, 'cert'))).length;
    expect([await count('networks', 'XA'), await count('networks', 'XC')]).toEqual([2, 1]);
    expect((await count('memberships', 'XA')) - (await count('memberships', 'XC'))).toBe(2);
    const own = walled.of('XB', 'cert');
    expect(await walled.api.outcome(`UPDATE networks SET visibility = '{}'`, own)).toBe(0);
    expect(await walled.api.outcome(`UPDATE memberships SET left_at = NULL`, own)).toBe(0);
    const row = { id: randomUUID(), code: 'own', names: {}, levels_required: [], visibility: {}, rules: {} };
    expect(await walled.api.adds('networks', { ...row, version: 1 }, own)).toBe(refused);
    const joins = { network_id: regional, party_code: 'XC', joined_at: '2026-01-01' };
    expect(await walled.api.adds('memberships', joins, walled.of('XC', 'cert'))).toBe(refused);
  });

  describe('show fields of entries', () => {
    const everything = {
      ...{ person: { name: 'A. Duty' }, note: { text: 'Knock.' }, languages: ['en', 'fr'] },
      ...{ expectedRoles: ['receive-requests'], coordination: ['ministries'] },
    };
    const nothing = { person: null, note: null, languages: [], expectedRoles: [], coordination: [] };
    const hidden = {
      ...{ person: 'hidden', note: ['technical'], duty: 'hidden', languages: 'hidden' },
      ...{ 'expected-roles': 'hidden', coordination: 'hidden', 'emergency-telephone': ['technical'] },
    };
    const kinds = ({ channels }: Pick<EntryView, 'channels'>) => channels.map(({ kind }) => kind);
    const listed = async (by: Officer) =>
      ((await by.get('/points-of-contact?party=XB&level=technical')).body as Items<EntryView>).items[0];
    const onDuty = async (by: Officer) =>
      ((await by.get('/duty?party=XB&level=technical')).body as Items<{ status: string }>).items[0]?.status;
    const plan = async (by: Officer) =>
      (await by.get(`/points-of-contact/${entry}/duty`)).body as { hours: object; items: object[] };

    it('to all members where they hide none, but never how a party sees its own readiness', async () => {
      expect(await seen(xc)).toMatchObject({ ...everything, readiness: {} });
      expect((await seen(xb)).readiness).toEqual({ ready: true });
      expect(kinds(await seen(xc))).toEqual(['mail', 'emergency-telephone']);
      expect(await onDuty(xc)).toBe('on');
    });

    it('on no route where the one network that is shared hides them', async () => {
      await change(sample, { visibility: hidden });
      expect(await seen(xc)).toMatchObject({ ...nothing, readiness: {} });
      expect(kinds(await seen(xc))).toEqual(['mail']);
      const item = await listed(xc);
      expect([item?.languages, item && kinds(item)]).toEqual([[], ['mail']]);
      expect([await onDuty(xc), (await plan(xc)).hours]).toEqual(['unknown', {}]);
      expect((await plan(xc)).items.some((each) => 'onDuty' in each && each.onDuty)).toBe(false);
    });

    it('of a level that hides nothing', async () => {
      await change(sample, { visibility: { ...hidden, languages: ['policy'] } });
      expect((await seen(xc)).languages).toEqual(['en', 'fr']);
      await change(sample, { visibility: hidden });
    });

    it('through any other network that is shared, to the own party and to the staff', async () => {
      for (const reader of [xa, xb, secretariat]) {
        expect(await seen(reader)).toMatchObject(everything);
        const item = await listed(reader);
        expect(item && kinds(item)).toEqual(['mail', 'emergency-telephone']);
        expect([await onDuty(reader), (await plan(reader)).hours]).toMatchObject([
          'on',
          { aroundTheClock: true },
        ]);
      }
    });

    it('and hide none from the notices that are sent', async () => {
      await change(sample, { visibility: { ...hidden, mail: 'hidden' } });
      expect(kinds(await seen(xc))).toEqual([]);
      const { id } = await xc.files({ from: 'XC', to: ['XB'] });
      const told = await instance.database.rows(
        `SELECT 1 FROM notices WHERE request_id = $1 AND party_code = 'XB'`,
        [id],
      );
      expect(told.length).toBeGreaterThan(0);
      await change(sample, { visibility: hidden });
    });
  });

  it('that are shared no more close the directory, and do not cut off what has begun', async () => {
    const begun = await xc.files({ from: 'XC', to: ['XB'] });
    const bodies = walled.bodies['XB cert'] ?? '';
    expect((await xc.get(`/bodies/${bodies}`)).status).toBe(200);
    await leaves(sample, 'XB');
    expect((await xc.get(`/points-of-contact/${entry}`)).status).toBe(404);
    for (const path of ['/points-of-contact?party=XB', '/duty?party=XB'])
      expect([path, (await xc.get(path)).body]).toEqual([path, { items: [] }]);
    expect((await xc.get(`/points-of-contact/${entry}/duty`)).status).toBe(404);
    expect((await xc.get(`/points-of-contact/${entry}/readiness`)).status).toBe(404);
    // Another body of the same State has no request with it, and the walls open nothing.
    const another = walled.of('XC', 'agency');
    for (const table of ['points_of_contact', 'channels', 'bodies'])
      expect(await walled.api.sees(`SELECT FROM ${table} WHERE party_code = 'XB'`, another)).toEqual([]);
    expect(
      (await walled.api.sees(`SELECT FROM points_of_contact WHERE party_code = 'XA'`, another)).length,
    ).toBeGreaterThan(0);
    const message = { act: 'message', text: { text: 'One more thing.', language: 'en' } };
    const before = await told(begun.id);
    expect((await xc.acts(begun.id, message)).status).toBe(200);
    expect(await told(begun.id)).toBeGreaterThan(before);
    expect((await seen(xa)).id).toBe(entry);
    expect((await seen(xb)).id).toBe(entry);
    expect((await xa.files({ to: ['XB'] })).id).toEqual(expect.any(String));
    const refusal = await xc.post('/requests', { ...fiveFields, from: 'XC', to: ['XB'] });
    expect([refusal.status, pointersIn(refusal)]).toEqual([400, ['#/to/0']]);
  });
  const told = async (request: string) =>
    (
      await instance.database.rows(
        `SELECT 1 FROM notices WHERE request_id = $1 AND party_code = 'XB' AND addressee_id IS NOT NULL`,
        [request],
      )
    ).length;

  it('begin and end for a party on the day that was named', async () => {
    const at = async (days: number) =>
      new Date(Date.parse(await networkers.now()) + days * day).toISOString();
    await member(sample, 'XB', { joinedAt: await at(2), leftAt: await at(4) });
    const status = async () => (await xc.get(`/points-of-contact/${entry}`)).status;
    const statuses = [await status()];
    for (let step = 0; step < 2; step++) {
      await instance.forward(2 * day + 60_000);
      await networkers.signIn();
      ({ secretariat, administrator, xa, xb, xc } = networkers);
      statuses.push(await status());
    }
    expect(statuses).toEqual([404, 200, 404]);
    await member(sample, 'XB');
    expect(await status()).toBe(200);
  });

  describe('have a dashboard', () => {
    interface Dashboard {
      aggregate: {
        members: number;
        coverage: { level: string; required: boolean; present: number; missing: number }[];
        entries: { total: number; confirmed: number; stale: number; hardConfirmationOverdue: number };
        channels: { kind: string; total: number; proven: number; answeredWithin90Days: number }[];
      } | null;
      lines: { party: string; present: string[]; missing: string[] }[];
    }
    const read = async (by: Officer, id: string) =>
      (await by.get(`/networks/${id}/dashboard`)).body as Dashboard;

    it('with sums for all, lines of all for who keeps networks, and its own for a State', async () => {
      const whole = await read(secretariat, sample);
      expect(whole.lines.length).toBe(whole.aggregate?.members);
      expect(whole.lines.map(({ party }) => party)).toEqual(whole.lines.map(({ party }) => party).sort());
      const state = await read(xc, sample);
      expect([state.aggregate, state.lines]).toEqual([
        whole.aggregate,
        whole.lines.filter(({ party }) => party === 'XC'),
      ]);
      const { lines } = await read(await instance.officer('auditor@network.example'), sample);
      expect(lines).toEqual([]);
      expect(JSON.stringify(whole)).not.toMatch(/score|rank|percent/i);
    });

    it('that counts levels, confirmations and answers as they are', async () => {
      await change(regional, { levelsRequired: ['technical', 'law-enforcement-liaison'] });
      await instance.database.rows(
        `UPDATE points_of_contact SET confirmed_at = app.now() - interval '91 days', created_at = app.now() - interval '366 days',
           verified_at = app.now() - interval '366 days', confirmed_hard_at = NULL WHERE id = '${entry}'`,
      );
      await instance.database.rows(
        `UPDATE channels SET answered_at = app.now() - interval '100 days', answered_how = 'call'
         WHERE point_of_contact_id = '${entry}' AND kind = 'emergency-telephone'`,
      );
      const { aggregate, lines } = await read(secretariat, regional);
      expect(lines).toEqual(
        ['XA', 'XB'].map((party) => ({
          ...{ party, missing: ['law-enforcement-liaison'] },
          present: expect.arrayContaining(['technical', 'policy']) as string[],
        })),
      );
      expect(aggregate?.coverage).toContainEqual({
        ...{ level: 'law-enforcement-liaison', required: true, present: 0, missing: 2 },
      });
      expect(aggregate?.entries).toMatchObject({ stale: 1, hardConfirmationOverdue: 1 });
      expect(aggregate?.entries.total).toBe((aggregate?.entries.confirmed ?? 0) + 1);
      expect(aggregate?.channels).toContainEqual({
        ...{ kind: 'emergency-telephone', total: 1, proven: 1, suspect: 0, unproven: 0 },
        ...{ answeredWithin90Days: 0, answeredWithin180Days: 1 },
      });
      const few = await read(xa, regional);
      expect([few.aggregate, few.lines.map(({ party }) => party)]).toEqual([null, ['XA']]);
    });

    it('and no level as held, nor a way to be reached, by channels that are past their last day', async () => {
      const line = async () =>
        (await read(secretariat, regional)).lines.find(({ party }) => party === 'XB')?.present;
      const mailboxes = async () =>
        (await read(secretariat, regional)).aggregate?.channels.find(({ kind }) => kind === 'mail');
      const lastUntil = (date: string) =>
        instance.database.rows(
          `UPDATE channels c SET expires_on = ${date} FROM points_of_contact p
           WHERE p.id = c.point_of_contact_id AND p.party_code = 'XB' AND p.level = 'policy' RETURNING c.id`,
        );
      const [before, held] = [await mailboxes(), await line()];
      expect(held).toContain('policy');
      const { length } = await lastUntil(`(app.now() AT TIME ZONE 'UTC')::date - 1`);
      expect(length).toBeGreaterThan(0);
      const fewer = { total: (before?.total ?? 0) - length, proven: (before?.proven ?? 0) - length };
      expect([await line(), await mailboxes()]).toMatchObject([
        held?.filter((level) => level !== 'policy'),
        fewer,
      ]);
      await lastUntil('NULL');
      expect([await line(), await mailboxes()]).toEqual([held, before]);
    });

    it('and that goes by the strictest network of each party, as confirmations do', async () => {
      await instance.database.rows(
        `UPDATE points_of_contact SET confirmed_at = app.now() - interval '40 days', confirmed_hard_at = app.now() WHERE id = '${entry}'`,
      );
      await instance.database.rows(
        `UPDATE points_of_contact SET confirmed_hard_at = app.now() - interval '40 days' WHERE id = '${entry}'`,
      );
      const due = async () => {
        const { items } = (await administrator.get('/confirmations')).body as Items<{
          pointOfContact: string;
          due: string;
          dueAt: string;
          goThroughBy: string;
        }>;
        const found = items.find((one) => one.pointOfContact === entry);
        const days = (until = '') => Math.round((Date.parse(until) - Date.parse(at)) / day);
        const at = await networkers.now();
        return [found?.due, days(found?.dueAt), days(found?.goThroughBy)];
      };
      const stale = async (id: string) => (await read(secretariat, id)).aggregate?.entries.stale;
      expect([await due(), await stale(regional)]).toEqual([['no', 50, 325], 0]);
      await change(regional, { rules: { confirmationDays: 30, hardConfirmationDays: 100 } });
      expect([await due(), await stale(regional), await stale(sample)]).toEqual([['confirm', -10, 60], 1, 1]);
      // A longer time than elsewhere holds only where no other network is shared.
      await change(regional, { rules: { confirmationDays: 180 } });
      expect(await due()).toEqual(['no', 50, 325]);
      await change(sample, { rules: { confirmationDays: 120 } });
      expect(await due()).toEqual(['no', 80, 325]);
      await change(sample, { rules: {} });
      await change(regional, { rules: {} });
    });
  });
});

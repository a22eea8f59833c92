import { randomUUID } from 'node:crypto';
import type { CapabilityView, NetworkView, ReadinessView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { Networkers, pointersIn, sixNames, type Items } from '../harness/networkers.js';
import type { Officer } from '../harness/officer.js';
import { refused, type Walled } from '../harness/walled.js';

describe('members of networks', () => {
  let networkers: Networkers;
  let walled: Walled;
  let instance: Instance;
  let secretariat: Officer;
  let administrator: Officer;
  let [xa, xb, xc] = [] as unknown as [Officer, Officer, Officer];
  let sample: string;
  let regional: string;
  let entry: string;

  const hide = async (id: string, visibility: object) => networkers.change(id, { visibility });
  const member = async (id: string, party: string, leftAt: string | null = null) =>
    networkers.member(id, party, { leftAt });

  beforeAll(async () => {
    networkers = await Networkers.start();
    ({ walled, secretariat, administrator, xa, xb, xc, sample, entry } = networkers);
    ({ instance } = walled);
    const input = { code: 'regional', names: sixNames, levelsRequired: ['technical'] };
    regional = ((await secretariat.post('/networks', input)).body as NetworkView).id;
    for (const party of ['XA', 'XB']) await member(regional, party);
  });
  afterAll(() => networkers.stop());

  it('read what points of contact are for, in words of their own where the network has them', async () => {
    const path = `/networks/${regional}/role-sheets`;
    const sheets = async () =>
      ((await xa.get(path)).body as Items<{ level: string; version: number; adapted: boolean }>).items;
    expect((await sheets()).map(({ level, version, adapted }) => [level, version, adapted])).toEqual([
      ...[
        ['policy', 0, false],
        ['diplomatic', 0, false],
        ['technical', 0, false],
        ['law-enforcement-liaison', 0, false],
      ],
    ]);
    const lines = (...ids: string[]) => ids.map((id) => ({ id, text: `About ${id}.` }));
    const text = (language: string, ...ids: string[]) => ({
      ...{
        language,
        purpose: 'For it.',
        roles: lines('receive'),
        coordination: [],
        readiness: lines(...ids),
      },
    });
    const put = (by: Officer, body: object) => by.put(`${path}/technical`, body);
    const texts = [text('en', 'keys', 'alternate'), text('es', 'keys', 'alternate')];
    expect((await put(xa, { texts, version: 0 })).status).toBe(403);
    const uneven = await put(secretariat, { texts: [text('en', 'keys'), text('es')], version: 0 });
    expect([uneven.status, pointersIn(uneven)]).toEqual([400, ['#/texts/1/readiness']]);
    expect((await put(secretariat, { texts, version: 1 })).status).toBe(409);
    const adapted = await put(secretariat, { texts, version: 0 });
    expect(adapted.body).toMatchObject({ level: 'technical', version: 1, adapted: true });
    const page = await xa.get(`${path}/technical/document.html?lang=en`);
    expect([page.status, page.text]).toEqual([200, expect.stringContaining('About alternate.')]);
    const other = await xa.get(`${path}/policy/document.html?lang=fr`);
    expect(other.text).toContain('Exigences de préparation');
    const pdf = await xa.get(`${path}/technical/document.pdf`);
    expect([pdf.status, (pdf.body as Buffer).subarray(0, 5).toString()]).toEqual([200, '%PDF-']);
    expect((await xc.get(`${path}/technical/document.pdf`)).status).toBe(404);
  });

  describe('look at their readiness', () => {
    const path = () => `/points-of-contact/${entry}/readiness`;
    const read = async (by: Officer) => (await by.get(path())).body as ReadinessView;
    const own = async () => (await read(xb)).own?.find(({ network: id }) => id === regional);
    const note = { text: 'Secret of the house.', language: 'en' };
    const check = (changes: object = {}) => ({
      ...{ network: regional, version: 0, sheetVersion: 1, checkedOn: '2026-01-02', note },
      ...{ answers: { keys: { answer: 'yes', note }, alternate: { answer: 'not-yet-known' } }, ...changes },
    });

    it('for themselves: what is met and what is open', async () => {
      expect(await own()).toEqual({
        ...{ network: regional, sheetVersion: 1, requirements: ['keys', 'alternate'], last: null },
      });
      const answer = await xb.put(path(), check());
      expect(answer.status).toBe(200);
      expect((await own())?.last).toEqual({
        ...{ version: 1, sheetVersion: 1, checkedOn: '2026-01-02', told: false, note },
        answers: { keys: { answer: 'yes', note }, alternate: { answer: 'not-yet-known' } },
        result: { met: ['keys'], notMet: [], open: ['alternate'] },
      });
    });

    it('and nobody else learns of it but the day, where the party says so', async () => {
      for (const reader of [xa, xc, secretariat])
        expect(await read(reader)).toMatchObject({ toldOn: null, own: null });
      expect((await xb.put(path(), check({ version: 1, told: true }))).status).toBe(200);
      for (const reader of [xa, secretariat])
        expect(await read(reader)).toEqual({
          ...{ pointOfContact: entry, party: 'XB', level: 'technical', toldOn: '2026-01-02', own: null },
        });
      // It was told in a network that this party does not belong to.
      expect((await read(xc)).toldOn).toBeNull();
      const rows = (party: string) =>
        walled.api.outcome('SELECT FROM readiness_checks', walled.of(party, 'cert'));
      expect([await rows('XB'), await rows('XA')]).toEqual([2, 0]);
    });

    it('through those who keep the point of contact, against the sheet as it is', async () => {
      const status = async (by: Officer, changes: object = {}) =>
        (await by.put(path(), check({ version: 2, ...changes }))).status;
      expect(await status(await instance.officer('duty@xb.example'))).toBe(403);
      expect(await status(await instance.officer('policy@xb.example'))).toBe(403);
      expect(await status(xa)).toBe(404);
      expect(await status(secretariat)).toBe(403);
      expect(await status(xb, { version: 1 })).toBe(409);
      expect(await status(xb, { sheetVersion: 0 })).toBe(409);
      const bad = await xb.put(path(), {
        ...check({ version: 2, checkedOn: '2199-01-01', answers: { gone: { answer: 'yes' } } }),
      });
      expect(pointersIn(bad)).toEqual(['#/answers/gone', '#/checkedOn']);
      const elsewhere = await xb.put(path(), check({ network: randomUUID() }));
      expect(pointersIn(elsewhere)).toEqual(['#/network']);
      expect(await status(administrator)).toBe(200);
    });
  });

  describe('have a register of what parties could offer', () => {
    const input = (changes: object = {}) => ({
      ...{ kind: 'forensic-analysis', description: [{ text: 'Two analysts.', language: 'en' }] },
      ...{ languages: ['en', 'fr-CA'], leadHours: 48, place: 'both', cost: 'shared', pointOfContact: entry },
      ...{ audience: { to: 'own' }, ...changes },
    });
    const add = async (changes: object = {}) => {
      const answer = await xb.post('/capabilities', input(changes));
      expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
      return answer.body as CapabilityView;
    };
    const found = async (by: Officer, query = '') =>
      ((await by.get(`/capabilities${query}`)).body as Items<CapabilityView>).items.map(({ id }) => id);
    let toNetwork: CapabilityView;
    let toParties: CapabilityView;
    let toNobody: CapabilityView;

    it('that is shown to whom it says, and not to the staff', async () => {
      toNetwork = await add({ audience: { to: 'networks', networks: [regional] } });
      toParties = await add({ audience: { to: 'parties', parties: ['XC'] }, leadHours: 4, kind: 'training' });
      toNobody = await add();
      expect(await found(xb)).toEqual([toParties.id, ...[toNetwork.id, toNobody.id].sort()]);
      expect(await Promise.all([xa, xc, secretariat].map((by) => found(by)))).toEqual([
        ...[[toNetwork.id], [toParties.id], []],
      ]);
      expect((await xa.get(`/capabilities/${toParties.id}`)).status).toBe(404);
      const ids = async (party: string) =>
        (await walled.api.sees<{ id: string }>('SELECT id FROM capabilities', walled.of(party, 'cert'))).map(
          ({ id }) => id,
        );
      expect([await ids('XA'), await ids('XC')]).toEqual([[toNetwork.id], [toParties.id]]);
      const staff = { actor: randomUUID(), purpose: 'network' };
      expect(await walled.api.sees('SELECT id FROM capabilities', staff)).toEqual([]);
    });

    it('without commitment, whoever reads it, and without a word of who else does', async () => {
      const { body } = await xc.get(`/capabilities/${toParties.id}`);
      const { fixedSentences, audience, allowedActs } = body as CapabilityView;
      expect([audience, allowedActs]).toEqual([null, []]);
      expect(fixedSentences).toMatchObject([{ id: 'fs.capability.no-commitment', version: 1 }]);
      const list = (await xc.get('/capabilities')).body as { fixedSentences: object[]; kinds: object[] };
      expect(list.fixedSentences).toEqual(fixedSentences);
      expect(list.kinds).toContainEqual({
        kind: 'training',
        names: { en: 'Training', fr: 'Formation' },
      });
    });

    it('that is found by kind, language and lead time', async () => {
      expect(await found(xb, '?kind=training')).toEqual([toParties.id]);
      expect(await found(xb, '?within=4')).toEqual([toParties.id]);
      expect((await found(xb, '?language=FR')).length).toBe(3);
      expect(await found(xb, '?language=de')).toEqual([]);
      expect(await found(xc, '?party=XA')).toEqual([]);
      expect((await xb.get('/capabilities?within=soon')).status).toBe(400);
    });

    it('that is read behind one that is named, and has an end', async () => {
      const all = await found(xb);
      expect(await found(xb, `?after=${all[0]}`)).toEqual(all.slice(1));
      expect(await found(xb, `?after=${randomUUID()}`)).toEqual([]);
      // Copies cannot be opened, for their content is sealed to its own row: they count, and are taken away again.
      await instance.database.rows(
        `INSERT INTO capabilities SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid()))).*
         FROM capabilities c, generate_series(1, 197) WHERE c.id = '${toNobody.id}'`,
      );
      expect((await xb.post('/capabilities', input())).status).toBe(409);
      const kept = [toNetwork, toParties, toNobody].map(({ id }) => `'${id}'`).join();
      await instance.database.rows(`DELETE FROM capabilities WHERE id NOT IN (${kept})`);
      expect(await found(xb)).toEqual(all);
    });

    it('that networks may hide, each from those who share no other one', async () => {
      await hide(regional, { capabilities: 'hidden' });
      await hide(sample, { capabilities: 'hidden' });
      expect([await found(xa), await found(xc)]).toEqual([[], []]);
      await hide(sample, {});
      expect([await found(xa), await found(xc)]).toEqual([[toNetwork.id], [toParties.id]]);
    });

    it('that officers and administrators of its party keep, and nobody else', async () => {
      const path = `/capabilities/${toNetwork.id}`;
      const changed = { ...input({ audience: { to: 'networks', networks: [regional] } }), version: 1 };
      for (const email of ['duty@xb.example', 'secretariat@network.example'])
        expect((await (await instance.officer(email)).put(path, changed)).status).toBe(403);
      expect((await xa.put(path, changed)).status).toBe(404);
      expect((await xb.put(path, { ...changed, version: 2 })).status).toBe(409);
      const soon = await administrator.put(path, { ...changed, leadHours: 1 });
      expect(soon.body).toMatchObject({ leadHours: 1, version: 2 });
      const faults = [
        await xb.post('/capabilities', input({ pointOfContact: randomUUID() })),
        await xb.post('/capabilities', input({ audience: { to: 'networks', networks: [randomUUID()] } })),
        await xb.post('/capabilities', input({ audience: { to: 'parties', parties: ['XA', 'XB', 'ZZ'] } })),
        await xb.post('/capabilities', input({ leadHours: -1 })),
      ];
      expect(faults.map(pointersIn)).toEqual([
        ...[['#/pointOfContact'], ['#/audience/networks/0']],
        ...[['#/audience/parties/1', '#/audience/parties/2'], ['#/leadHours']],
      ]);
      const row = await walled.rowOf('capabilities', `id = '${toNetwork.id}'`);
      const posing = { ...row, id: randomUUID() };
      expect(await walled.api.adds('capabilities', posing, walled.of('XA', 'cert'))).toBe(refused);
      const touch = `UPDATE capabilities SET lead_hours = 0 WHERE id = '${toNetwork.id}'`;
      expect(await walled.api.outcome(touch, walled.of('XA', 'cert'))).toBe(0);
      expect(await walled.api.outcome('DELETE FROM capabilities', walled.of('XB', 'cert'))).toBe(refused);
    });

    it('that ends, is over after its last day, and is gone with the network that it was shown to', async () => {
      const end = (version: number) => xb.post(`/capabilities/${toParties.id}/acts`, { act: 'end', version });
      expect((await end(2)).status).toBe(409);
      expect((await end(1)).body).toMatchObject({ endedAt: expect.any(String) as string, allowedActs: [] });
      expect((await end(2)).status).toBe(409);
      expect([await found(xc), (await found(xb)).includes(toParties.id)]).toEqual([[], true]);
      const over = await add({
        audience: { to: 'networks', networks: [regional] },
        validUntil: (await networkers.now()).slice(0, 10),
      });
      expect(await found(xa)).toContain(over.id);
      await instance.database.rows(
        `UPDATE capabilities SET valid_until = valid_until - 1 WHERE id = '${over.id}'`,
      );
      expect([await found(xa), (await found(xb)).includes(over.id)]).toEqual([[toNetwork.id], true]);
      await member(regional, 'XB', await networkers.now());
      expect(await found(xa)).toEqual([]);
    });
  });
});

import { createHash } from 'node:crypto';
import type { BodyView, NoteView } from '#libs/directory';
import type { PartyView } from '#libs/parties';
import { Keepers } from '../harness/keepers.js';
import type { Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';
import { callBack, noteVerbale, verify } from '../harness/vouching.js';
import { refused, type Walled } from '../harness/walled.js';

describe('what an entry stands on', () => {
  let keepers: Keepers;
  let walled: Walled;
  let first: Officer;
  let second: Officer;
  let foreign: Officer;
  let [secretariat, officer, duty]: Officer[] = [];
  let cert: string;

  beforeAll(async () => {
    keepers = await Keepers.start();
    ({ walled, first, second, foreign } = keepers);
    ({ secretariat, officer, duty } = keepers.others);
    cert = walled.bodies['XB cert'] ?? '';
  });
  afterAll(() => keepers.stop());

  const nominated = async (changes: object = {}) => keepers.nominated(changes);
  const seen = async (id: string, by = first) => keepers.seen(id, by);

  it('is a note verbale and a call back, which are read by those whom they concern', async () => {
    const id = await nominated({ level: 'diplomatic' });
    const path = `/points-of-contact/${id}/notes-verbales`;
    const at = async (call?: object) =>
      second.post(`/points-of-contact/${id}/acts`, {
        ...{ act: 'verify', version: (await seen(id)).version },
        ...(call ? { callBack: call } : {}),
      });
    expect([(await at(callBack('2026-01-01T00:00:00Z')))?.status, (await at())?.status]).toEqual([409, 409]);
    for (const [changes, where] of [
      [{ file: null }, ['#/file']],
      [{ purpose: 'removal', file: null }, ['#/file']],
      [{ purpose: 'removal', file: undefined }, ['#/file']],
      [{ file: { name: 'a', content: 'UEsDBA==' } }, ['#/file/content']],
      [{ file: { name: 'a', content: '%%%' } }, ['#/file/content']],
      [{ datedOn: '2999-01-01' }, ['#/datedOn']],
      [{ purpose: 'visit' }, ['#/purpose']],
    ] as const)
      expect([changes, told(await first.post(path, noteVerbale(changes)))]).toEqual([changes, where]);
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(3_000_000, 'é')]);
    const file = { name: 'Note "é".pdf', content: bytes.toString('base64') };
    const given = await first.post(path, noteVerbale({ file }));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect([given?.status, given?.body]).toMatchObject([
      201,
      { reference: 'NV 12/2026', file: { mediaType: 'application/pdf', bytes: bytes.length, sha256 } },
    ]);
    const note = given?.body as NoteView;
    const large = { name: 'a', content: Buffer.alloc(5_242_881, 'a').toString('base64') };
    expect(told(await first.post(path, noteVerbale({ file: large })))).toEqual(['#/file/content']);
    const larger = { name: 'a', content: Buffer.alloc(5_300_000, 'a').toString('base64') };
    expect((await first.post(path, noteVerbale({ file: larger })))?.status).toBe(413);

    for (const [call, where] of [
      [undefined, '#/callBack'],
      [callBack('2999-01-01T00:00:00Z'), '#/callBack/calledAt'],
      [callBack('2020-01-01T00:00:00Z'), '#/callBack/calledAt'],
      [{ ...callBack(note.givenAt), nomineeConfirmed: false }, '#/callBack/nomineeConfirmed'],
      [{ ...callBack(note.givenAt), foundBy: ' ' }, '#/callBack/foundBy'],
    ] as const) {
      const answer = await at(call);
      expect([call, answer && told(answer)]).toEqual([call, [where]]);
    }
    expect((await at({ ...callBack(note.givenAt), calledBy: 'B. Second' }))?.body).toMatchObject({
      state: 'verified',
    });
    const [own, theirs] = [await first.get(path), await secretariat?.get(path)];
    expect(own?.body).toMatchObject({
      items: [{ id: note.id, authority: 'Permanent Mission of State B' }],
      callBack: { note: note.id, calledBy: 'B. Second', number: '+41 22 917 12 34' },
    });
    expect(theirs?.body).toMatchObject({ items: [{ id: note.id }], callBack: null });
    for (const reader of [first, secretariat]) {
      const answer = await reader?.get(`${path}/${note.id}/file`).buffer(true);
      expect(answer?.headers).toMatchObject({
        ...{ 'content-type': 'application/pdf', 'x-content-type-options': 'nosniff' },
        'content-disposition': `attachment; filename="note-verbale"; filename*=UTF-8''Note%20%22%C3%A9%22.pdf`,
      });
      expect(
        createHash('sha256')
          .update(answer?.body as Buffer)
          .digest('hex'),
      ).toBe(sha256);
    }
    for (const stranger of [foreign, officer, duty])
      for (const where of [path, `${path}/${note.id}/file`])
        expect([403, 404]).toContain((await stranger?.get(where))?.status);
    const elsewhere = await nominated();
    const moved = await first.get(`/points-of-contact/${elsewhere}/notes-verbales/${note.id}/file`);
    expect(moved?.status).toBe(404);
    const acts_ = await second.post(`/points-of-contact/${id}/acts`, {
      ...{ act: 'suspend', version: 1, callBack: callBack(note.givenAt) },
    });
    expect(acts_ && told(acts_)).toEqual(['#/callBack']);
  });

  it('is a removal by the file of a note verbale alone, also below the routes, and for notes from before', async () => {
    const id = await nominated();
    await verify(second, id);
    const path = `/points-of-contact/${id}`;
    const given = await first.post(`${path}/notes-verbales`, noteVerbale({ purpose: 'removal' }));
    const filed = (given.body as NoteView).id;
    const row = await walled.rowOf('notes_verbales', `id = '${filed}'`);
    const { given_by: actor } = row as { given_by: string };
    const by = { actor, party: 'XB', purpose: 'keep' };
    const anew = { ...row, id: crypto.randomUUID() };
    expect(await walled.api.adds('notes_verbales', { ...anew, file: null }, by)).toBe(refused);
    expect(await walled.api.adds('notes_verbales', anew, by)).toBe(1);
    const [before] = await walled.instance.database.rows<{ id: string }>(
      `INSERT INTO notes_verbales SELECT (jsonb_populate_record(n, jsonb_build_object('id', gen_random_uuid(), 'file', null))).*
       FROM notes_verbales n WHERE id = '${filed}' RETURNING id`,
    );
    const { version } = await seen(id);
    const retire = async (note?: string) =>
      first.post(`${path}/changes`, { kind: 'retire', noteVerbale: note, version });
    expect(told(await retire(before?.id))).toEqual(['#/noteVerbale']);
    const asked = await retire(filed);
    expect(asked.status).toBe(201);
    const change = await walled.rowOf('entry_changes', `id = '${(asked.body as { id: string }).id}'`);
    for (const [note, outcome] of [
      [before?.id, refused],
      [filed, 1],
    ] as const) {
      const copy = { ...change, id: crypto.randomUUID(), note_id: note };
      expect([note, await walled.api.adds('entry_changes', copy, by)]).toEqual([note, outcome]);
    }
  });

  it('is described in words that are offered, or in others', async () => {
    const { status, body } = await first.get('/directory-words');
    const words = body as Record<'expectedRoles' | 'coordination' | 'statesWithoutHolidays', string[]>;
    expect([status, words]).toMatchObject([
      200,
      {
        expectedRoles: expect.arrayContaining(['receive-requests']),
        coordination: expect.arrayContaining(['ministries']),
        statesWithoutHolidays: expect.arrayContaining(['AF', 'YE']),
      },
    ]);
    const said = {
      expectedRoles: [...words.expectedRoles, 'translate-notes'],
      coordination: [...words.coordination, 'universities'],
    };
    const id = await nominated(said);
    expect(await seen(id)).toMatchObject(said);
    const hours = async (country?: string) =>
      first.put(`/points-of-contact/${id}/duty`, { holidays: { country }, version: 1 });
    expect(told(await hours(words.statesWithoutHolidays[0]))).toEqual(['#/holidays/country']);
  });

  it('is a procedure that nobody but the own side sees', async () => {
    const empty = (await duty?.get('/procedure'))?.body as { version: number; offered: { step: string }[] };
    expect(empty).toMatchObject({ party: 'XB', body: null, version: 0, steps: [] });
    expect(empty.offered.map(({ step }) => step)).toEqual(expect.arrayContaining(['decide', 'translators']));
    const note = { text: 'Room 12.', language: 'en' };
    const own = { text: 'Demander au cabinet.', language: 'fr' };
    const steps = [
      { step: 'decide', state: 'done', doneOn: '2026-01-02', note },
      { own, state: 'open' },
    ];
    const put = (input: object, by = first) => by?.put('/procedure', input);
    const set = await put({ version: 0, steps });
    expect([set?.status, set?.body]).toMatchObject([
      200,
      {
        version: 1,
        steps: [
          { step: 'decide', text: { language: 'en' }, doneOn: '2026-01-02', note },
          { step: null, text: own, own, state: 'open', doneOn: null, note: null },
        ],
      },
    ]);
    expect((await put({ version: 0, steps }))?.status).toBe(409);
    expect((await put({ version: 1, steps: [] }))?.body).toMatchObject({ version: 2, steps: [] });
    expect((await duty?.get('/procedure?version=1'))?.body).toMatchObject({
      version: 1,
      steps: [{ note }, {}],
    });
    expect((await duty?.get('/procedure?version=3'))?.status).toBe(404);
    expect((await put({ body: cert, version: 0, steps }))?.body).toMatchObject({ body: cert, version: 1 });
    expect((await duty?.get(`/procedure?body=${cert}`))?.body).toMatchObject({ body: cert, version: 1 });
    const faulty = await put({ version: 2, steps: [{ state: 'open' }, { step: 'tell', state: 'done' }] });
    expect(faulty && told(faulty)).toEqual(['#/steps/0/step', '#/steps/1/doneOn']);
    expect((await put({ version: 2, steps }, duty))?.status).toBe(403);
    expect((await secretariat?.get('/procedure'))?.status).toBe(403);
    expect((await foreign.get('/procedure'))?.body).toMatchObject({ party: 'XA', version: 0, steps: [] });
    expect((await foreign.get(`/procedure?body=${cert}`))?.status).toBe(404);
    expect((await put({ body: cert, version: 0, steps }, foreign))?.status).toBe(404);
    const { id: actor } = await walled.rowOf('accounts', `role = 'directory-manager'`);
    for (const stranger of [walled.of('XA', 'cert'), { actor: String(actor), purpose: 'network' }])
      expect(await walled.api.sees('SELECT 1 FROM procedures', stranger)).toEqual([]);
  });

  it('is a party whose names are told where they are missing, and are changed by whom they belong to', async () => {
    const seat = await secretariat?.post('/parties', { code: 'VA', kind: 'observer-state' });
    expect([seat?.status, seat?.body]).toMatchObject([
      201,
      { alpha3: 'VAT', numeric: '336', names: { es: 'Santa Sede' }, missingNames: [], regionalGroup: null },
    ]);
    const nameless = await secretariat?.post('/parties', { code: 'ORG1', kind: 'other' });
    expect(nameless && told(nameless)).toEqual(['#/names']);
    await secretariat?.post('/parties', { code: 'ORG1', kind: 'other', names: { en: 'Organization' } });
    const read = async (code: string) => (await officer?.get(`/parties/${code}`))?.body as PartyView;
    expect(await read('ORG1')).toMatchObject({ missingNames: ['ar', 'zh', 'fr', 'ru', 'es'], version: 1 });
    const patch = (code: string, input: object, by = secretariat) => by?.patch(`/parties/${code}`, input);
    const names = { fr: 'Organisation', ru: 'Организация' };
    expect((await patch('ORG1', { version: 1, names, regionalGroup: 'APG' }))?.body).toMatchObject({
      ...{ names: { en: 'Organization', ...names }, regionalGroup: 'APG', version: 2 },
      missingNames: ['ar', 'zh', 'es'],
    });
    expect((await patch('ORG1', { version: 1, names }))?.status).toBe(409);
    expect((await patch('ORG1', { version: 2, names: { en: null } }))?.body).toMatchObject({
      ...{ names, regionalGroup: 'APG' },
    });
    const bare = await patch('ORG1', { version: 3, names: { fr: null, ru: null } });
    expect(bare && told(bare)).toEqual(['#/names']);
    for (const state of ['FR', 'XB']) {
      expect((await patch(state, { version: 1, names }))?.status).toBe(403);
      expect(await read(state)).toMatchObject({ version: 1, missingNames: [] });
    }
    expect((await patch('ZZZ', { version: 1, names }))?.status).toBe(404);
    expect((await patch('ORG1', { version: 3, names }, first))?.status).toBe(403);
    const { id: actor } = await walled.rowOf('accounts', `role = 'directory-manager'`);
    const manager = { actor: String(actor), purpose: 'network' };
    const rename = (code: string) => `UPDATE parties SET names = '{"en":"X"}' WHERE code = '${code}'`;
    expect([
      await walled.api.outcome(rename('FR'), manager),
      await walled.api.outcome(rename('XB'), manager),
      await walled.api.outcome(rename('ORG1'), manager),
    ]).toEqual([0, 0, 1]);
    const { body } = (await first.get(`/bodies/${cert}`)) ?? {};
    expect((body as BodyView).missingNames).toEqual(['ar', 'zh', 'ru', 'es']);
  });
});

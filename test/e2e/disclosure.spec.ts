import type { RequestView } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { waitUntil } from '../harness/waiting.js';

describe('telling addressees who else was asked', () => {
  let instance: Instance;
  let requester: Officer;
  let xb: Officer;
  let xc: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    [requester, xb, xc] = (await Promise.all(
      ['xa', 'xb', 'xc'].map((party) => instance.officer(`officer@${party}.example`)),
    )) as [Officer, Officer, Officer];
  });
  afterAll(() => instance.stop());

  const three = ['XB', 'XC', 'FR'];
  const discloses = (id: string, to: unknown, parties: unknown) =>
    requester.acts(id, { act: 'disclose', disclosure: { to, parties } });
  const filed = async (changes: object = {}) => requester.files({ to: ['XB', 'XC'], ...changes });
  const allText = async (who: Officer, id: string) => {
    const parts = ['', '/clocks', '/deliveries', '/receipts', '/sharing', '/document.txt', '/document.html'];
    const answers = await Promise.all(parts.map((part) => who.get(`/requests/${id}${part}`)));
    return answers.map(({ text }) => text).join('\n') + (await who.get('/requests')).text;
  };
  const mailOf = (address: string, reference: string) =>
    instance.sink
      .mailsTo(address)
      .find(({ subject }) => subject.includes(reference) && /else was asked|Autres États/.test(subject));

  it('tells those who are named of those who are named, and nobody else of anything', async () => {
    const { id, reference, version } = await filed();
    // What relays accept is on the timeline too: all of it comes before.
    await untilQuiet(instance);
    for (const who of [xb, xc]) expect((await who.sees(id)).otherAddressees).toEqual([]);
    const { status, body } = await discloses(id, ['XB'], 'all');
    expect([status, body]).toMatchObject([
      200,
      { disclosures: [{ to: 'XB', party: 'XC' }], version: version + 1 },
    ]);
    const told = await xb.sees(id);
    expect(told.otherAddressees).toMatchObject([{ party: 'XC', names: { en: 'Fictional State C' } }]);
    expect([told.to, told.addressees.length, told.disclosures]).toEqual([['XB'], 1, []]);
    expect(told.timeline.at(-1)).toMatchObject({ act: 'disclose', party: 'XA', said: { disclosed: ['XC'] } });
    const documents = await allText(xb, id);
    expect(documents).toContain('Also asked (disclosed by the requester)');
    expect(documents).toContain('Fictional State C');
    expect(await allText(xc, id)).not.toMatch(/\bXB\b|State B|fictif B|"disclose"/);
    const mail = await waitUntil('XB is told', () => mailOf('cert@xb.example', reference));
    expect(mail.text).toMatch(/cannot be taken back[\s\S]*Fictional State C/);
    expect(mailOf('cert@xc.example', reference)).toBeUndefined();
  });

  it('never tells what the others answer, nor of who was not named', async () => {
    const { id } = await filed();
    await discloses(id, 'all', ['XC']);
    await xc.acts(id, {
      act: 'determine',
      answer: 'cannot',
      answers: { refusal: { reasons: ['no-capacity'] } },
    });
    await xc.acts(id, { act: 'message', text: { text: 'XC-only words', language: 'en' } });
    expect(await allText(xb, id)).not.toMatch(
      /XC-only|no-capacity|"cannot"|"state":"answered"|"answeredAt":"/,
    );
    expect((await xc.sees(id)).otherAddressees).toEqual([]);
    expect((await xb.get('/requests?party=XC')).body).toEqual({ items: [], next: null });
    expect((await xb.get('/requests?state=answered')).text).not.toContain(id);
  });

  it('says each thing once, adds what is new, and takes nothing back', async () => {
    const { id } = await filed();
    await discloses(id, ['XB'], ['XC']);
    const again = await discloses(id, ['XB'], 'all');
    expect([again.status, again.body]).toMatchObject([409, { reason: 'already-done' }]);
    expect((await discloses(id, 'all', 'all')).status).toBe(200);
    const lines = await instance.database.rows(
      `SELECT addressee_code FROM request_events WHERE request_id = $1 AND act = 'disclose'`,
      [id],
    );
    expect(lines).toHaveLength(2);
    await expect(instance.database.rows('DELETE FROM disclosures')).rejects.toThrow(/only ever grows/);
  });

  it('at the same moment is done once', async () => {
    const { id } = await filed();
    const answers = await Promise.all([1, 2, 3].map(() => discloses(id, 'all', 'all')));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    expect((await requester.sees(id)).disclosures).toHaveLength(2);
  });

  it('stays with the line that is handed over, and outlives a withdrawal of the other', async () => {
    const { id } = await filed();
    await discloses(id, ['XB'], 'all');
    const { bodies } = (await xb.get('/parties/XB')).body as { bodies: { id: string; kind: string }[] };
    const body = bodies.find(({ kind }) => kind === 'agency')?.id;
    await xb.acts(id, {
      act: 'redirect',
      redirectTo: { party: 'XB', body },
      text: { text: 'Theirs.', language: 'en' },
    });
    await requester.acts(id, { act: 'withdraw', addressee: 'XC' });
    const agency = await instance.officer('policy@xb.example');
    expect((await agency.sees(id)).otherAddressees).toMatchObject([{ party: 'XC' }]);
    const late = await discloses(id, ['XC'], 'all');
    expect([late.status, late.body]).toMatchObject([400, { errors: [{ pointer: '#/disclosure/to/0' }] }]);
  });

  it('is refused with the reason where it makes no sense', async () => {
    const { id } = await filed();
    const alone = await requester.files();
    const draft = await requester.files({ draft: true, to: three.slice(0, 2) });
    const may = (view: RequestView) => view.allowedActs.find(({ act }) => act === 'disclose')?.allowed;
    expect([may(await requester.sees(id)), may(alone), may(draft)]).toEqual([true, false, false]);
    for (const request of [alone, draft])
      expect((await discloses(request.id, 'all', 'all')).status).toBe(409);
    for (const [to, parties, pointer] of [
      [['XB', 'FR'], 'all', '#/disclosure/to/1'],
      ['all', ['XA'], '#/disclosure/parties/0'],
      ['everyone', 'all', '#/disclosure/to'],
      [[], 'all', '#/disclosure/to'],
      ['all', undefined, '#/disclosure/parties'],
    ] as const) {
      const { status, body } = await discloses(id, to, parties);
      expect([to, status, body]).toMatchObject([to, 400, { errors: [{ pointer }] }]);
    }
    const bare = await requester.acts(id, { act: 'disclose' });
    expect([bare.status, bare.body]).toMatchObject([400, { errors: [{ pointer: '#/disclosure' }] }]);
    const stray = await requester.acts(id, { act: 'withdraw', disclosure: { to: 'all', parties: 'all' } });
    expect(stray.status).toBe(400);
  });

  it('answers an addressee that tries it alike, whether others were asked or not', async () => {
    const answers = await Promise.all(
      [await filed(), await requester.files()].map(async ({ id }) => {
        const { status, body } = await xb.acts(id, {
          act: 'disclose',
          disclosure: { to: 'all', parties: 'all' },
        });
        return [status, body];
      }),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect(answers[0]?.[0]).toBe(409);
  });

  it('keeps names out of a mail whose label keeps content out of it', async () => {
    const { id, reference } = await filed({ tlp: 'TLP:RED' });
    await discloses(id, 'all', 'all');
    const mail = await waitUntil('XC is told', () => mailOf('cert@xc.example', reference));
    expect(mail.text).not.toMatch(/fictif B|State B/);
    expect((await xc.sees(id)).otherAddressees).toMatchObject([{ party: 'XB' }]);
  });
});

import type { Candidates, RequestView, SharingView } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';

const say = (text: string) => ({ text: { text, language: 'en' } });
const because = (text: string) => ({ reason: { text, language: 'en' } });

describe('sharing a request within the party', () => {
  let instance: Instance;
  let requester: Officer;
  let copied: Officer;
  let cert: Officer;
  let duty: Officer;
  let agency: Officer;
  let observer: Officer;
  let candidates: Candidates;

  beforeAll(async () => {
    instance = await Instance.start();
    const officer = (email: string) => instance.officer(`${email}.example`);
    [requester, copied, cert] = [
      await officer('officer@xa'),
      await officer('diplomat@xa'),
      await officer('officer@xb'),
    ];
    [duty, agency] = [await officer('duty@xb'), await officer('policy@xb')];
    const administrator = await officer('administrator@xb');
    const { bodies } = (await cert.get('/parties/XB')).body as { bodies: { id: string; kind: string }[] };
    const body = bodies.find(({ kind }) => kind === 'agency')?.id;
    await administrator.post('/invitations', { email: 'observer@xb.example', role: 'observer', body });
    await accept(await instance.sink.mailTo('observer@xb.example'), 'O. Server');
    observer = await Officer.signIn(instance.url, 'observer@xb.example', chosenPassword);
    const { id } = await requester.files();
    candidates = (await cert.get(`/requests/${id}/sharing/candidates`)).body as Candidates;
  });
  afterAll(() => instance.stop());

  const bodyOf = (name: string) => candidates.bodies.find(({ names }) => names['en'] === name)?.id ?? '';
  const toAgency = () => ({ body: bodyOf('National cybersecurity authority') });
  const person = (name: string) => ({
    account: candidates.accounts.find((one) => one.name === name)?.id ?? '',
  });
  const toObserver = () => person('O. Server');
  const shares = (who: Officer, id: string, input: object) =>
    who.post(`/requests/${id}/sharing`, { ...because('To advise.'), ...input });
  const shared = async (who: Officer, id: string, input: object): Promise<SharingView> => {
    const { status, body } = await shares(who, id, input);
    if (status !== 201) throw new Error(`sharing answered ${status}: ${JSON.stringify(body)}`);
    return body as SharingView;
  };
  const ends = (who: Officer, id: string, entry: string | undefined) =>
    who.delete(`/requests/${id}/sharing/${entry}`);
  const statusOf = async (who: Officer, id: string) => (await who.get(`/requests/${id}`)).status;
  const does = async (officer: Officer, id: string, act: object): Promise<RequestView> => {
    const { status, body } = await officer.acts(id, act);
    if (status !== 200) throw new Error(`${JSON.stringify(act)} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const parts = ['', '/clocks', '/deliveries', '/receipts', '/sharing', '/document.txt', '/document.html'];

  it('lets officers find bodies and colleagues of their own party, and nobody else', async () => {
    expect(candidates.accounts.map(({ name, sees }) => [name, sees])).toEqual(
      expect.arrayContaining([
        ['Duty officer of CERT XB', true],
        ['Policy officer of XB', false],
        ['O. Server', false],
      ]),
    );
    expect(JSON.stringify(candidates)).not.toMatch(/Administrator|XA|XC|@/);
    const { id } = await requester.files();
    const path = `/requests/${id}/sharing/candidates`;
    expect([(await duty.get(path)).status, (await agency.get(path)).status]).toEqual([403, 404]);
  });

  it('opens a request to one person and to nobody beside, until it is ended', async () => {
    const { id, reference } = await requester.files();
    const list = await shared(cert, id, toObserver());
    expect(list.bodies.map(({ because: why }) => why)).toEqual(['asked']);
    expect(list.shares).toMatchObject([
      { body: null, account: { name: 'O. Server' }, sharedBy: { name: 'Officer of CERT XB' }, endedAt: null },
    ]);
    for (const part of parts)
      expect([part, (await observer.get(`/requests/${id}${part}`)).status]).toEqual([part, 200]);
    const seen = await observer.sees(id);
    expect(seen).toMatchObject({
      sharedWithYou: true,
      sentence: { text: expect.stringContaining('ransomware') as string },
    });
    expect(seen.addressees).toHaveLength(1);
    expect(seen.allowedActs.filter(({ allowed }) => allowed)).toEqual([]);
    const { items } = (await observer.get('/requests')).body as { items: RequestView[] };
    expect(items.find((item) => item.id === id)).toMatchObject({ reference, sharedWithYou: true });
    expect([await statusOf(agency, id), (await cert.sees(id)).sharedWithYou]).toEqual([404, false]);

    const { status, body } = await ends(cert, id, list.shares[0]?.id);
    expect([status, (body as SharingView).shares]).toMatchObject([
      200,
      [{ endedAt: expect.any(String) as string, endedBy: { name: 'Officer of CERT XB' } }],
    ]);
    for (const part of parts)
      expect([part, (await observer.get(`/requests/${id}${part}`)).status]).toEqual([part, 404]);
    expect(((await observer.get('/requests')).body as { items: unknown[] }).items).not.toContainEqual(
      expect.objectContaining({ id }),
    );
    expect((await ends(cert, id, list.shares[0]?.id)).status).toBe(200);
    const acts = (await cert.sees(id)).timeline.filter(({ act }) => /share/.test(act)).map(({ act }) => act);
    expect(acts).toEqual(['share-with', 'unshare']);
    expect(await shared(cert, id, toObserver())).toMatchObject({ shares: [{}, { endedAt: null }] });
  });

  it('is kept once however often it is asked for, also at the same moment', async () => {
    const { id } = await requester.files();
    const answers = await Promise.all([1, 2, 3].map(() => shares(cert, id, toAgency())));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect((await shared(cert, id, toAgency())).shares).toHaveLength(1);
    expect((await cert.sees(id)).timeline.filter(({ act }) => act === 'share-with')).toHaveLength(1);
  });

  it('lets a body read and write notes for its own side, and do nothing else', async () => {
    const { id } = await requester.files();
    await shared(cert, id, toAgency());
    const { version } = await requester.sees(id);
    const noted = await does(agency, id, { act: 'note', ...say('shared-body-note') });
    expect(noted.allowedActs.filter(({ allowed }) => allowed).map(({ act }) => act)).toEqual(['note']);
    expect((await cert.sees(id)).timeline.at(-1)).toMatchObject({
      act: 'note',
      by: { name: 'Policy officer of XB' },
    });
    for (const act of [
      ...[
        { act: 'acknowledge' },
        { act: 'message', ...say('Words.') },
        { act: 'determine', answer: 'can-assist' },
      ],
      { act: 'redirect', redirectTo: { party: 'XB', ...toAgency() }, ...say('Ours.') },
    ]) {
      const { status, body } = await agency.acts(id, act);
      expect([act.act, status, body]).toMatchObject([act.act, 409, { reason: 'shared-to-read' }]);
    }
    for (const path of ['hold', 'hold/release']) {
      const { status, body } = await agency.post(`/requests/${id}/${path}`, say('Ours.'));
      expect([path, status, body]).toMatchObject([path, 409, { reason: 'shared-to-read' }]);
    }
    const further = await shares(agency, id, toObserver());
    expect([further.status, further.body]).toMatchObject([409, { reason: 'shared-to-read' }]);
    const [entry] = ((await agency.get(`/requests/${id}/sharing`)).body as SharingView).shares;
    expect((await ends(agency, id, entry?.id)).status).toBe(409);
    const after = await requester.sees(id);
    expect([after.version, after.addressees[0]?.version, after.state]).toEqual([version, 1, 'sent']);
  });

  it('is shared on the side that asks in the same way', async () => {
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    const own = (await requester.get(`/requests/${id}/sharing/candidates`)).body as Candidates;
    expect(JSON.stringify(own)).not.toMatch(/XB|XC/);
    const body = own.bodies.find(({ sees }) => !sees)?.id;
    const list = await shared(copied, id, { body });
    expect(list.bodies.map(({ because: why }) => why)).toEqual(['filed', 'copied']);
    expect(await requester.sees(id)).toMatchObject({
      timeline: expect.arrayContaining([
        expect.objectContaining({ act: 'share-with', line: null }),
      ]) as unknown,
    });
    await does(requester, id, { act: 'withdraw' });
    expect((await shares(requester, id, { body })).status).toBe(201);
  });

  it('goes under TLP:RED to named persons and to no body, and says why', async () => {
    const { id } = await requester.files({ tlp: 'TLP:RED' });
    const { status, body } = await shares(cert, id, toAgency());
    expect([status, body]).toMatchObject([
      409,
      { reason: 'label', detail: expect.stringContaining('named persons') as string },
    ]);
    await shared(cert, id, person('Policy officer of XB'));
    expect([await statusOf(agency, id), await statusOf(observer, id)]).toEqual([200, 404]);
  });

  it('is refused for whoever is no reader of the own party, without telling strangers from nobody', async () => {
    const { id } = await requester.files();
    const rows = await instance.database.rows<{ id: string; party: string | null; role: string }>(
      'SELECT id, party_code AS party, role FROM accounts',
    );
    const idOf = (party: string | null, role: string) =>
      rows.find((row) => row.party === party && row.role === role)?.id;
    const abroad = ((await cert.get('/parties/XC')).body as { bodies: { id: string }[] }).bodies[0]?.id;
    const nobody = '01936f3e-8c1a-7b2d-9e4f-0123456789ab';
    const strangers = [idOf('XC', 'officer'), idOf(null, 'auditor'), nobody].map((account) => ({ account }));
    const answers = await Promise.all(
      [...strangers, { body: abroad }, { body: nobody }].map(
        async (who) =>
          (await shares(cert, id, who)).body as { errors: { pointer: string; detail: string }[] },
      ),
    );
    expect(answers.map(({ errors: [error] }) => error?.pointer)).toEqual([
      '#/account',
      '#/account',
      '#/account',
      '#/body',
      '#/body',
    ]);
    expect(new Set(answers.map(({ errors: [error] }) => error?.detail)).size).toBe(1);
    expect(answers[0]?.errors[0]?.detail).toMatch(/redirects/);
    const others: [object, number, string][] = [
      [{ account: idOf('XB', 'party-administrator') }, 400, 'errors'],
      [{ account: idOf('XB', 'duty-officer') }, 409, 'reason'],
      [{ body: bodyOf('National CERT') }, 409, 'reason'],
      [{}, 400, 'errors'],
      [{ ...toAgency(), ...toObserver() }, 400, 'errors'],
      [{ ...toAgency(), reason: undefined }, 400, 'errors'],
      [{ ...toAgency(), ...because('\n') }, 400, 'errors'],
    ];
    for (const [who, expected, says] of others) {
      const { status, body } = await shares(cert, id, who);
      expect([who, status, Object.keys(body as object)]).toEqual([
        who,
        expected,
        expect.arrayContaining([says]),
      ]);
    }
    expect((await shares(duty, id, toObserver())).status).toBe(403);
    expect((await shares(agency, id, toObserver())).status).toBe(404);
    expect((await ends(cert, id, nobody)).status).toBe(404);
    const draft = await requester.files({ draft: true });
    const xa = (await requester.get(`/requests/${draft.id}/sharing/candidates`)).body as Candidates;
    const early = await shares(requester, draft.id, { account: xa.accounts.find(({ sees }) => !sees)?.id });
    expect([early.status, early.body]).toMatchObject([409, { reason: 'not-yet' }]);
  });

  it('stays what it is when the request is handed over, and the body that holds it keeps it', async () => {
    const { id } = await requester.files();
    const { shares: entries } = await shared(cert, id, toAgency());
    await shared(cert, id, toObserver());
    const redirect = { act: 'redirect', redirectTo: { party: 'XB', ...toAgency() }, ...say('Theirs.') };
    await does(cert, id, redirect);
    expect((await agency.sees(id)).sharedWithYou).toBe(false);
    await does(agency, id, { act: 'acknowledge' });
    await ends(cert, id, entries[0]?.id);
    expect([await statusOf(agency, id), await statusOf(observer, id)]).toEqual([200, 200]);
    const { bodies } = (await agency.get(`/requests/${id}/sharing`)).body as SharingView;
    expect(bodies.map(({ because: why }) => why)).toEqual(['asked', 'handed-over']);
    const ministry = {
      body: candidates.bodies.find(({ sees, id: body }) => !sees && body !== toAgency().body)?.id,
    };
    const list = await shared(agency, id, ministry);
    expect(list.shares.at(-1)).toMatchObject({ body: { names: { en: 'Ministry of Foreign Affairs' } } });
  });

  it('ends with the account, and in the middle of reading and writing leaves no half answer', async () => {
    const { id } = await requester.files();
    const { shares: entries } = await shared(cert, id, toAgency());
    const calls = [...parts, ...parts].map((part) => agency.get(`/requests/${id}${part}`));
    const notes = ['one', 'two'].map((text) => agency.acts(id, { act: 'note', ...say(text) }));
    const answers = await Promise.all([...calls, ends(cert, id, entries[0]?.id), ...notes]);
    for (const { status } of answers) expect([200, 404]).toContain(status);
    expect(await statusOf(agency, id)).toBe(404);
    const written = answers.slice(-2).filter(({ status }) => status === 200).length;
    expect((await cert.sees(id)).timeline.filter(({ act }) => act === 'note')).toHaveLength(written);
  });

  it('leaves no trace on the other side: no note, no reason, no name, in nothing that it reads', async () => {
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    const own = (await requester.get(`/requests/${id}/sharing/candidates`)).body as Candidates;
    const mails = () => instance.database.rows('SELECT id FROM messages');
    const versions = async () => (await requester.sees(id)).addressees.map(({ version }) => version);
    const [told, before] = [(await mails()).length, await versions()];
    await shared(cert, id, { ...toObserver(), ...because('SECRET-XB reason') });
    await does(cert, id, { act: 'note', ...say('SECRET-XB note') });
    await shared(requester, id, {
      body: own.bodies.find(({ sees }) => !sees)?.id,
      ...because('SECRET-XA reason'),
    });
    await does(requester, id, { act: 'note', addressee: 'XB', ...say('SECRET-XA note') });
    expect([(await mails()).length, await versions()]).toEqual([told, before]);
    const other = await instance.officer('officer@xc.example');
    const all = [...parts, '/document.txt?lang=fr'];
    for (const [who, theirs] of [
      [requester, 'XB'],
      [cert, 'XA'],
      [other, 'X[AB]'],
    ] as const) {
      const texts = await Promise.all(
        all.map(async (part) => (await who.get(`/requests/${id}${part}`)).text),
      );
      texts.push((await who.get('/requests')).text);
      expect(texts.join('\n')).not.toMatch(
        new RegExp(`SECRET-${theirs}${who === cert ? '' : '|O\\. Server'}`),
      );
      const listed = texts.some((text) => text.includes('"share-with"'));
      expect(listed).toBe(who !== other);
    }
    for (const who of [requester, cert])
      for (const form of ['txt', 'html'])
        expect((await who.get(`/requests/${id}/document.${form}`)).text).not.toContain('SECRET');
    const events = await instance.database.rows<{ id: string; side: string }>(
      `SELECT id, audience AS side FROM request_events WHERE request_id = $1 AND audience <> 'both' AND act <> 'save'`,
      [id],
    );
    expect(events).toHaveLength(4);
    for (const { id: event } of events)
      for (const who of [requester, cert, other])
        expect((await who.get(`/receipts/${event}`)).status).toBe(404);
  });

  it('is closed to an account that was ended', async () => {
    const { id } = await requester.files();
    await shared(cert, id, toObserver());
    const administrator = await instance.officer('administrator@xb.example');
    await administrator.delete(`/accounts/${toObserver().account}`);
    expect(await statusOf(observer, id)).toBe(401);
    const { status, body } = await shares(cert, (await requester.files()).id, toObserver());
    expect([status, body]).toMatchObject([
      400,
      { errors: [{ pointer: '#/account', detail: expect.stringContaining('ended') as string }] },
    ]);
    const [entry] = ((await cert.get(`/requests/${id}/sharing`)).body as SharingView).shares;
    expect(entry).toMatchObject({ account: { name: 'O. Server' }, endedAt: null });
  });
});

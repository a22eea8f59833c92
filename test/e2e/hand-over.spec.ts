import type { LineClocks, RequestView } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { AckLink } from '../harness/ack-link.js';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;
const say = (text: string) => ({ text: { text, language: 'en' } });

describe('handing a request over to another body of the State asked', () => {
  let instance: Instance;
  let requester: Officer;
  let cert: Officer;
  let agency: Officer;
  let bodies: { id: string; kind: string }[];

  beforeAll(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    cert = await instance.officer('officer@xb.example');
    agency = await instance.officer('policy@xb.example');
    bodies = ((await cert.get('/parties/XB')).body as { bodies: typeof bodies }).bodies;
  });
  afterAll(() => instance.stop());

  const bodyOf = (kind: string) => bodies.find((body) => body.kind === kind)?.id ?? '';
  const to = (kind: string) => ({ party: 'XB', body: bodyOf(kind) });
  const does = async (officer: Officer, id: string, act: object): Promise<RequestView> => {
    const { status, body } = await officer.acts(id, act);
    if (status !== 200) throw new Error(`${JSON.stringify(act)} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const handedOver = async (input: object = {}) => {
    const { id, reference } = await requester.files(input);
    await does(cert, id, { act: 'redirect', redirectTo: to('agency'), ...say('Theirs to decide.') });
    return { id, reference };
  };

  it('opens a line for that body, with mails, link and clocks of its own', async () => {
    const { id, reference } = await handedOver();
    const seen = await requester.sees(id);
    expect(seen.state).toBe('sent');
    expect(seen.to).toEqual(['XB']);
    expect(
      seen.addressees.map(({ state, body, handedOver: over }) => [state, body?.id ?? null, over]),
    ).toEqual([
      ['redirected', null, true],
      ['sent', bodyOf('agency'), false],
    ]);
    expect(seen.timeline.map(({ act, body }) => [act, body])).toEqual(
      expect.arrayContaining([
        ['redirect', null],
        ['hand-over', bodyOf('agency')],
      ]),
    );

    const mail = await waitUntil('the body is told', () =>
      instance.sink.mailsTo('cyber-policy@xb.example').find(({ subject }) => subject.includes(reference)),
    );
    const page = await AckLink.in(mail).submit('Policy desk');
    expect(page.status).toBe(200);
    expect((await requester.sees(id)).addressees.at(-1)).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: { name: 'Policy desk' },
    });
  });

  it('gives the State no new time to answer, and the body its own to acknowledge', async () => {
    const { id } = await requester.files();
    await waitUntil(
      'a relay has taken it',
      async () => (await requester.sees(id)).addressees[0]?.acceptedByRelayAt,
    );
    await instance.forward(20 * minute);
    await does(cert, id, { act: 'ask', ...say('Which provider?') });
    await instance.forward(10 * minute);
    await does(cert, id, { act: 'redirect', redirectTo: to('agency'), ...say('Theirs to decide.') });
    await instance.forward(5 * minute);
    const { items } = (await requester.get(`/requests/${id}/clocks`)).body as { items: LineClocks[] };
    expect(items.map(({ body }) => body)).toEqual([null, bodyOf('agency')]);
    const told = items.map(({ clocks }) =>
      clocks.map(({ target, measure, state, elapsedMinutes }) =>
        [target, measure, state, Math.round(elapsedMinutes)].join(' '),
      ),
    );
    expect(told).toEqual([
      [
        'acknowledge waiting met 30',
        'acknowledge net met 20',
        'first-answer waiting ended 30',
        'first-answer net ended 20',
      ],
      [
        'acknowledge waiting running 5',
        expect.stringMatching(/^acknowledge net (running|not-started) [05]$/) as string,
        'first-answer waiting running 35',
        'first-answer net running 25',
      ],
    ]);
    expect((await requester.sees(id)).addressees.map((line) => line.questionOpenSince)).toEqual([null, null]);
  });

  it('makes stale what was seen before it, on either side', async () => {
    const { id } = await requester.files();
    const [before] = (await requester.sees(id)).addressees;
    const version = before?.version ?? 0;
    await does(cert, id, { act: 'redirect', redirectTo: to('agency'), ...say('Theirs to decide.') });
    const stale = await requester.acts(id, { act: 'withdraw', addressee: 'XB', version });
    expect([stale.status, stale.body]).toMatchObject([409, { state: 'sent' }]);
    await does(agency, id, { act: 'redirect', redirectTo: to('cert'), ...say('Yours after all.') });
    const again = await cert.acts(id, { act: 'determine', answer: 'can-assist', version });
    expect(again.status).toBe(409);
    const versions = (await requester.sees(id)).addressees.map((line) => line.version);
    expect(versions).toEqual(versions.toSorted((one, other) => one - other));
    expect(new Set(versions).size).toBe(3);
  });

  it('is told by mail with where to, or without where nobody is named', async () => {
    const { id, reference } = await handedOver({ tlp: 'TLP:RED' });
    const mail = async (of: string, subject: string) =>
      waitUntil(`the requester is told: ${subject}`, () =>
        instance.sink.mailsTo('cert@xa.example').find((one) => one.subject.endsWith(`${of} ${subject}`)),
      );
    const told = await mail(reference, 'Handed over to another body');
    expect(told.text).toContain('Fictional State B, National cybersecurity authority');
    expect(told.text).not.toContain('Theirs to decide');
    await does(agency, id, { act: 'redirect', redirectTo: { party: 'XC' }, ...say('Not in our territory.') });
    expect((await mail(reference, 'Another State named')).text).toContain('Fictional State C');
    const other = await requester.files();
    await does(cert, other.id, { act: 'redirect', ...say('Not ours; we do not know whose.') });
    await mail(other.reference, 'Not the body concerned');
  });

  it('takes back what would still ask the body before, and tells it of a withdrawal', async () => {
    instance.sink.script('cert-alternate@xb.example', { does: 'greylist', times: 3 });
    const { id, reference } = await handedOver();
    await does(requester, id, { act: 'withdraw' });
    const mails = (address: string) =>
      instance.sink.mailsTo(address).filter(({ subject }) => subject.includes(reference));
    await waitUntil('both bodies are told', () =>
      ['cert@xb.example', 'cyber-policy@xb.example'].every((address) =>
        mails(address).some(({ subject }) => subject.endsWith('Request withdrawn')),
      ),
    );
    await instance.forward(60 * minute);
    await waitUntil('nothing waits any more', async () =>
      (await requester.deliveries(id)).every(({ settledAt }) => settledAt !== null),
    );
    const late = mails('cert-alternate@xb.example').filter(({ text }) => text.includes('/ack/'));
    expect(late).toEqual([]);
  });

  it('lets that body alone act from then on', async () => {
    const { id } = await handedOver();
    const refused = await cert.acts(id, { act: 'acknowledge' });
    expect([refused.status, refused.body]).toMatchObject([409, { reason: 'not-your-body' }]);
    expect((await cert.sees(id)).allowedActs.filter(({ allowed }) => allowed)).toEqual([]);
    await does(agency, id, { act: 'acknowledge' });
    await does(agency, id, { act: 'determine', answer: 'can-assist' });
    await does(requester, id, { act: 'accept-offer' });
    expect(await does(agency, id, { act: 'report-progress', ...say('Done by noon.') })).toMatchObject({
      addressees: [{ state: 'redirected' }, { state: 'in-progress' }],
    });
    await does(agency, id, { act: 'complete' });
    expect(await does(requester, id, { act: 'close' })).toMatchObject({
      state: 'closed',
      addressees: [{ state: 'redirected' }, { state: 'closed' }],
    });
  });

  it('goes back and forth, and an amendment reaches the body that holds it', async () => {
    const { id } = await handedOver();
    await does(agency, id, { act: 'redirect', redirectTo: to('cert'), ...say('Yours after all.') });
    await does(cert, id, { act: 'acknowledge' });
    const amended = await does(requester, id, {
      act: 'amend',
      answers: { parties: { reference: 'XA-0001' } },
    });
    expect(amended.timeline.filter(({ act }) => act === 'amend').map(({ body }) => body)).toEqual([
      bodyOf('cert'),
    ]);
  });

  it('is withdrawn where it is held', async () => {
    const { id } = await handedOver();
    const { state, addressees } = await does(requester, id, { act: 'withdraw' });
    expect([state, addressees.map((line) => line.state)]).toEqual(['withdrawn', ['redirected', 'withdrawn']]);
  });

  it('of several addressees shows the others nothing', async () => {
    const { id } = await handedOver({ to: ['XB', 'XC'] });
    const other = await instance.officer('officer@xc.example');
    expect(JSON.stringify(await other.sees(id))).not.toMatch(/\bXB\b|"hand-over"|Theirs to decide/);
    await does(other, id, { act: 'acknowledge' });
    await does(agency, id, { act: 'acknowledge' });
  });

  it('refuses a body that is none of the own party, the own body, and one of another State', async () => {
    const { id } = await requester.files();
    const other = ((await cert.get('/parties/XC')).body as { bodies: typeof bodies }).bodies[0]?.id ?? '';
    for (const [redirectTo, pointer] of [
      [{ party: 'XB' }, '#/redirectTo/body'],
      [to('cert'), '#/redirectTo/body'],
      [{ party: 'XB', body: other }, '#/redirectTo/body'],
      [{ party: 'XC', body: other }, '#/redirectTo/body'],
      [{ party: 'XA' }, '#/redirectTo/party'],
      [{ party: 'XB', body: 'cert' }, '#/redirectTo/body'],
    ] as const) {
      const { status, body } = await cert.acts(id, { act: 'redirect', redirectTo, ...say('Not ours.') });
      expect([status, body]).toMatchObject([400, { errors: [{ pointer }] }]);
    }
    expect((await requester.sees(id)).addressees).toHaveLength(1);
    expect((await agency.get(`/requests/${id}`)).status).toBe(404);
  });
});

import type { LineClocks } from '#libs/requests';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

const say = (text: string) => ({ text: { text, language: 'en' } });
const minute = 60_000;
const cannot = (reason: string) => ({
  act: 'determine',
  answer: 'cannot',
  answers: { refusal: { reasons: [reason] } },
});

describe('the life of a request to its end', () => {
  let instance: Instance;
  let requester: Officer;
  let addressee: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    addressee = await instance.officer('officer@xb.example');
  });
  afterAll(() => instance.stop());

  const does = async (officer: Officer, id: string, act: object) => {
    const { status, body } = await officer.acts(id, act);
    if (status !== 200) throw new Error(`${JSON.stringify(act)} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const told = async (to: string, reference: string, subject: string) =>
    waitUntil(`${to} is told: ${subject}`, () =>
      instance.sink.mailsTo(to).find((one) => one.subject.endsWith(`${reference} ${subject}`)),
    );

  it('leads from taking it over a question to an answer, its terms, progress, completion and the end', async () => {
    const { id, reference } = await requester.files();
    await does(addressee, id, { act: 'acknowledge' });
    const taken = await does(addressee, id, { act: 'take' });
    expect(taken.addressees[0]?.takenBy).toMatchObject({ name: 'Officer of CERT XB' });
    await does(addressee, id, { act: 'assess' });
    await does(addressee, id, { act: 'ask', ...say('Which version of the file server?') });
    await does(requester, id, { act: 'answer-question', ...say('The one of March.') });
    await does(addressee, id, {
      act: 'determine',
      answer: 'in-part',
      answers: {
        determination: {
          capabilities: { answer: 'yes' },
          capacity: { answer: 'in-part' },
          resources: { answer: 'yes' },
        },
        timeframe: { endsAt: { availability: 'to-follow' } },
        nature: { kinds: ['analysis'] },
        scope: { systems: { text: 'The two hospitals.', language: 'en' } },
        terms: {
          cost: { basis: 'free' },
          data: { ending: 'deleted', details: { text: 'Samples are deleted afterwards.', language: 'en' } },
        },
      },
    });
    const accepted = await does(requester, id, { act: 'accept-offer' });
    expect(accepted.addressees[0]).toMatchObject({ state: 'agreed', answer: 'in-part' });
    await does(addressee, id, { act: 'report-progress', ...say('The strain is known.') });
    await does(addressee, id, { act: 'complete' });
    const closed = await does(requester, id, { act: 'close' });
    expect(closed).toMatchObject({ state: 'closed', addressees: [{ state: 'closed' }] });

    const theirs = await addressee.sees(id);
    const said = theirs.timeline.find((event) => event.act === 'determine')?.said;
    expect(said).toMatchObject({
      template: { key: 'response', version: 1 },
      answer: 'in-part',
      answers: { terms: { cost: { basis: 'free' } } },
    });
    expect(theirs.timeline.map(({ act, to }) => [act, to]).slice(-3)).toEqual([
      ['report-progress', 'in-progress'],
      ['complete', 'completed'],
      ['close', 'closed'],
    ]);
    const answer = await told('cert@xa.example', reference, 'Answer');
    for (const words of ['The two hospitals.', 'Samples are deleted afterwards.'])
      expect([words, answer.text.includes(words)]).toEqual([words, true]);
    expect((await told('cert@xa.example', reference, 'Progress')).text).toContain('The strain is known');
    expect((await told('cert@xa.example', reference, 'Assistance completed')).text).not.toContain('strain');
    expect((await told('cert@xb.example', reference, 'Assistance accepted')).text).toContain('good faith');
  });

  it('can be answered at once, which acknowledges, and refused with a reason', async () => {
    const { id } = await requester.files();
    const early = await addressee.acts(id, { act: 'determine', answer: 'cannot' });
    expect([early.status, early.body]).toMatchObject([
      400,
      { errors: [{ pointer: '#/answers/refusal/reasons' }] },
    ]);
    const { addressees } = await does(addressee, id, cannot('no-capacity'));
    expect(addressees[0]).toMatchObject({
      state: 'answered',
      answer: 'cannot',
      acknowledgedBy: { kind: 'officer' },
    });
    expect(addressees[0]?.acknowledgedAt).toBe(addressees[0]?.answeredAt);
    const nothing = await requester.acts(id, { act: 'accept-offer' });
    expect([nothing.status, nothing.body]).toMatchObject([409, { reason: 'not-yet' }]);
    const clocks = (await requester.get(`/requests/${id}/clocks`)).body as { items: LineClocks[] };
    expect(clocks.items[0]?.clocks.map(({ state }) => state)).toEqual(['met', 'met', 'met', 'met']);
  });

  it('pauses net time, and never waiting time, while a question to the requester is open', async () => {
    const { id } = await requester.files({ urgency: 'U2' });
    await does(addressee, id, { act: 'acknowledge' });
    await does(addressee, id, { act: 'ask', ...say('Which hospital?') });
    await instance.forward(90 * minute);
    const ask = async () =>
      ((await requester.get(`/requests/${id}/clocks`)).body as { items: LineClocks[] }).items[0]?.clocks;
    const open = await ask();
    expect(open?.map(({ target, measure, state }) => `${target} ${measure} ${state}`)).toEqual([
      'acknowledge waiting met',
      'acknowledge net met',
      'first-answer waiting running',
      'first-answer net paused',
    ]);
    expect(open?.[3]?.paused?.because).toBe('question-open');
    await does(requester, id, { act: 'answer-question', ...say('The northern one.') });
    const after = await ask();
    expect(after?.[3]).toMatchObject({ state: 'running' });
    expect(Math.round((after?.[2]?.elapsedMinutes ?? 0) - (after?.[3]?.elapsedMinutes ?? 0))).toBe(90);
  });

  it('asks for more time while assessing, and stays there', async () => {
    const { id } = await requester.files();
    await does(addressee, id, { act: 'acknowledge' });
    await does(addressee, id, { act: 'assess' });
    const nextAnswerBy = new Date(Date.now() + 48 * 60 * minute).toISOString();
    const { addressees } = await does(addressee, id, {
      act: 'determine',
      answer: 'more-time',
      answers: { moreTime: { until: nextAnswerBy.replace(/\.\d+Z$/, 'Z') } },
    });
    expect(addressees[0]).toMatchObject({ state: 'assessing', answer: 'more-time', answeredAt: null });
  });

  it('is redirected with what is known of the other, closed, and reopened', async () => {
    const { id } = await requester.files();
    const { addressees } = await does(addressee, id, {
      act: 'redirect',
      redirectTo: { party: 'XC' },
      ...say('The servers are not ours.'),
    });
    expect(addressees[0]?.state).toBe('redirected');
    const { timeline } = await requester.sees(id);
    expect(timeline.find(({ act }) => act === 'redirect')?.said).toMatchObject({
      redirectTo: { party: 'XC' },
    });
    expect(await does(requester, id, { act: 'close' })).toMatchObject({ state: 'closed' });
    expect(await does(requester, id, { act: 'reopen' })).toMatchObject({
      state: 'sent',
      addressees: [{ state: 'acknowledged', endedAt: null }],
    });
  });

  it('keeps internal notes within their party, whichever it is', async () => {
    const { id } = await requester.files();
    await does(addressee, id, { act: 'note', ...say('addressee-internal-words') });
    await does(requester, id, { act: 'note', ...say('requester-internal-words') });
    await does(addressee, id, { act: 'message', ...say('words for both') });
    const [ours, theirs] = [await requester.sees(id), await addressee.sees(id)].map((view) =>
      JSON.stringify(view),
    );
    expect(ours).toContain('requester-internal-words');
    expect(ours).not.toContain('addressee-internal-words');
    expect(theirs).toContain('addressee-internal-words');
    expect(theirs).not.toContain('requester-internal-words');
    for (const view of [ours, theirs]) expect(view).toContain('words for both');
  });

  it('of several lines: each its own answer, and over when all are', async () => {
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    const other = await instance.officer('officer@xc.example');
    const can = { act: 'determine', answer: 'can-assist' };
    await does(addressee, id, can);
    await does(other, id, cannot('legal-bar'));
    expect((await requester.acts(id, { act: 'close' })).body).toMatchObject({
      errors: [{ pointer: '#/addressee' }],
    });
    expect(await does(requester, id, { act: 'close', addressee: 'XC' })).toMatchObject({ state: 'sent' });
    expect(await does(requester, id, { act: 'close', addressee: 'XB' })).toMatchObject({ state: 'closed' });
    expect(JSON.stringify(await addressee.sees(id))).not.toMatch(/\bXC\b|legal-bar/);
  });

  it('refuses a redirect to a State that is none, and parts that do not belong to the act', async () => {
    const { id } = await requester.files();
    const refused = async (officer: Officer, act: object) => {
      const { status, body } = (await officer.acts(id, act)) as { status: number; body: unknown };
      return [status, (body as { errors: { pointer: string }[] }).errors.map(({ pointer }) => pointer)];
    };
    for (const party of ['ZZ', 'XA'])
      expect(
        await refused(addressee, { act: 'redirect', redirectTo: { party }, ...say('Not ours.') }),
      ).toEqual([400, ['#/redirectTo/party']]);
    expect(await refused(requester, { act: 'amend', answers: {}, ...say('lost words') })).toEqual([
      400,
      ['#/text'],
    ]);
    expect(await refused(requester, { act: 'amend', answers: {} })).toEqual([400, ['#/answers']]);
    expect((await requester.sees(id)).timeline.map(({ act }) => act)).not.toContain('amend');
  });

  it('is withdrawn as a whole although a line was closed before', async () => {
    const { id } = await requester.files({ to: ['XB', 'XC'] });
    await does(addressee, id, cannot('no-capacity'));
    await does(requester, id, { act: 'close', addressee: 'XB' });
    const whole = await does(requester, id, { act: 'withdraw' });
    expect(whole.state).toBe('withdrawn');
    expect(whole.withdrawnAt).not.toBeNull();
    expect(whole.addressees.map(({ party, state }) => [party, state]).sort()).toEqual([
      ['XB', 'closed'],
      ['XC', 'withdrawn'],
    ]);
  });

  it('shows what can be done next with the reason why not, and refuses a stale act', async () => {
    const { id } = await requester.files();
    const { allowedActs, version } = await addressee.sees(id);
    const can = allowedActs.filter(({ allowed }) => allowed).map(({ act }) => act);
    expect(can).toEqual(['acknowledge', 'take', 'ask', 'determine', 'redirect', 'message', 'note']);
    for (const { allowed, because } of allowedActs) if (!allowed) expect(because).toMatch(/\w/);
    await does(addressee, id, { act: 'acknowledge', version });
    const stale = await addressee.acts(id, { act: 'assess', version });
    expect([stale.status, stale.body]).toMatchObject([409, { version: version + 1, state: 'acknowledged' }]);
  });
});

import type { LineClocks } from '#libs/requests';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;
const text = { text: 'Theirs to decide.', language: 'en' };

describe('a request that was handed over', () => {
  let instance: Instance;
  let requester: Officer;
  let cert: Officer;
  let agency: Officer;
  let redirection: object;

  beforeEach(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    cert = await instance.officer('officer@xb.example');
    agency = await instance.officer('policy@xb.example');
    const { bodies } = (await cert.get('/parties/XB')).body as { bodies: { id: string; kind: string }[] };
    const body = bodies.find(({ kind }) => kind === 'agency')?.id;
    redirection = { act: 'redirect', redirectTo: { party: 'XB', body }, text };
  });
  afterEach(() => instance.stop());

  const does = async (officer: Officer, id: string, act: object) => {
    const { status, body } = await officer.acts(id, act);
    if (status !== 200) throw new Error(`${JSON.stringify(act)} answered ${status}: ${JSON.stringify(body)}`);
    return body;
  };
  const mailTo = (address: string, about: string) =>
    waitUntil(`${address} is told`, () =>
      instance.sink.mailsTo(address).find(({ subject }) => subject.includes(about)),
    );
  const reminders = (to: string) =>
    instance.sink.mailsTo(to).filter(({ subject }) => subject.includes('Reminder'));

  it('is acknowledged by no link of the body that had it before', async () => {
    const { id, reference } = await requester.files();
    const link = AckLink.in(await mailTo('cert@xb.example', reference));
    await does(cert, id, redirection);
    const page = await link.submit('A. Duty');
    expect(page.status).toBe(200);
    expect(page.text).toContain('Receipt is already acknowledged');
    const { addressees, timeline } = await requester.sees(id);
    expect(addressees.map(({ state, acknowledgedBy }) => [state, acknowledgedBy?.name ?? null])).toEqual([
      ['redirected', 'Officer of CERT XB'],
      ['sent', null],
    ]);
    expect(timeline.map(({ act }) => act)).not.toContain('acknowledge');
    // The link of the body that holds it does, and says so of its own line.
    const own = AckLink.in(await mailTo('cyber-policy@xb.example', reference));
    expect((await own.submit('P. Desk')).status).toBe(200);
    expect((await requester.sees(id)).addressees.at(-1)?.acknowledgedBy?.name).toBe('P. Desk');
  });

  it('reminds the body that holds it and no other, until it acknowledges', async () => {
    const { id, reference } = await requester.files();
    await does(cert, id, redirection);
    await untilQuiet(instance);
    await instance.forward(15 * minute);
    const first = await waitUntil('the first reminder', () => reminders('cyber-policy@xb.example')[0]);
    expect(first.subject).toBe(`U1 TLP:AMBER ${reference} Reminder: request for assistance`);
    expect((await AckLink.in(first).submit('P. Desk')).status).toBe(200);
    await instance.forward(10 * 60 * minute);
    await instance.worker?.sweep();
    await untilQuiet(instance);
    expect(reminders('cyber-policy@xb.example')).toHaveLength(1);
    for (const to of ['cert@xb.example', 'cert-alternate@xb.example']) expect(reminders(to)).toEqual([]);
    const reminded = (await requester.sees(id)).timeline.filter(({ act }) => act === 'remind');
    expect(reminded).toHaveLength(1);
    const { items } = (await requester.get(`/requests/${id}/clocks`)).body as { items: LineClocks[] };
    expect(items.map(({ clocks: [acknowledge] }) => acknowledge?.state)).toEqual(['met', 'met']);
  });

  it('is closed and reopened where it is held', async () => {
    const { id } = await requester.files();
    await does(cert, id, redirection);
    await does(agency, id, { act: 'determine', answer: 'can-assist' });
    const closed = await does(requester, id, { act: 'close' });
    expect([closed.state, closed.addressees.map(({ state }) => state)]).toEqual([
      'closed',
      ['redirected', 'closed'],
    ]);
    const reopened = await does(requester, id, { act: 'reopen' });
    expect([reopened.state, reopened.addressees.map(({ state }) => state)]).toEqual([
      'sent',
      ['redirected', 'acknowledged'],
    ]);
    const refused = await cert.acts(id, { act: 'assess' });
    expect([refused.status, refused.body]).toMatchObject([409, { reason: 'not-your-body' }]);
    expect(await does(agency, id, { act: 'assess' })).toMatchObject({
      addressees: [{ state: 'redirected' }, { state: 'assessing' }],
    });
  });
});

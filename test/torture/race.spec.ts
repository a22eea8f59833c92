import { AckLink } from '../harness/ack-link.js';
import { copiesOf, expectOnce } from '../harness/copies.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, type Officer } from '../harness/officer.js';
import { untilQuiet } from '../harness/quiet.js';
import type { RequestView } from '#libs/requests';

const many = async <T>(count: number, task: (turn: number) => PromiseLike<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, turn) => task(turn)));

const week = 7 * 86_400_000;

describe('what happens at once', () => {
  let instance: Instance;
  let requester: Officer;
  let duty: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
    duty = await instance.officer('duty@xb.example');
  });
  afterAll(() => instance.stop());

  const filed = async (): Promise<{ request: RequestView; links: [AckLink, AckLink] }> => {
    const request = await requester.files();
    await untilQuiet(instance);
    const linkTo = (address: string) => {
      const [mail] = instance.sink
        .mailsTo(address)
        .filter(({ subject }) => subject.includes(request.reference));
      if (!mail) throw new Error(`no mail about ${request.reference} to ${address}`);
      return AckLink.in(mail);
    };
    return { request, links: [linkTo('cert@xb.example'), linkTo('cert-alternate@xb.example')] };
  };
  const acts = async (id: string) => (await requester.sees(id)).timeline.map(({ act }) => act);
  const told = async (id: string, kind: string) => {
    await untilQuiet(instance);
    return (await requester.deliveries(id)).filter((delivery) => delivery.kind === kind);
  };
  const wrong = ({ code }: AckLink, turn: number) =>
    String((Number(code.replace(' ', '')) + 1 + turn) % 1_000_000).padStart(6, '0');

  it('of twenty acknowledgements, by two mails and by sign-in, one is recorded, and told once', async () => {
    const { request, links } = await filed();
    const [byMail, bySignIn] = await Promise.all([
      many(14, (turn) => (links[turn % 2] ?? links[0]).submit(`Officer ${turn}`)),
      many(6, () => duty.acts(request.id, { act: 'acknowledge' })),
    ]);
    expect(byMail.map(({ status }) => status)).toEqual(byMail.map(() => 200));
    const done = byMail.filter(({ text }) => !text.includes('Receipt is already acknowledged'));
    const accepted = bySignIn.filter(({ status }) => status === 200);
    expect(done.length + accepted.length).toBe(1);
    for (const { status, body } of bySignIn)
      if (status !== 200)
        expect([status, body]).toMatchObject([409, { type: 'urn:aldis:problem:act-not-possible' }]);

    const seen = await requester.sees(request.id);
    const [event, ...more] = seen.timeline.filter(({ act }) => act === 'acknowledge');
    expect(more).toEqual([]);
    expect(seen.addressees).toMatchObject([{ state: 'acknowledged', version: 2, acknowledgedBy: event?.by }]);
    expect(event?.by.kind).toBe(done.length === 1 ? 'link-bearer' : 'officer');
    const mails = await told(request.id, 'acknowledged');
    expect(mails).toHaveLength(3);
    expectOnce(instance.sink, mails);
    for (const { notice } of mails)
      expect(copiesOf(instance.sink, notice)[0]?.text).toContain(
        event?.by.kind === 'link-bearer' ? event.by.name : '',
      );
  });

  it('an acknowledgement and a withdrawal agree on which was first', async () => {
    for (let round = 0; round < 8; round++) {
      const { request, links } = await filed();
      const [page, withdrawal] = await Promise.all([
        links[0].submit('A. Duty'),
        requester.acts(request.id, { act: 'withdraw' }),
      ]);
      expect([withdrawal.status, withdrawal.body.state]).toEqual([200, 'withdrawn']);
      const [line] = (await requester.sees(request.id)).addressees;
      const order = (await acts(request.id)).filter((act) => act === 'acknowledge' || act === 'withdraw');
      const acknowledged = order[0] === 'acknowledge';
      expect(order).toEqual(
        acknowledged ? ['acknowledge', 'withdraw', 'withdraw'] : ['withdraw', 'withdraw'],
      );
      expect([line?.state, line?.acknowledgedAt !== null]).toEqual(['withdrawn', acknowledged]);
      expect(page.status).toBe(acknowledged ? 200 : 410);
      expect(await told(request.id, 'acknowledged')).toHaveLength(acknowledged ? 3 : 0);
      expect(await told(request.id, 'withdrawn')).toHaveLength(2);
    }
  });

  it('each wrong code counts, however many come at once; the tenth locks the link, and only this one', async () => {
    const { request, links } = await filed();
    const [link, other] = links;
    const nine = await many(9, (turn) => link.submit('Guess', wrong(link, turn)));
    expect(nine.map(({ status }) => status)).toEqual(nine.map(() => 422));
    expect((await link.submit('Guess', wrong(link, 9))).status).toBe(422);
    const late = await link.submit('A. Duty');
    expect(late.status).toBe(410);
    expect(late.text).toContain('Too many wrong codes');
    expect(await acts(request.id)).not.toContain('acknowledge');
    expect((await other.submit('B. Duty')).status).toBe(200);
    expect((await requester.sees(request.id)).addressees[0]?.acknowledgedBy?.name).toBe('B. Duty');
  });

  it('of thirty wrong codes at once ten are looked at, and nine leave one try for the right one', async () => {
    const { request, links } = await filed();
    const [guessed, spared] = links;
    await many(30, (turn) => guessed.submit('Guess', wrong(guessed, turn)));
    await many(9, (turn) => spared.submit('Guess', wrong(spared, turn)));
    const tries = await instance.database.rows<{ tries_left: number }>(
      'SELECT tries_left FROM ack_links WHERE request_id = $1 ORDER BY tries_left',
      [request.id],
    );
    expect(tries.map((link) => link.tries_left)).toEqual([0, 1]);
    expect((await guessed.submit('A. Duty')).status).toBe(410);
    expect(await acts(request.id)).not.toContain('acknowledge');
    expect((await spared.submit('B. Duty')).status).toBe(200);
  });

  it('twenty calls under one key file once, and are answered alike', async () => {
    const answers = await many(20, () => requester.post('/requests', fiveFields, 'twenty-at-once'));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    const [first, ...others] = answers.map(({ body }) => body as RequestView);
    for (const other of others) expect(other).toEqual(first);
    await untilQuiet(instance);
    const deliveries = await requester.deliveries(first?.id ?? '');
    expect(deliveries).toHaveLength(3);
    expectOnce(instance.sink, deliveries);

    const withdrawals = await many(5, () =>
      requester.post(`/requests/${first?.id}/acts`, { act: 'withdraw' }, 'withdraw-at-once'),
    );
    expect(withdrawals.map(({ status }) => status)).toEqual(withdrawals.map(() => 200));
    expect((await acts(first?.id ?? '')).filter((act) => act === 'withdraw')).toHaveLength(2);
  });

  it('one key for two contents files the one and refuses the other', async () => {
    const answers = await many(10, (turn) =>
      requester.post('/requests', { ...fiveFields, urgency: turn % 2 ? 'U3' : 'U4' }, 'two-contents'),
    );
    const filedOnes = answers.filter(({ status }) => status === 201).map(({ body }) => body as RequestView);
    const refused = answers.filter(({ status }) => status === 422);
    expect([filedOnes.length, refused.length]).toEqual([5, 5]);
    expect(new Set(filedOnes.map(({ id }) => id)).size).toBe(1);
    await untilQuiet(instance);
  });

  it('a link ends after seven days, a moment before it still acknowledges', async () => {
    const { request, links } = await filed();
    const { links: unused } = await filed();
    await instance.forward(week - 60_000);
    expect((await links[0].submit('A. Duty')).status).toBe(200);
    await instance.forward(120_000);
    const late = await unused[0].submit('A. Duty');
    expect(late.status).toBe(410);
    // What was acknowledged stays so, also for who opens the old link.
    expect((await links[1].open()).text).toContain('Receipt is already acknowledged');
    requester = await instance.officer('officer@xa.example');
    expect((await requester.sees(request.id)).addressees[0]?.state).toBe('acknowledged');
  });
});

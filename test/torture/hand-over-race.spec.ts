import type { RequestView } from '#libs/requests';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Answer, Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

const rounds = 6;
const text = { text: 'Theirs to decide.', language: 'en' };
const amendment = { act: 'amend', answers: { parties: { reference: 'XA-0001' } } };

interface Line {
  id: string;
  follows: string | null;
  state: string;
  followers: number;
}

describe('what happens while a request is handed over', () => {
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

  const to = (kind: string) => ({ party: 'XB', body: bodies.find((body) => body.kind === kind)?.id });
  const redirects = (officer: Officer, id: string, kind: string, more: object = {}) =>
    officer.acts(id, { act: 'redirect', redirectTo: to(kind), text, ...more });
  /** 200, or the reason of the refusal. */
  const reasonOf = ({ status, body }: Answer<RequestView>): unknown =>
    'reason' in body ? body.reason : status;

  /**
   * What lies in the tables is of one piece: one line begins, each other follows one that was redirected, none is
   * followed twice, and nothing was recorded on a line after it was handed over. Answers the lines in their order.
   */
  const consistent = async (id: string): Promise<Line[]> => {
    const lines = await instance.database.rows<Line>(
      `SELECT id, follows, state,
         (SELECT count(*)::int FROM addressees f WHERE f.follows = a.id) AS followers
       FROM addressees a WHERE request_id = $1 ORDER BY id`,
      [id],
    );
    expect(lines.map(({ follows }) => follows)).toEqual([null, ...lines.slice(0, -1).map((line) => line.id)]);
    expect(lines.map(({ followers }) => followers)).toEqual([...lines.slice(1).map(() => 1), 0]);
    expect(lines.slice(0, -1).map(({ state }) => state)).toEqual(lines.slice(1).map(() => 'redirected'));
    const late = await instance.database.rows(
      `SELECT e.act FROM request_events e JOIN addressees f ON f.follows = e.addressee_id
       JOIN request_events began ON began.addressee_id = f.id AND began.act = 'hand-over'
       WHERE e.request_id = $1 AND e.at >= began.at AND NOT (e.act = 'redirect' AND e.at = began.at)
         AND e.act NOT IN ('accepted-by-relay', 'delivery-failed')`,
      [id],
    );
    expect(late).toEqual([]);
    const [request] = await instance.database.rows<{ state: string }>(
      'SELECT state FROM requests WHERE id = $1',
      [id],
    );
    expect(request?.state).toBe(lines.at(-1)?.state === 'withdrawn' ? 'withdrawn' : 'sent');
    return lines;
  };
  const statesOf = async (id: string) => (await consistent(id)).map(({ state }) => state);

  it('of several redirections by one body one is done', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await requester.files();
      const answers = await Promise.all(
        ['agency', 'ministry', 'agency'].map((kind) => redirects(cert, id, kind)),
      );
      expect(answers.map(reasonOf).toSorted()).toEqual([200, 'not-your-body', 'not-your-body']);
      expect(await statesOf(id)).toEqual(['redirected', 'sent']);
    }
  });

  it('goes to and fro between two bodies, a line for each redirection that was done', async () => {
    const { id } = await requester.files();
    await redirects(cert, id, 'agency');
    await redirects(agency, id, 'cert');
    let done = 2;
    for (let round = 0; round < rounds; round++) {
      const answers = await Promise.all([
        redirects(cert, id, 'agency'),
        redirects(agency, id, 'cert'),
        redirects(cert, id, 'agency'),
      ]);
      const refused = answers.map(reasonOf).filter((reason) => reason !== 200);
      expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['not-your-body'] : []));
      done += answers.length - refused.length;
      expect(await statesOf(id)).toEqual([...Array<string>(done).fill('redirected'), 'sent']);
    }
    expect(done).toBeGreaterThan(rounds);
  });

  it('a withdrawal ends the line that is there in the end', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await requester.files();
      const [redirection, withdrawal] = await Promise.all([
        redirects(cert, id, 'agency'),
        requester.acts(id, { act: 'withdraw' }),
      ]);
      expect(withdrawal.status).toBe(200);
      const handedOver = redirection.status === 200;
      expect(handedOver || reasonOf(redirection) === 'not-in-this-state').toBe(true);
      expect(await statesOf(id)).toEqual(handedOver ? ['redirected', 'withdrawn'] : ['withdrawn']);
      expect((await requester.sees(id)).state).toBe('withdrawn');
    }
  });

  it('a link of the body that hands over acknowledges its own line or none', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id, reference } = await requester.files();
      const mail = await waitUntil('the body is told', () =>
        instance.sink.mailsTo('cert@xb.example').find(({ subject }) => subject.includes(reference)),
      );
      const [redirection, page] = await Promise.all([
        redirects(cert, id, 'agency'),
        AckLink.in(mail).submit('A. Duty'),
      ]);
      expect([redirection.status, page.status]).toEqual([200, 200]);
      expect(await statesOf(id)).toEqual(['redirected', 'sent']);
      const { addressees, timeline } = await requester.sees(id);
      const acts = timeline
        .map(({ act }) => act)
        .filter((act) => act === 'acknowledge' || act === 'redirect');
      const first = acts[0] === 'acknowledge';
      expect(acts).toEqual(first ? ['acknowledge', 'redirect'] : ['redirect']);
      // To redirect is to have received it: who did so first stands on the line.
      expect(addressees.map(({ acknowledgedBy }) => acknowledgedBy?.name ?? null)).toEqual([
        first ? 'A. Duty' : 'Officer of CERT XB',
        null,
      ]);
    }
  });

  it('an amendment reaches the line that holds it, and that alone', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await requester.files();
      const [redirection, amended] = await Promise.all([
        redirects(cert, id, 'agency'),
        requester.acts(id, amendment),
      ]);
      expect([redirection.status, amended.status]).toEqual([200, 200]);
      const [first, second] = await consistent(id);
      const events = await instance.database.rows<{ act: string; line: string }>(
        `SELECT act, addressee_id AS line FROM request_events
         WHERE request_id = $1 AND act IN ('amend', 'redirect', 'hand-over') ORDER BY at, id`,
        [id],
      );
      const handing = [
        { act: 'redirect', line: first?.id },
        { act: 'hand-over', line: second?.id },
      ];
      const amending = (line: Line | undefined) => ({ act: 'amend', line: line?.id });
      expect(events).toEqual(
        events[0]?.act === 'amend' ? [amending(first), ...handing] : [...handing, amending(second)],
      );
    }
  });
});

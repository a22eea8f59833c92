import supertest from 'supertest';
import { samplePassword } from '#libs/directory';
import type { Audience, RouteAudience } from '../../apps/api/src/http/audience.js';
import type { Candidates } from '#libs/requests';
import { hashToken } from '#libs/vault';
import { AckLink } from '../harness/ack-link.js';
import {
  callers,
  isTheirs,
  kinds,
  texts,
  type Caller,
  type Kind,
  type Standing,
} from '../harness/callers.js';
import { Instance } from '../harness/instance.js';
import { fiveFields } from '../harness/officer.js';
import type { Subject } from '../harness/route-call.js';
import { routeCalls } from '../harness/route-calls.js';
import { tablePrints, whereAccessShows } from '../harness/table-prints.js';
import { waitUntil } from '../harness/waiting.js';

/** What each audience means for each standing: let in, or refused with this status. The one place that says so. */
const answers: Record<Audience, Record<Standing, number | 'in'>> = {
  public: { nobody: 'in', holder: 'in', staff: 'in', outsider: 'in', 'other body': 'in', concerned: 'in' },
  named: { nobody: 404, holder: 'in', staff: 404, outsider: 404, 'other body': 404, concerned: 404 },
  network: { nobody: 401, holder: 401, staff: 'in', outsider: 'in', 'other body': 'in', concerned: 'in' },
  member: { nobody: 401, holder: 401, staff: 403, outsider: 'in', 'other body': 'in', concerned: 'in' },
  party: { nobody: 401, holder: 401, staff: 404, outsider: 404, 'other body': 'in', concerned: 'in' },
  body: { nobody: 401, holder: 401, staff: 404, outsider: 404, 'other body': 404, concerned: 'in' },
};

/** What a session is made of, and the ways to one: calls that sign in and prepare for it change these. */
const ofSessions = [...whereAccessShows, 'throttles', 'totp_secrets', 'passkey_challenges'];

describe('who may know what', () => {
  let instance: Instance;
  let routes: RouteAudience[];
  let link: AckLink;
  const filed = {} as Record<Kind, { id: string; reference: string }>;
  const wrongToken = 'A'.repeat(43);
  const nowhere: Subject = {
    request: '01936f3e-8c1a-7b2d-9e4f-0123456789ab',
    ...{ token: wrongToken, invitation: wrongToken, confirmation: wrongToken },
  };
  let invitation: string;
  let confirmation: string;

  beforeAll(async () => {
    instance = await Instance.start();
    routes = instance.api.getHttpAdapter().getInstance().routeAudiences;
    const requester = await instance.officer('officer@xa.example');
    const say = (kind: Kind) => ({ sentence: { text: texts[kind], language: 'en' } });
    filed.both = await requester.files({ to: ['XB', 'XC'], ...say('both') });
    filed.solo = await requester.files(say('solo'));
    filed.draft = await requester.files({ draft: true, ...say('draft') });
    const mail = await waitUntil('the mail about both', () =>
      instance.sink.mailsTo('cert@xb.example').find((one) => one.subject.includes(filed.both.reference)),
    );
    link = AckLink.in(mail);
    invitation = await invited();
    confirmation = await askedToConfirm();
    // Whatever changes from here on, a caller has changed.
    await waitUntil('all is delivered', async () => {
      const rows = await instance.database.rows(`SELECT 1 FROM notices WHERE settled_at IS NULL`);
      return rows.length === 0;
    });
    // With a first checkpoint of the record.
    await instance.worker?.sweep();
    await instance.stopWorker();
  });
  afterAll(() => instance.stop());

  /** The token of an invitation's link, as the invited person reads it in the mail. */
  const invited = async (): Promise<string> => {
    const administrator = await instance.officer('administrator@xb.example');
    const newBody = { kind: 'agency', names: { en: 'Coast guard' } };
    const email = 'invited@xb.example';
    await administrator.post('/invitations', { email, role: 'observer', newBody });
    const { text } = await instance.sink.mailTo(email);
    return /\/invite\/([\w-]{43})/.exec(text)?.[1] ?? '';
  };
  /** The token of an ask to confirm an entry of XB. */
  const askedToConfirm = async (): Promise<string> => {
    const token = 'C'.repeat(43);
    await instance.database.rows(
      `INSERT INTO confirmations (id, point_of_contact_id, party_code, traffic, channel_id, key_id, token_hash, asked_at,
         mailed_at, expires_at)
       SELECT c.id, c.point_of_contact_id, c.party_code, 'actual', c.id, 'k', $1, app.now(), app.now(), app.now() + interval '1 day'
       FROM channels c WHERE c.party_code = 'XB' LIMIT 1`,
      [hashToken(token)],
    );
    return token;
  };
  const cookieOf = async (email: string): Promise<string> => {
    const answer = await instance.anyone.post('/api/v1/sessions').send({ email, password: samplePassword });
    return answer.get('Set-Cookie')?.[0]?.split(';')[0] ?? '';
  };
  const subjectFor = (caller: Caller, kind: Kind): Subject => ({
    request: filed[kind].id,
    token: caller.holdsLink && kind === 'both' ? link.path.replace('/ack/', '') : wrongToken,
    invitation: caller.holdsLink && kind === 'both' ? invitation : wrongToken,
    confirmation: caller.holdsLink && kind === 'both' ? confirmation : wrongToken,
  });
  const send = async (caller: Caller, cookie: string, route: RouteAudience, subject: Subject) => {
    const call = routeCalls[`${route.method === 'HEAD' ? 'GET' : route.method} ${route.url}`];
    if (!call)
      throw new Error(`test/harness/route-calls.ts does not say how to call ${route.method} ${route.url}`);
    const method = route.method.toLowerCase() as 'get' | 'head' | 'post' | 'put' | 'delete';
    // Signing out ends the session: that of this one call. Ending all others is done from the one that goes on.
    const isOwn = route.method === 'DELETE' && route.url === '/api/v1/sessions/current';
    const own = isOwn && caller.email ? await cookieOf(caller.email) : cookie;
    let sent = supertest(instance.url)
      [method](call.at?.(subject) ?? route.url)
      .set('Cookie', own);
    if (call.form) sent = sent.type('form').send(call.form);
    const answer = await (call.body ? sent.send(call.body) : sent);
    return { call, answer };
  };
  /** The kinds of requests that a route can tell apart: one, where it is called alike about all. */
  const toldApart = (caller: Caller, { method, url }: RouteAudience): readonly Kind[] => {
    const at = routeCalls[`${method === 'HEAD' ? 'GET' : method} ${url}`]?.at;
    const called = kinds.map((kind) => at?.(subjectFor(caller, kind)));
    return kinds.filter((_, place) => called.indexOf(called[place]) === place);
  };
  /** What this caller must find nowhere. */
  const secretsFrom = (caller: Caller): string[] =>
    kinds
      .filter((kind) => !['concerned', 'holder'].includes(caller.stands[kind]))
      .flatMap((kind) => [filed[kind].reference, filed[kind].id, texts[kind]]);
  const withoutNonce = (text: string) => text.replaceAll(/nonce="[\w-]+"/g, '');

  it('is declared for every route, in the OpenAPI document as in the server', async () => {
    const { body } = await instance.anyone.get('/api/v1/openapi.json');
    const { paths } = body as { paths: Record<string, Record<string, { 'x-audience'?: string }>> };
    const described = Object.entries(paths).flatMap(([path, operations]) =>
      Object.entries(operations).map(([method, operation]) => ({
        method: method.toUpperCase(),
        url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
        audience: operation['x-audience'],
      })),
    );
    expect(described.length).toBeGreaterThanOrEqual(13);
    expect(routes).toEqual(expect.arrayContaining(described));
    const beside = routes.filter(
      ({ method, url }) =>
        method !== 'HEAD' && !described.some((one) => one.method === method && one.url === url),
    );
    const pages = beside.filter(({ url }) => !url.startsWith('/api/'));
    expect(pages.map(({ method, url, audience }) => `${method} ${url} ${audience}`)).toEqual([
      'GET / public',
      'GET /.well-known/security.txt public',
      'GET /invite/:token named',
      'POST /invite/:token named',
      'GET /organization-sign-in public',
      'POST /organization-sign-in public',
      'GET /organization-sign-in/:provider public',
      'POST /organization-sign-in/:provider public',
      'GET /sign-in public',
      'GET /account network',
      'GET /verify public',
      'GET /verify/aldis-verify.html public',
      'GET /scripts/:name public',
      'GET /ack/:token named',
      'POST /ack/:token named',
      'GET /confirm/:token named',
      'POST /confirm/:token named',
    ]);
    expect(beside.filter(({ url }) => url.startsWith('/api/v1/')).map(({ url }) => url)).toEqual([
      '/api/v1/openapi.json',
    ]);
    expect(
      beside.filter(({ url }) => url.startsWith('/api/')).every(({ audience }) => audience === 'public'),
    ).toBe(true);
  });

  it.each(callers)('is kept towards $is by every route', async (caller) => {
    const cookie = caller.email ? await cookieOf(caller.email) : '';
    const before = await tablePrints(instance.database, ofSessions);
    for (const route of routes)
      for (const kind of toldApart(caller, route)) {
        const { call, answer } = await send(caller, cookie, route, subjectFor(caller, kind));
        const verdict = answers[route.audience][caller.stands[kind]];
        const isRefused =
          (call.officersOnly && !caller.officer) || (call.only && !call.only.includes(caller.email ?? ''));
        const inside = isRefused ? 403 : call.status;
        const what = `${route.method} ${route.url} about ${kind}`;
        expect([what, answer.status]).toEqual([what, verdict === 'in' ? inside : verdict]);
        expect([what, secretsFrom(caller).filter((secret) => answer.text?.includes(secret))]).toEqual([
          what,
          [],
        ]);
        if (verdict !== 404 || route.method === 'HEAD') continue;
        const absent = await send(caller, cookie, route, nowhere);
        expect([what, withoutNonce(answer.text)]).toEqual([what, withoutNonce(absent.answer.text)]);
        expect(answer.headers['content-type']).toBe(absent.answer.headers['content-type']);
      }
    expect(await tablePrints(instance.database, ofSessions)).toEqual(before);
  });

  it.each(callers.filter(({ email }) => email !== undefined))(
    'is kept towards $is in lists, however they are asked for',
    async (caller) => {
      const cookie = await cookieOf(caller.email ?? '');
      const mine = kinds.filter((kind) => caller.stands[kind] === 'concerned').map((kind) => filed[kind].id);
      const seen = new Set<string>();
      for (const query of [
        '',
        '?limit=1',
        '?direction=outgoing',
        '?direction=incoming',
        '?state=sent',
        '?state=draft',
        '?party=XA',
        '?party=XB',
        '?party=XC',
        '?urgency=U1',
      ]) {
        const answer = await instance.anyone.get(`/api/v1/requests${query}`).set('Cookie', cookie);
        expect(secretsFrom(caller).filter((secret) => answer.text.includes(secret))).toEqual([]);
        for (const { id } of (answer.body as { items?: { id: string }[] }).items ?? []) seen.add(id);
      }
      expect([...seen].sort()).toEqual(mine.sort());
    },
  );

  it('tells an addressee nothing of the others', async () => {
    const cookie = await cookieOf('officer@xc.example');
    const read = async (path: string) => instance.anyone.get(`/api/v1${path}`).set('Cookie', cookie);
    for (const path of [
      `/requests/${filed.both.id}`,
      `/requests/${filed.both.id}/deliveries`,
      '/requests',
      '/requests?party=XA',
    ])
      expect((await read(path)).text).not.toMatch(/\bXB\b|xb\.example|State B/);
    expect((await read('/requests?party=XB')).body).toEqual({ items: [], next: null });
    expect((await read('/requests?state=acknowledged')).body).toEqual({ items: [], next: null });
  });

  it.each(callers)('keeps $is from changing what is not theirs', async (caller) => {
    const cookie = caller.email ? await cookieOf(caller.email) : '';
    const before = await tablePrints(instance.database, ofSessions);
    const wanted = {
      ...fiveFields,
      from: undefined,
      to: ['FR'],
      sentence: { text: 'Taken over.', language: 'en' },
    };
    for (const kind of kinds)
      for (const body of [
        ...[
          { act: 'acknowledge' },
          { act: 'acknowledge', addressee: 'XB' },
          { act: 'withdraw' },
          { act: 'send' },
        ],
        ...[
          { act: 'withdraw', addressee: 'XB' },
          { act: 'save', request: wanted },
        ],
      ]) {
        if (isTheirs(caller, kind, body)) continue;
        const path = `/api/v1/requests/${filed[kind].id}/acts`;
        const answer = await instance.anyone.post(path).set('Cookie', cookie).send(body);
        expect([caller.is, kind, body, [400, 401, 403, 404, 409].includes(answer.status)]).toEqual([
          caller.is,
          kind,
          body,
          true,
        ]);
      }
    if (!caller.holdsLink)
      await instance.anyone
        .post(`/ack/${wrongToken}`)
        .type('form')
        .send({ name: 'A. Duty', code: link.code });
    expect(await tablePrints(instance.database, ofSessions)).toEqual(before);
  });

  // The last: it changes what the others are about.
  it('keeps internal notes and sharing lists within their party, by every route that reads', async () => {
    const written = { XA: 'Heliotrope', XB: 'Campanula' } as const;
    // Bodies without an account: nobody is added to those who may see it.
    const bodies = { XA: 'National cybersecurity authority', XB: 'Ministry of Foreign Affairs' } as const;
    const { id } = filed.both;
    const told = async () => (await instance.database.rows('SELECT 1 FROM messages')).length;
    const mails = await told();
    for (const party of ['XA', 'XB'] as const) {
      const word = written[party];
      const officer = await instance.officer(`officer@${party.toLowerCase()}.example`);
      const said = { text: `${word}.`, language: 'en' };
      const { body } = await officer.get(`/requests/${id}/sharing/candidates`);
      const stranger = (body as Candidates).bodies.find(({ names }) => names['en'] === bodies[party])?.id;
      const shared = await officer.post(`/requests/${id}/sharing`, { body: stranger, reason: said });
      const noted = await officer.acts(id, { act: 'note', addressee: 'XB', text: said });
      expect([shared.status, noted.status]).toEqual([201, 200]);
    }
    const events = await instance.database.rows<{ id: string }>(
      `SELECT id FROM request_events WHERE request_id = $1 AND act IN ('note', 'share-with')`,
      [id],
    );
    expect([events.length, await told()]).toEqual([4, mails]);
    const reads = routes.filter(({ method, url }) => method === 'GET' && !url.endsWith('.pdf'));
    for (const caller of callers) {
      const cookie = caller.email ? await cookieOf(caller.email) : '';
      const texts: string[] = [];
      for (const route of reads)
        texts.push((await send(caller, cookie, route, subjectFor(caller, 'both'))).answer.text ?? '');
      for (const event of events)
        texts.push((await instance.anyone.get(`/api/v1/receipts/${event.id}`).set('Cookie', cookie)).text);
      const party = caller.email?.slice(-'xa.example'.length, -'.example'.length).toUpperCase();
      const own = caller.stands.both === 'concerned' ? party : undefined;
      const found = Object.entries(written).filter(([, word]) => texts.join('\n').includes(word));
      expect([caller.is, found.map(([of]) => of)]).toEqual([
        caller.is,
        Object.keys(written).filter((of) => of === own),
      ]);
    }
  });
});

import { samplePassword } from '#libs/directory';
import { Authenticator } from '../harness/authenticator.js';
import { IdentityProvider, type Jar, type Login } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';
import { freePort } from '../harness/waiting.js';

const minute = 60_000;
const mfa: Login = { subject: 'o.fficer', amr: ['pwd', 'mfa'] };
const weak: Login = { subject: 'o.fficer', amr: ['pwd'] };

interface Begun {
  authorizationUrl: string;
  cookie: string;
}

describe('signing in through an organization', () => {
  let instance: Instance;
  let idp: IdentityProvider;
  let administrator: Officer;
  let provider: string;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    idp = await IdentityProvider.start(`${instance.url}/organization-sign-in`);
    administrator = await instance.officer('administrator@xb.example');
    provider = await made();
  });
  afterAll(async () => {
    await idp.stop();
    await instance.stop();
  });
  afterEach(() => {
    idp.tampers = undefined;
  });

  /** A provider of XB's, named by its administrator. */
  const made = async () => {
    const { status, body } = await administrator.post('/identity-providers', idp.input);
    expect([status, body]).toMatchObject([201, { name: 'Ministry', issuer: idp.issuer, endedAt: null }]);
    return (body as { id: string }).id;
  };
  const cookieIn = (answer: { get(name: 'Set-Cookie'): string[] | undefined }, name: string) =>
    (answer.get('Set-Cookie') ?? []).find((line) => line.startsWith(`${name}=`))?.split(';')[0] ?? '';
  const post = (path: string, body: object, cookies: string[]) =>
    instance.anyone.post(`/api/v1${path}`).set('Cookie', cookies.join('; ')).send(body);
  /** Begins; the browser keeps a cookie meanwhile. */
  const begins = async (purpose = 'sign-in', session = '', of = provider): Promise<Begun> => {
    const answer = await post('/organization-sign-ins', { provider: of, purpose }, [session]);
    expect([answer.status, answer.body]).toMatchObject([201, { authorizationUrl: expect.any(String) }]);
    const { authorizationUrl } = answer.body as Begun;
    return { authorizationUrl, cookie: cookieIn(answer, '__Host-aldis-organization') };
  };
  const finish = (back: object, cookies: string[]) => post('/organization-sign-ins/finish', back, cookies);
  /** Signs in, from the beginning to the end. */
  const signsIn = async (login: Login, jar?: Jar) => {
    const { authorizationUrl, cookie } = await begins();
    return finish(await idp.visit(authorizationUrl, login, jar), [cookie]);
  };
  const sessionOf = async (email: string) => {
    const answer = await instance.anyone.post('/api/v1/sessions').send({ email, password: samplePassword });
    return cookieIn(answer, '__Host-aldis');
  };
  const links = async (email: string, login: Login, of = provider) => {
    const session = await sessionOf(email);
    const { authorizationUrl, cookie } = await begins('link', session, of);
    return finish(await idp.visit(authorizationUrl, login), [session, cookie]);
  };
  const get = (path: string, session: string) => instance.anyone.get(`/api/v1${path}`).set('Cookie', session);
  const isRefused = (answer: {
    status: number;
    body: unknown;
    get(name: 'Set-Cookie'): string[] | undefined;
  }) => {
    expect([answer.status, answer.body]).toMatchObject([
      401,
      { type: 'urn:aldis:problem:organization-refused' },
    ]);
    expect(cookieIn(answer, '__Host-aldis')).toBe('');
  };
  const acts = () =>
    instance.database.rows<{ act: string; about: string | null }>(
      `SELECT act, about FROM access_events ORDER BY at, id`,
    );

  it('needs an account that its holder has linked', async () => {
    isRefused(await signsIn(mfa));
    const linked = await links('officer@xb.example', mfa);
    expect([linked.status, linked.body]).toEqual([
      201,
      { purpose: 'link', next: 'signed-in', expiresAt: null },
    ]);
    const session = await sessionOf('officer@xb.example');
    expect((await get('/organization-identities', session)).body).toMatchObject({
      items: [{ provider: { id: provider, name: 'Ministry' } }],
    });
    expect((await acts()).map(({ act }) => act)).toEqual(
      expect.arrayContaining(['make-identity-provider', 'sign-in-refused', 'link-organization']),
    );
    const [row] = await instance.database.rows<{ all: string }>(`SELECT i::text || p::text AS all
      FROM organization_identities i, identity_providers p`);
    expect(row?.all).not.toMatch(new RegExp(`${mfa.subject}|Ministry|${idp.clientSecret}`));
  });

  it('is whole where the provider has checked a second factor, by the values it is known for', async () => {
    for (const login of [mfa, { subject: mfa.subject, acr: 'urn:example:two' }]) {
      const answer = await signsIn(login);
      expect([answer.status, answer.body]).toMatchObject([201, { purpose: 'sign-in', next: 'signed-in' }]);
      expect((await get('/me', cookieIn(answer, '__Host-aldis'))).body).toMatchObject({
        ...{ party: 'XB', role: 'officer' },
        session: { stage: 'full', factor: 'organization' },
      });
    }
  });

  it('waits for the second factor of the account where the provider has checked none', async () => {
    await links('duty@xb.example', { subject: 'd.uty' });
    const key = new Authenticator(instance.url);
    await key.register(await instance.officer('duty@xb.example'));
    for (const login of [{ subject: 'd.uty', amr: ['pwd'] }, { subject: 'd.uty' }]) {
      const answer = await signsIn({ ...login, acr: 'urn:example:one' });
      expect([answer.status, answer.body]).toMatchObject([201, { next: 'second-factor' }]);
      const officer = Officer.bearing(instance.url, answer);
      expect((await officer.get('/me')).status).toBe(401);
      const proof = { passkey: await key.answers() };
      officer.renewedBy(await officer.post('/sessions/current/second-factor', proof));
      expect((await officer.get('/me')).body).toMatchObject({ session: { factor: 'passkey' } });
    }
    // In a sample world nobody is asked for a factor that was never set up.
    const sample = await signsIn(weak);
    expect((await get('/me', cookieIn(sample, '__Host-aldis'))).body).toMatchObject({
      session: { factor: 'none' },
    });
  });

  it('succeeds once, in the browser that began, within ten minutes, with what was given out', async () => {
    const { authorizationUrl, cookie } = await begins();
    const back = await idp.visit(authorizationUrl, mfa);
    const other = await begins();
    isRefused(await finish(back, []));
    isRefused(await finish(back, [other.cookie]));
    isRefused(await finish({ ...back, state: 'A'.repeat(43) }, [cookie]));
    isRefused(
      await finish({ ...back, state: new URL(other.authorizationUrl).searchParams.get('state') }, [cookie]),
    );
    expect((await finish(back, [cookie])).status).toBe(201);
    isRefused(await finish(back, [cookie]));
    // A code of somebody else's, put into a sign-in of one's own.
    const stolen = await idp.visit((await begins()).authorizationUrl, mfa);
    const mine = await begins();
    const { state } = await idp.visit(mine.authorizationUrl, { subject: 'else' });
    isRefused(await finish({ ...stolen, state }, [mine.cookie]));
    const late = await begins();
    const lately = await idp.visit(late.authorizationUrl, mfa);
    await instance.forward(10 * minute + 1_000);
    isRefused(await finish(lately, [late.cookie]));
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.stopWorker();
    expect(await instance.database.rows('SELECT FROM organization_sign_ins')).toEqual([]);
  });

  it('takes no token that is not for it: another nonce, issuer, signature or challenge', async () => {
    const changed = async (name: string, value: string) => {
      const { authorizationUrl, cookie } = await begins();
      const url = new URL(authorizationUrl);
      url.searchParams.set(name, value);
      return finish(await idp.visit(url.href, mfa), [cookie]);
    };
    isRefused(await changed('nonce', 'another'));
    isRefused(await changed('code_challenge', 'A'.repeat(43)));
    for (const iss of ['https://evil.example', undefined]) {
      const { authorizationUrl, cookie } = await begins();
      isRefused(await finish({ ...(await idp.visit(authorizationUrl, mfa)), iss }, [cookie]));
    }
    idp.tampers = (body) =>
      body.replace(
        /("id_token":"[^"]+\.)([^".]+)"/,
        (_, head: string, signature: string) => `${head}${[...signature].reverse().join('')}"`,
      );
    isRefused(await signsIn(mfa));
    // Of another subject, under the signature of the first.
    idp.tampers = (body) =>
      body.replace(/("id_token":"[^".]+\.)([^".]+)/, (_, head: string, claims: string) => {
        const said = Buffer.from(claims, 'base64url').toString().replace('o.fficer', 'o.ffisor');
        return head + Buffer.from(said).toString('base64url');
      });
    isRefused(await signsIn(mfa));
    idp.tampers = undefined;
    expect((await signsIn(mfa)).status).toBe(201);
  });

  it('steps up by it, if that was proved just now, with a second factor, by the same person', async () => {
    const jar: Jar = new Map();
    const login = { ...mfa, at: Math.floor(Date.now() / 1000) - 600 };
    const session = cookieIn(await signsIn(login, jar), '__Host-aldis');
    await instance.database.rows(`UPDATE sessions SET factor_at = factor_at - interval '6 minutes'`);
    const token = { name: 'T', scope: ['read-directory'] };
    expect((await post('/tokens', token, [session])).body).toMatchObject({
      type: 'urn:aldis:problem:step-up-needed',
    });

    const lazy = await begins('step-up', session);
    const url = new URL(lazy.authorizationUrl);
    expect([url.searchParams.get('prompt'), url.searchParams.get('max_age')]).toEqual(['login', '0']);
    url.searchParams.delete('prompt');
    url.searchParams.delete('max_age');
    isRefused(await finish(await idp.visit(url.href, login, jar), [session, lazy.cookie]));
    for (const who of [weak, { subject: 'd.uty', amr: ['mfa'] }]) {
      const wrong = await begins('step-up', session);
      isRefused(await finish(await idp.visit(wrong.authorizationUrl, who), [session, wrong.cookie]));
    }
    const moved = await begins('step-up', session);
    const away = await idp.visit(moved.authorizationUrl, mfa);
    isRefused(await finish(away, [await sessionOf('officer@xb.example'), moved.cookie]));
    const alone = await begins('step-up', session);
    isRefused(await finish(await idp.visit(alone.authorizationUrl, mfa), [alone.cookie]));

    const { authorizationUrl, cookie } = await begins('step-up', session);
    const proved = await finish(await idp.visit(authorizationUrl, mfa, jar), [session, cookie]);
    expect([proved.status, proved.body]).toMatchObject([201, { purpose: 'step-up', next: 'signed-in' }]);
    const renewed = cookieIn(proved, '__Host-aldis');
    expect((await post('/tokens', token, [renewed])).status).toBe(201);
    expect((await get('/me', session)).status).toBe(401);
  });

  it('is linked by nobody but the holder, with a factor given just now, and once', async () => {
    for (const purpose of ['link', 'step-up']) {
      const answer = await post('/organization-sign-ins', { provider, purpose }, []);
      expect(answer.body).toMatchObject({ type: 'urn:aldis:problem:not-signed-in' });
    }
    const foreign = await sessionOf('officer@xa.example');
    expect((await post('/organization-sign-ins', { provider, purpose: 'link' }, [foreign])).status).toBe(404);
    const taken = await links('policy@xb.example', mfa);
    expect([taken.status, taken.body]).toMatchObject([409, { type: 'urn:aldis:problem:conflict' }]);
    expect((await links('officer@xb.example', { subject: 'second' })).status).toBe(409);
    const whole = cookieIn(await signsIn(mfa), '__Host-aldis');
    await instance.database.rows(`UPDATE sessions SET factor_at = factor_at - interval '6 minutes'`);
    const stale = await post('/organization-sign-ins', { provider, purpose: 'link' }, [whole]);
    expect([stale.status, stale.body]).toMatchObject([403, { type: 'urn:aldis:problem:step-up-needed' }]);
    // Begun by one, ended in the browser of another: nobody is linked to what is not theirs.
    const mine = await begins('link', await sessionOf('policy@xb.example'));
    const back = await idp.visit(mine.authorizationUrl, { subject: 'intruder' });
    isRefused(await finish(back, [await sessionOf('officer@xb.example'), mine.cookie]));
  });

  it('is unlinked by the holder, and ends with the account', async () => {
    const whole = cookieIn(await signsIn(mfa), '__Host-aldis');
    const session = await sessionOf('officer@xb.example');
    const { items } = (await get('/organization-identities', session)).body as { items: { id: string }[] };
    const unlink = (of: string) =>
      instance.anyone.delete(`/api/v1/organization-identities/${items[0]?.id}`).set('Cookie', of);
    expect((await unlink(await sessionOf('policy@xb.example'))).status).toBe(404);
    expect((await unlink(session)).status).toBe(204);
    expect([(await get('/me', whole)).status, (await get('/me', session)).status]).toEqual([401, 200]);
    isRefused(await signsIn(mfa));

    expect((await links('policy@xb.example', mfa)).status).toBe(201);
    const found = (await administrator.get('/accounts')).body as { items: { id: string; email: string }[] };
    const { id } = found.items.find(({ email }) => email === 'policy@xb.example') ?? { id: '' };
    const pending = await begins();
    const back = await idp.visit(pending.authorizationUrl, mfa);
    expect((await administrator.delete(`/accounts/${id}`)).status).toBe(200);
    isRefused(await finish(back, [pending.cookie]));
    expect((await links('officer@xb.example', mfa)).status).toBe(201);
  });

  it('is told apart from a provider that is away; a password signs in meanwhile', async () => {
    const dead = `http://localhost:${await freePort()}`;
    await instance.database.rows(`UPDATE identity_providers SET issuer = $1`, [dead]);
    const answer = await post('/organization-sign-ins', { provider }, []);
    expect([answer.status, answer.get('Retry-After'), answer.body]).toMatchObject([
      503,
      '60',
      { type: 'urn:aldis:problem:organization-unavailable' },
    ]);
    expect(await sessionOf('officer@xb.example')).not.toBe('');
    await instance.database.rows(`UPDATE identity_providers SET issuer = $1`, [idp.issuer]);
    expect((await signsIn(mfa)).status).toBe(201);
  });

  it('has pages that work without scripts and change nothing when they are fetched', async () => {
    const page = `/organization-sign-in/${provider}`;
    const offer = await instance.anyone.get(page).set('Accept-Language', 'en');
    expect([offer.status, offer.text]).toEqual([200, expect.stringContaining('Sign in at Ministry')]);
    const leave = await instance.anyone.post(page).type('form').send({});
    const [, href = ''] = /class="sign-in" href="([^"]+)"/.exec(leave.text) ?? [];
    const cookie = cookieIn(leave, '__Host-aldis-organization');
    expect(leave.get('Set-Cookie')?.[0]).toMatch(/HttpOnly; Secure; SameSite=Strict/);
    const back = await idp.visit(href.replaceAll('&amp;', '&'), mfa);
    const returned = `/organization-sign-in?${new URLSearchParams(back).toString()}`;
    for (let count = 0; count < 3; count++) {
      const shown = await instance.anyone.get(returned).set('Accept-Language', 'fr').set('Cookie', cookie);
      expect([shown.status, shown.get('Set-Cookie')]).toEqual([200, undefined]);
      expect(shown.text).toContain(`name="state" value="${back.state}"`);
      expect(shown.text).toContain('lang=en');
      expect(shown.get('Content-Security-Policy')).toContain("form-action 'self'");
    }
    const send = (cookies: string) =>
      instance.anyone.post('/organization-sign-in').type('form').set('Cookie', cookies).send(back);
    const crossing = await send(cookie).set('Sec-Fetch-Site', 'cross-site');
    expect(crossing.status).toBe(403);
    expect((await send('')).status).toBe(401);
    const done = await send(cookie).set('Accept-Language', 'en');
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('You are signed in')]);
    expect((await get('/me', cookieIn(done, '__Host-aldis'))).status).toBe(200);
    const denied = await instance.anyone.get('/organization-sign-in?error=access_denied&state=x');
    expect([denied.status, denied.type]).toEqual([400, 'text/html']);
    for (const unknown of ['x', '01936f3e-8c1a-7b2d-9e4f-0123456789ab'])
      expect((await instance.anyone.get(`/organization-sign-in/${unknown}`)).status).toBe(404);
  });

  it('takes from administrators providers that are what they say', async () => {
    const make = (changes: object) => administrator.post('/identity-providers', { ...idp.input, ...changes });
    const wrong: [object, string][] = [
      [{ issuer: `${idp.issuer}/` }, 'another one'],
      [{ issuer: `${idp.issuer}/elsewhere` }, 'does not answer as an OpenID Connect provider'],
      [{ issuer: `http://localhost:${await freePort()}` }, 'does not answer'],
      [{ issuer: 'http://10.0.0.1' }, 'not a public one'],
      [{ issuer: 'https://169.254.169.254' }, 'not a public one'],
      [{ issuer: 'https://[::ffff:127.0.0.1]' }, 'not a public one'],
      [{ issuer: `${idp.issuer}/.well-known/openid-configuration` }, 'must be an https address'],
      [{ issuer: 'https://a:b@idp.example' }, 'must be an https address'],
      [{ issuer: 'file:///etc/passwd' }, 'must be an https address'],
    ];
    for (const [changes, detail] of wrong) {
      const { status, body } = await make(changes);
      expect([changes, status, body]).toMatchObject([
        changes,
        400,
        { errors: [{ pointer: '#/issuer', detail: expect.stringContaining(detail) }] },
      ]);
    }
    const lax = await make({ secondFactor: { amr: ['mfa', 'pwd'] } });
    expect(lax.body).toMatchObject({ errors: [{ pointer: '#/secondFactor/amr/1' }] });
    for (const email of ['officer@xb.example', 'secretariat@network.example']) {
      const officer = await instance.officer(email);
      expect((await officer.post('/identity-providers', idp.input)).status).toBe(403);
      expect((await officer.delete(`/identity-providers/${provider}`)).status).toBe(403);
    }
    const other = await instance.officer('officer@xa.example');
    expect((await other.get('/identity-providers')).body).toMatchObject({ items: [] });
    expect((await administrator.get('/identity-providers')).body).toMatchObject({
      ...{ redirectUri: `${instance.url}/organization-sign-in` },
      items: [{ id: provider, clientId: 'aldis' }],
    });
  });

  it('goes on with another client secret, and not with a wrong one', async () => {
    const change = (clientSecret: string) =>
      administrator.post(`/identity-providers/${provider}/client-secret`, { clientSecret });
    expect((await change('wrong-secret')).status).toBe(200);
    isRefused(await signsIn(mfa));
    const { body } = await change(idp.clientSecret);
    expect(JSON.stringify(body)).not.toContain(idp.clientSecret);
    expect((await signsIn(mfa)).status).toBe(201);
  });

  it('ends with the provider: sign-ins under way, sessions and links', async () => {
    const session = cookieIn(await signsIn(mfa), '__Host-aldis');
    const pending = await begins();
    const back = await idp.visit(pending.authorizationUrl, mfa);
    expect((await administrator.delete(`/identity-providers/${provider}`)).status).toBe(200);
    expect((await administrator.delete(`/identity-providers/${provider}`)).body).toMatchObject({
      endedAt: expect.any(String),
    });
    isRefused(await finish(back, [pending.cookie]));
    expect((await get('/me', session)).status).toBe(401);
    expect(await instance.database.rows('SELECT FROM organization_identities')).toEqual([]);
    expect((await post('/organization-sign-ins', { provider }, [])).status).toBe(404);
    expect((await instance.anyone.get(`/organization-sign-in/${provider}`)).status).toBe(404);
    // The same provider, named anew, knows nobody.
    provider = await made();
    isRefused(await signsIn(mfa));
  });
});

import { createHash } from 'node:crypto';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import { fiveFields } from '../harness/officer.js';
import { rawCall } from '../harness/raw-call.js';
import { told } from '../harness/told.js';

const noPage = "default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";

describe('what every answer bears', () => {
  let instance: Instance;
  let link: AckLink;
  beforeAll(async () => {
    instance = await Instance.start();
    await (await instance.officer('officer@xa.example')).files();
    link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
  });
  afterAll(() => instance.stop());

  it.each([
    ['/api/v1/health', 200],
    ['/api/v1/openapi.json', 200],
    ['/api/v1/me', 401],
    ['/api/v1/nothing', 404],
    ['/api/docs/swagger-ui.css', 200],
    ['/.well-known/security.txt', 200],
    ['/.well-known/nothing', 404],
    ['/%ff', 400],
  ])('is a policy that lets nothing run, load or frame: %s', async (path, status) => {
    const { headers, ...answer } = await instance.anyone.get(path);
    expect([answer.status, headers['content-security-policy']]).toEqual([status, noPage]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['permissions-policy']).toContain('camera=()');
    // Browsers would insist on https for an address that has none.
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('is there too when what was sent is no HTTP call', async () => {
    const { headers } = await rawCall(Number(instance.env.PORT), 'hello\r\n\r\n');
    expect(headers).toMatchObject({ 'content-security-policy': noPage, 'x-content-type-options': 'nosniff' });
  });

  it('is on pages a policy with a new nonce each time, and no script', async () => {
    const nonces = new Set<string>();
    for (const path of ['/', link.path, '/ack/unknown', '/', link.path]) {
      const { headers, text } = await instance.anyone.get(path);
      const [, nonce = ''] =
        /style-src 'nonce-([\w-]{22})'/.exec(headers['content-security-policy'] ?? '') ?? [];
      expect(text).toContain(`<style nonce="${nonce}">`);
      expect(text).not.toMatch(/<script|\son\w+=|\sstyle=/i);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(5);
  });

  it.each([
    ['/sign-in', "connect-src 'self'; form-action 'none'"],
    ['/verify', "connect-src 'none'; form-action 'none'"],
  ])('is on %s a policy for scripts of our own alone, which call us or nobody', async (path, calls) => {
    const { headers, text } = await instance.anyone.get(path);
    const policy = headers['content-security-policy'] ?? '';
    const [, nonce = ''] =
      /^default-src 'none'; script-src 'self'; style-src 'nonce-([\w-]{22})'; /.exec(policy) ?? [];
    expect(policy).toContain(calls);
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(text).toContain(`<style nonce="${nonce}">`);
    expect(text).not.toMatch(/<script(?![^>]* src="\/scripts\/)|\son\w+=|\sstyle=/i);
    for (const [, script = ''] of text.matchAll(/ src="([^"]+)"/g))
      expect((await instance.anyone.get(script)).headers['content-type']).toBe(
        'text/javascript; charset=utf-8',
      );
  });

  it('lets the verifier be saved and never shown, with a policy of its own inside', async () => {
    const { headers, text } = await instance.anyone.get('/verify/aldis-verify.html');
    expect(headers).toMatchObject({
      'content-security-policy': noPage,
      'content-disposition': 'attachment; filename="aldis-verify.html"',
    });
    const sha256 = (part = '') => createHash('sha256').update(part).digest('base64');
    const [, script] = /<script type="module">([\s\S]*)<\/script>/.exec(text) ?? [];
    const [, style] = /<style>([\s\S]*)<\/style>/.exec(text) ?? [];
    expect(text).toContain(
      `content="default-src 'none'; script-src 'sha256-${sha256(script)}'; style-src 'sha256-${sha256(style)}'; connect-src 'none';`,
    );
    expect((await instance.anyone.get('/scripts/nothing.js')).status).toBe(404);
  });

  it.each(['/api/docs', '/api/docs/', '/api/docs/index.html'])(
    'is on %s a policy for scripts of our own alone, and the page holds none inside',
    async (path) => {
      const { headers, text } = await instance.anyone.get(path);
      const policy = headers['content-security-policy'] ?? '';
      expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}';/);
      expect(policy).not.toMatch(/unsafe|\*/);
      const [, nonce = ''] = /'nonce-([\w-]+)'/.exec(policy) ?? [];
      for (const [tag] of text.matchAll(/<style[^>]*>/g)) expect(tag).toBe(`<style nonce="${nonce}">`);
      for (const [tag] of text.matchAll(/<script[^>]*>\s*[^<\s]/g))
        expect(tag).toBe('a script inside the page');
      expect([...text.matchAll(/<script src="[./a-z-]+">/g)].length).toBe(3);
      expect(text).not.toMatch(/\s(style|on[a-z]+)="/);
      expect(headers['content-length']).toBe(String(Buffer.byteLength(text)));
      expect(createHash('sha256').update(text).digest('hex')).not.toBe(
        createHash('sha256')
          .update((await instance.anyone.get(path)).text)
          .digest('hex'),
      );
    },
  );

  it('names the contact for weaknesses, as plain text', async () => {
    const { headers, text } = await instance.anyone.get('/.well-known/security.txt');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(text).toMatch(/^Contact: mailto:security@aldis\.example\r\nExpires: \d{4}-\d\d-\d\dT/);
  });

  it.each(['https://evil.example', 'http://localhost:1', 'null'])(
    'is a refusal to who changes something from %s with a session',
    async (origin) => {
      const officer = await instance.officer('officer@xa.example');
      const refused = await officer.post('/requests', fiveFields).set('Origin', origin);
      expect([refused.status, told(refused)]).toEqual([403, ['none']]);
      expect((await officer.get('/me').set('Origin', origin)).status).toBe(200);
    },
  );

  it('is no refusal to our own pages, though the form behind a link tells nobody where it is', async () => {
    const officer = await instance.officer('officer@xa.example');
    const own = await officer.post('/requests', { ...fiveFields, to: ['ZZ'] }).set('Origin', instance.url);
    expect(own.status).toBe(400);
    expect((await link.submit('A. Duty', '').set('Origin', 'null')).status).toBe(422);
    expect((await link.submit('A. Duty', '').set('Origin', 'https://evil.example')).status).toBe(403);
  });
});

describe('an instance that is reached over https and names no contact', () => {
  let instance: Instance;
  beforeAll(async () => {
    const env = { PUBLIC_URL: 'https://aldis.example', SECURITY_CONTACT: '' };
    instance = await Instance.start({ worker: false, env });
  });
  afterAll(() => instance.stop());

  it('has browsers insist on https for two years, whatever the answer', async () => {
    for (const path of ['/', '/api/v1/health', '/api/v1/me', '/nothing', '/ack/x'])
      expect([path, (await instance.anyone.get(path)).headers['strict-transport-security']]).toEqual([
        path,
        'max-age=63072000; includeSubDomains',
      ]);
  });

  it('has no security.txt', async () => {
    const answer = await instance.anyone.get('/.well-known/security.txt');
    expect([answer.status, answer.headers['content-type']]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ]);
  });
});

describe('one address that calls too often', () => {
  let instance: Instance;
  let link: AckLink;
  beforeAll(async () => {
    instance = await Instance.start({ env: { RATE_LIMIT_PER_MINUTE: '45', TRUSTED_PROXIES: 'loopback' } });
    await (await instance.officer('officer@xa.example')).files();
    link = AckLink.in(await instance.sink.mailTo('cert@xb.example'));
  });
  afterAll(() => instance.stop());

  const from = (address: string, path = '/api/v1/health') =>
    instance.anyone.get(path).set('X-Forwarded-For', address);

  it('is told when to come again, also where there is nothing, and others are not concerned', async () => {
    for (let calls = 0; calls < 45; calls++)
      expect((await from('203.0.113.7', calls % 2 ? '/nothing' : '/api/v1/health')).status).not.toBe(429);
    for (const path of ['/api/v1/health', '/nothing', '/api/docs', '/%ff']) {
      const { status, headers, body } = await from('203.0.113.7', path);
      if (path === '/%ff') continue;
      expect([path, status, headers['content-type']]).toEqual([
        path,
        429,
        'application/problem+json; charset=utf-8',
      ]);
      expect(body).toMatchObject({ type: 'urn:aldis:problem:too-many-calls', status: 429 });
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(headers['retry-after'])).toBeLessThanOrEqual(60);
    }
    expect((await from('203.0.113.8')).status).toBe(200);
  });

  it('is with IPv6 a whole network of 64 bits', async () => {
    for (let calls = 0; calls < 45; calls++)
      expect((await from(`2001:db8:0:1::${(calls + 1).toString(16)}`)).status).toBe(200);
    expect((await from('2001:db8:0:1:ffff::1')).status).toBe(429);
    expect((await from('2001:db8:0:2::1')).status).toBe(200);
  });

  it('may send the form behind a link less often still, and is told so by a page', async () => {
    const send = (address: string) => link.submit('A. Duty', '').set('X-Forwarded-For', address);
    for (let calls = 0; calls < 3; calls++) expect((await send('203.0.113.9')).status).toBe(422);
    const { status, headers, text } = await send('203.0.113.9');
    expect([status, headers['content-type']]).toEqual([429, 'text/html; charset=utf-8']);
    expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    expect(text).toMatch(/<h1>/);
    expect((await from('203.0.113.9', link.path)).status).toBe(200);
    expect((await send('203.0.113.10')).status).toBe(422);
  });

  it('cannot name another for itself unless it is a proxy that is trusted', async () => {
    const open = await Instance.start({
      worker: false,
      env: { RATE_LIMIT_PER_MINUTE: '20', TRUSTED_PROXIES: '192.0.2.1' },
    });
    try {
      const statuses: number[] = [];
      for (let calls = 0; calls < 21; calls++)
        statuses.push(
          (await open.anyone.get('/api/v1/health').set('X-Forwarded-For', `203.0.113.${calls}`)).status,
        );
      expect([statuses.slice(0, 20).every((status) => status === 200), statuses[20]]).toEqual([true, 429]);
    } finally {
      await open.stop();
    }
  });
});

import type { ApiTokenView, NewApiToken } from '#libs/access';
import { Authenticator } from '../harness/authenticator.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, Officer } from '../harness/officer.js';

const hour = 3_600_000;
const day = 24 * hour;

describe('API tokens', () => {
  let instance: Instance;
  let officer: Officer;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    officer = await instance.officer('officer@xb.example');
  });
  afterAll(() => instance.stop());

  const made = async (by: Officer, scope: string[], more: object = {}) => {
    const answer = await by.post('/tokens', { name: 'Ticket system', scope, ...more });
    return { status: answer.status, body: answer.body as NewApiToken };
  };
  const bearing = (token: string) => ({
    get: (path: string) => instance.anyone.get(`/api/v1${path}`).set('Authorization', `Bearer ${token}`),
    post: (path: string, body?: object) =>
      instance.anyone.post(`/api/v1${path}`).set('Authorization', `Bearer ${token}`).send(body),
    delete: (path: string) =>
      instance.anyone.delete(`/api/v1${path}`).set('Authorization', `Bearer ${token}`),
  });
  const listed = async (by = officer) => ((await by.get('/tokens')).body as { items: ApiTokenView[] }).items;
  const filed = async () => (await instance.officer('officer@xa.example')).files();

  it('act for their account within their scope, and say so in the timeline', async () => {
    const { id } = await filed();
    const { status, body } = await made(officer, ['acknowledge-requests']);
    expect([status, body.token]).toEqual([201, expect.stringMatching(/^aldis_[\w-]{43}$/)]);
    expect(body.scope).toEqual(['acknowledge-requests', 'read-requests']);
    const program = bearing(body.token);
    expect((await program.get(`/requests/${id}`)).status).toBe(200);
    expect((await program.post(`/requests/${id}/acts`, { act: 'acknowledge' })).status).toBe(200);
    const { timeline, allowedActs } = (await program.get(`/requests/${id}`)).body as {
      timeline: { act: string; assurance: string }[];
      allowedActs: { act: string; allowed: boolean; because?: string }[];
    };
    expect(timeline.find(({ act }) => act === 'acknowledge')).toMatchObject({ assurance: 'api-token' });
    expect(allowedActs.filter(({ allowed }) => allowed)).toEqual([]);
    expect(allowedActs.find(({ act }) => act === 'take')?.because).toContain('scope of this token');
    expect((await program.post(`/requests/${id}/acts`, { act: 'take' })).status).toBe(403);
    expect((await program.post('/requests', { ...fiveFields, from: 'XB', to: ['XC'] })).status).toBe(403);
    expect((await program.get('/parties')).status).toBe(403);
  });

  it('reach nothing that is for people alone, whatever their scope', async () => {
    const scope = [
      ...['read-directory', 'read-requests', 'file-requests', 'acknowledge-requests'],
      ...['attend-requests', 'answer-requests'],
    ];
    const program = bearing((await made(officer, scope)).body.token);
    expect((await program.get('/points-of-contact?party=XA')).status).toBe(200);
    for (const path of ['/tokens', '/sessions', '/me', '/accounts', '/invitations', '/second-factors'])
      expect([path, (await program.get(path)).status]).toEqual([path, 403]);
    for (const path of ['/tokens', '/totp', '/passkeys/options', '/recovery-codes'])
      expect([path, (await program.post(path)).status]).toEqual([path, 403]);
    const { id } = (await program.post('/requests', { ...fiveFields, from: 'XB', to: ['XC'] })).body as {
      id: string;
    };
    const refused = await program.post(`/requests/${id}/acts`, { act: 'accept-offer' });
    expect([refused.status, refused.body]).toMatchObject([403, { type: 'urn:aldis:problem:step-up-needed' }]);
  });

  it('cannot be for more than the role', async () => {
    const duty = await instance.officer('duty@xb.example');
    expect((await made(duty, ['file-requests'])).status).toBe(403);
    expect((await made(duty, ['manage-party-accounts'])).status).toBe(400);
    expect((await made(duty, [])).status).toBe(400);
    expect((await made(duty, ['attend-requests'], { days: 366 })).status).toBe(400);
    const secretariat = await instance.officer('secretariat@network.example');
    expect((await made(secretariat, ['read-requests'])).status).toBe(403);
    const program = bearing((await made(secretariat, ['read-directory'])).body.token);
    expect([(await program.get('/parties')).status, (await program.get('/requests')).status]).toEqual([
      200, 403,
    ]);
  });

  it('do not see past the walls of their account', async () => {
    const { id } = await filed();
    const policy = await instance.officer('policy@xb.example');
    const program = bearing((await made(policy, ['read-requests'])).body.token);
    expect((await program.get(`/requests/${id}`)).status).toBe(404);
    const directory = bearing((await made(officer, ['read-directory'])).body.token);
    expect((await directory.get('/parties')).status).toBe(200);
    // Without the scope requests do not exist for it, in the walls either.
    expect((await directory.get(`/requests/${id}`)).status).toBe(404);
  });

  it('end when they are revoked, at their time, and with their account', async () => {
    const [first, second] = [
      await made(officer, ['read-requests']),
      await made(officer, ['read-requests'], { days: 1 }),
    ];
    expect((await bearing(first.body.token).get('/requests')).status).toBe(200);
    const duty = await instance.officer('duty@xb.example');
    expect((await duty.delete(`/tokens/${first.body.id}`)).status).toBe(404);
    expect((await officer.delete(`/tokens/${first.body.id}`)).body).toMatchObject({
      revokedAt: expect.any(String),
    });
    expect((await officer.delete(`/tokens/${first.body.id}`)).status).toBe(200);
    expect((await bearing(first.body.token).get('/requests')).status).toBe(401);
    await instance.forward(day);
    officer = await instance.officer('officer@xb.example');
    expect((await bearing(second.body.token).get('/requests')).status).toBe(401);
    const theirs = await made(await instance.officer('duty@xb.example'), ['read-requests']);
    const administrator = await instance.officer('administrator@xb.example');
    const accounts = (
      (await administrator.get('/accounts')).body as { items: { id: string; email: string }[] }
    ).items;
    const { id = '' } = accounts.find(({ email }) => email === 'duty@xb.example') ?? {};
    await administrator.delete(`/accounts/${id}`);
    expect((await bearing(theirs.body.token).get('/requests')).status).toBe(401);
  });

  it('are rotated with an overlap, for as long as before', async () => {
    const old = await made(officer, ['acknowledge-requests'], { days: 30 });
    const rotated = await officer.post(`/tokens/${old.body.id}/rotate`, { overlapHours: 2 });
    const anew = rotated.body as NewApiToken;
    expect([rotated.status, anew.name, anew.scope]).toEqual([201, 'Ticket system', old.body.scope]);
    const works = async () => [
      (await bearing(old.body.token).get('/requests')).status,
      (await bearing(anew.token).get('/requests')).status,
    ];
    expect(await works()).toEqual([200, 200]);
    await instance.forward(2 * hour + 1_000);
    expect(await works()).toEqual([401, 200]);
    expect(Date.parse(anew.expiresAt) - Date.parse(anew.createdAt)).toBe(30 * day);
    expect((await officer.post(`/tokens/${old.body.id}/rotate`, {})).status).toBe(409);
    // Rotated a second time while it still works: what comes of it lasts as long all the same.
    await officer.post(`/tokens/${anew.id}/rotate`, { overlapHours: 2 });
    const second = (await officer.post(`/tokens/${anew.id}/rotate`, { overlapHours: 2 })).body as NewApiToken;
    expect(Date.parse(second.expiresAt) - Date.parse(second.createdAt)).toBe(30 * day);
  });

  it('show when they were last used, and nothing to be used', async () => {
    const { body } = await made(officer, ['read-requests']);
    const seen = async () => (await listed()).find(({ id }) => id === body.id);
    expect(await seen()).toMatchObject({ lastUsedAt: null, name: 'Ticket system' });
    await bearing(body.token).get('/requests');
    expect(await seen()).toMatchObject({ lastUsedAt: expect.any(String) });
    expect(JSON.stringify(await listed())).not.toContain('aldis_');
    const rows = await instance.database.rows<{ row: string }>('SELECT t::text AS row FROM api_tokens t');
    for (const { row } of rows) expect(row).not.toMatch(/aldis_|Ticket/);
  });

  it('are not taken from an address, nor in a broken header', async () => {
    const { token } = (await made(officer, ['read-requests'])).body;
    for (const header of [
      `Basic ${token}`,
      `Bearer ${token}x`,
      'Bearer ',
      `Bearer ${token.slice(0, -1)}`,
      token,
    ])
      expect((await instance.anyone.get('/api/v1/requests').set('Authorization', header)).status).toBe(401);
    expect((await instance.anyone.get(`/api/v1/requests?access_token=${token}`)).status).toBe(401);
  });

  it('need a second factor given just now, and at most twenty work at a time', async () => {
    const other = await instance.officer('officer@xc.example');
    for (let count = 0; count < 20; count++) expect((await made(other, ['read-directory'])).status).toBe(201);
    expect((await made(other, ['read-directory'])).status).toBe(409);
    const [{ id = '' } = {}] = await listed(other);
    expect((await other.post(`/tokens/${id}/rotate`, {})).status).toBe(409);
    expect((await other.post(`/tokens/${id}/rotate`, { overlapHours: 0 })).status).toBe(201);
    const key = new Authenticator(instance.url);
    await key.register(other);
    const response = await key.answers();
    const signedIn = await instance.anyone.post('/api/v1/sessions/passkey').send({ response });
    const session = Officer.bearing(instance.url, signedIn);
    await instance.forward(6 * 60_000);
    const refused = await session.post('/tokens', { name: 'Late', scope: ['read-directory'] });
    expect([refused.status, refused.body]).toMatchObject([403, { type: 'urn:aldis:problem:step-up-needed' }]);
    expect((await listed(session)).length).toBe(21);
  });
});

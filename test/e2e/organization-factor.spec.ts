import { samplePassword } from '#libs/directory';
import { Authenticator } from '../harness/authenticator.js';
import { IdentityProvider, type Login } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';
import { Officer } from '../harness/officer.js';

const mfa: Login = { subject: 'o.fficer', amr: ['pwd', 'mfa'] };
const token = { name: 'T', scope: ['read-directory'] };

describe('a second factor given at an organization', () => {
  let instance: Instance;
  let idp: IdentityProvider;
  let administrator: Officer;
  let provider: string;

  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
    idp = await IdentityProvider.start(`${instance.url}/organization-sign-in`);
    administrator = await instance.officer('administrator@xb.example');
    ({ id: provider } = (await administrator.post('/identity-providers', idp.input)).body as { id: string });
    const linked = await goes(await instance.officer('officer@xb.example'), 'link');
    expect(linked.status).toBe(201);
  });
  afterAll(async () => {
    await idp.stop();
    await instance.stop();
  });

  /** Somebody goes to the provider and comes back; whoever signs in bears nothing before. */
  const goes = async (officer: Officer | undefined, purpose: string, login = mfa) => {
    const by = officer ?? Officer.bearing(instance.url, await instance.anyone.get('/api/v1/ledger/key'));
    const begun = await by.post('/organization-sign-ins', { provider, purpose });
    const { authorizationUrl } = begun.body as { authorizationUrl: string };
    const [cookie = ''] = begun.get('Set-Cookie')?.[0]?.split(';') ?? [];
    const back = await idp.visit(authorizationUrl, login);
    return by.bearingToo(cookie).post('/organization-sign-ins/finish', back);
  };

  it('counts as given when the provider says, and as given long ago where it does not', async () => {
    const tries = async (login: Login) => {
      const officer = Officer.bearing(instance.url, await goes(undefined, 'sign-in', login));
      const [row] = await instance.database.rows<{ minutes: number }>(
        `SELECT extract(epoch FROM app.now() - factor_at)::float / 60 AS minutes FROM sessions
         WHERE factor = 'organization' ORDER BY created_at DESC LIMIT 1`,
      );
      return [(await officer.post('/tokens', token)).status, Math.round(row?.minutes ?? -1)];
    };
    expect((await tries(mfa))[0]).toBe(201);
    expect(await tries({ ...mfa, at: Math.floor(Date.now() / 1000) - 86_400 })).toEqual([403, 24 * 60]);
    await instance.database.rows('UPDATE identity_providers SET client_id = $1', [idp.untimedId]);
    expect(await tries(mfa)).toEqual([403, 5]);
    await instance.database.rows('UPDATE identity_providers SET client_id = $1', [idp.clientId]);
  });

  it('is none for who is in by emergency access', async () => {
    await new Authenticator(instance.url).register(await instance.officer('officer@xb.example'));
    const body = { email: 'officer@xb.example', password: samplePassword };
    const officer = Officer.bearing(instance.url, await instance.anyone.post('/api/v1/sessions').send(body));
    const reason = { text: 'Lost.', language: 'en' };
    const asked = (await officer.post('/emergency-access', { reason })).body as { id: string; code: string };
    const path = `/emergency-access/${asked.id}`;
    for (const voucher of [administrator, await instance.officer('policy@xb.example')])
      expect((await voucher.post(`${path}/approvals`, { code: asked.code })).status).toBe(201);
    officer.renewedBy(await officer.post(`${path}/session`));
    const answer = await goes(officer, 'step-up');
    expect([answer.status, answer.body]).toMatchObject([409, { type: 'urn:aldis:problem:conflict' }]);
    expect((await officer.get('/me')).body).toMatchObject({ session: { factor: 'emergency' } });
  });
});

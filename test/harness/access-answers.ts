import { samplePassword } from '#libs/directory';
import { Secret, TOTP } from 'otpauth';
import { Authenticator } from './authenticator.js';
import { IdentityProvider } from './identity-provider.js';
import type { Keeping } from './keeping.js';
import { Officer } from './officer.js';

/** Every kind of second factor, set up and taken away again. */
export const factors = async ({ instance, keep }: Keeping) => {
  const officer = await instance.officer('policy@xb.example');
  const key = new Authenticator(instance.url);
  const made = await keep('post /api/v1/passkeys/options', officer.post('/passkeys/options'));
  const { challenge } = JSON.parse(made.text) as { challenge: string };
  const passkey = { name: 'Key', response: key.creates(challenge) };
  await keep('post /api/v1/passkeys', officer.post('/passkeys', passkey));
  const begun = await keep('post /api/v1/totp', officer.post('/totp'));
  const { secret } = JSON.parse(begun.text) as { secret: string };
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  await keep('post /api/v1/totp/confirm', officer.post('/totp/confirm', { code }));
  await keep('post /api/v1/recovery-codes', officer.post('/recovery-codes'));
  await keep('post /api/v1/passkeys/challenge', instance.anyone.post('/api/v1/passkeys/challenge'));
  const signIn = async () => ({ response: await key.answers() });
  const alone = instance.anyone.post('/api/v1/sessions/passkey').send(await signIn());
  await keep('post /api/v1/sessions/passkey', alone);
  const found = await keep('get /api/v1/second-factors', officer.get('/second-factors'));
  const waiting = instance.anyone.post('/api/v1/sessions');
  const answer = await waiting.send({ email: 'policy@xb.example', password: samplePassword });
  const proof = { passkey: await key.answers() };
  await keep(
    'post /api/v1/sessions/current/second-factor',
    Officer.bearing(instance.url, answer).post('/sessions/current/second-factor', proof),
  );
  await keep('delete /api/v1/totp', officer.delete('/totp'));
  const [{ id = '' } = {}] = (JSON.parse(found.text) as { passkeys: { id: string }[] }).passkeys;
  await keep('delete /api/v1/passkeys/{id}', officer.delete(`/passkeys/${id}`));
};

/** Somebody of XB has lost the key, and two others vouch. */
export const emergency = async ({ instance, keep }: Keeping) => {
  const emails = ['officer@xb.example', 'duty@xb.example', 'administrator@xb.example'];
  const [officer, ...others] = (await Promise.all(emails.map((email) => instance.officer(email)))) as [
    Officer,
    Officer,
    Officer,
  ];
  await new Authenticator(instance.url).register(officer);
  const signIn = { email: 'officer@xb.example', password: samplePassword };
  officer.renewedBy(await instance.anyone.post('/api/v1/sessions').send(signIn));
  const reason = { text: 'The key is lost.\nSo is the telephone.', language: 'en' };
  const asked = await keep('post /api/v1/emergency-access', officer.post('/emergency-access', { reason }));
  const { id, code } = JSON.parse(asked.text) as { id: string; code: string };
  const list = (of: Officer) => keep('get /api/v1/emergency-access', of.get('/emergency-access'));
  for (const one of others) {
    const approval = one.post(`/emergency-access/${id}/approvals`, { code });
    await keep('post /api/v1/emergency-access/{id}/approvals', approval);
    for (const reader of [officer, one]) await list(reader);
  }
  const entered = await officer.post(`/emergency-access/${id}/session`);
  await keep('post /api/v1/emergency-access/{id}/session', Promise.resolve(officer.renewedBy(entered)));
  await keep('get /api/v1/me', officer.get('/me'));
  await keep('get /api/v1/sessions', officer.get('/sessions'));
  for (const reader of [officer, ...others]) await list(reader);
  await keep('delete /api/v1/emergency-access/{id}', officer.delete(`/emergency-access/${id}`));
};

/** A provider of an organization, from its naming to its end. */
export const organization = async ({ instance, keep, idIn }: Keeping) => {
  const idp = await IdentityProvider.start(`${instance.url}/organization-sign-in`);
  const administrator = await instance.officer('administrator@xb.example');
  const provider = idIn(
    await keep('post /api/v1/identity-providers', administrator.post('/identity-providers', idp.input)),
  );
  await keep('get /api/v1/identity-providers', administrator.get('/identity-providers'));
  const { clientSecret } = idp;
  await keep(
    'post /api/v1/identity-providers/{id}/client-secret',
    administrator.post(`/identity-providers/${provider}/client-secret`, { clientSecret }),
  );
  for (const purpose of ['link', 'step-up', 'sign-in']) {
    const begun = await administrator.post('/organization-sign-ins', { provider, purpose });
    await keep('post /api/v1/organization-sign-ins', Promise.resolve(begun));
    const { authorizationUrl } = begun.body as { authorizationUrl: string };
    const back = await idp.visit(authorizationUrl, { subject: 'a.dministrator', amr: ['mfa'] });
    const bearing = administrator.bearingToo(begun.get('Set-Cookie')?.[0]?.split(';')[0] ?? '');
    const done = await bearing.post('/organization-sign-ins/finish', back);
    await keep('post /api/v1/organization-sign-ins/finish', Promise.resolve(done));
    administrator.renewedBy(done);
  }
  const listed = await keep(
    'get /api/v1/organization-identities',
    administrator.get('/organization-identities'),
  );
  const [{ id = '' } = {}] = (JSON.parse(listed.text) as { items: { id: string }[] }).items;
  await keep(
    'delete /api/v1/organization-identities/{id}',
    administrator.delete(`/organization-identities/${id}`),
  );
  await keep(
    'delete /api/v1/identity-providers/{id}',
    administrator.delete(`/identity-providers/${provider}`),
  );
  await idp.stop();
};

/** An announcement, read and withdrawn, and the one that corrects it. */
export const announcements = async ({ instance, keep, idIn }: Keeping) => {
  const secretariat = await instance.officer('secretariat@network.example');
  const reader = await instance.officer('officer@xa.example');
  const path = '/api/v1/announcements';
  const said = { text: 'Two lines.\nThe second.', language: 'en' };
  const input = { title: 'Review', text: [said], audience: 'everyone', byMail: false };
  const announce = (changes: object = {}) =>
    keep(`post ${path}`, secretariat.post('/announcements', { ...input, ...changes }));
  const id = idIn(await announce());
  await keep(`post ${path}/{id}/read`, reader.post(`/announcements/${id}/read`));
  const withdrawn = secretariat.post(`/announcements/${id}/withdrawal`, { reason: said });
  await keep(`post ${path}/{id}/withdrawal`, withdrawn);
  await announce({ corrects: id, byMail: true });
  await keep('get /api/v1/deliveries', secretariat.get('/deliveries?limit=100'));
  await keep('get /api/v1/deliveries', secretariat.get('/deliveries?limit=1&outcome=failed'));
  await keep('get /api/v1/deliveries/summary', secretariat.get('/deliveries/summary'));
  for (const account of [secretariat, reader]) {
    await keep(`get ${path}`, account.get('/announcements?limit=1'));
    await keep(`get ${path}/{id}`, account.get(`/announcements/${id}`));
  }
};

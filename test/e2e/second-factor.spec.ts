import { Secret, TOTP } from 'otpauth';
import supertest from 'supertest';
import { foundInstance } from '#libs/access';
import { samplePassword } from '#libs/directory';
import { LocalKeys, Vault } from '#libs/vault';
import { Authenticator } from '../harness/authenticator.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';

const email = 'manager@un.int';
const minute = 60_000;

describe('the second factor, in a real instance', () => {
  let database: TestDatabase;
  let instance: Instance;
  let secret = '';
  let recovery: string[] = [];
  let key: Authenticator;

  beforeAll(async () => {
    database = await TestDatabase.bare();
    instance = await Instance.start({ database, worker: false });
    const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
    const founding = { network: 'Network', directoryManager: email, publicUrl: instance.url };
    const { link } = await foundInstance(database.urls.owner, vault, founding);
    await accept({ text: link }, 'M. Anager');
    key = new Authenticator(instance.url);
  });
  afterAll(() => instance.stop());

  const signIn = (password = chosenPassword) =>
    instance.anyone.post('/api/v1/sessions').send({ email, password });
  const bearer = async () => Officer.bearing(instance.url, await signIn());
  const codeAt = (ahead: number) =>
    new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + ahead * 30_000 });
  const prove = async (officer: Officer, proof: object) =>
    officer.renewedBy(await officer.post('/sessions/current/second-factor', proof));
  /** A whole session, by passkey alone. */
  const whole = async () => {
    const response = await key.answers();
    return Officer.bearing(
      instance.url,
      await supertest(instance.url).post('/api/v1/sessions/passkey').send({ response }),
    );
  };
  /** Makes the last second factor older than it is. */
  const age = () => database.rows(`UPDATE sessions SET factor_at = factor_at - interval '6 minutes'`);

  it('has to be set up before anything else is opened', async () => {
    // Somebody else who knows the password, and waits.
    const other = await bearer();
    const answer = await signIn();
    expect(answer.body).toMatchObject({ next: 'enrol' });
    const officer = Officer.bearing(instance.url, answer);
    const refused = await officer.get('/parties');
    expect([refused.status, refused.body]).toMatchObject([
      401,
      { type: 'urn:aldis:problem:second-factor-needed', next: 'enrol' },
    ]);
    expect((await officer.post('/invitations', { email: 'a@un.int', role: 'auditor' })).status).toBe(401);
    expect((await officer.post('/recovery-codes')).status).toBe(401);
    expect((await officer.get('/me')).body).toMatchObject({
      session: { stage: 'enrol', factor: null },
      instance: 'real',
    });
    const begun = (await officer.post('/totp')).body as { secret: string; uri: string };
    secret = begun.secret;
    expect(begun.uri).toMatch(/^otpauth:\/\/totp\/Network:manager%40un\.int\?/);
    expect((await officer.post('/totp/confirm', { code: '000000' })).status).toBe(401);
    const done = officer.renewedBy(await officer.post('/totp/confirm', { code: codeAt(-1) }));
    recovery = (done.body as { recoveryCodes: string[] }).recoveryCodes;
    expect([done.status, recovery.length, new Set(recovery).size]).toEqual([201, 10, 10]);
    expect((await officer.get('/me')).body).toMatchObject({ session: { stage: 'full', factor: 'totp' } });
    expect((await officer.get('/parties')).status).toBe(200);
    expect((await other.post('/passkeys/options')).status).toBe(401);
    expect((await other.post('/totp')).body).toMatchObject({ type: 'urn:aldis:problem:not-signed-in' });
  });

  it('is asked for after the password, and each code is taken once', async () => {
    const answer = await signIn();
    expect(answer.body).toMatchObject({ next: 'second-factor' });
    const officer = Officer.bearing(instance.url, answer);
    expect((await officer.get('/me')).status).toBe(401);
    expect((await officer.get('/second-factors')).status).toBe(401);
    expect((await officer.post('/totp')).status).toBe(401);
    const code = codeAt(0);
    const before = Officer.bearing(instance.url, answer);
    expect((await prove(officer, { totp: code })).body).toMatchObject({ next: 'signed-in' });
    expect((await officer.get('/parties')).status).toBe(200);
    // The token changed: the one before is nobody's.
    expect((await before.get('/me')).body).toMatchObject({ type: 'urn:aldis:problem:not-signed-in' });
    const refusals = () =>
      database.rows(
        `SELECT 1 FROM access_events e JOIN accounts a ON a.id = e.account_id
         WHERE e.act = 'factor-refused' AND e.assurance = 'none'`,
      );
    expect(await refusals()).toHaveLength(0);
    const again = await prove(await bearer(), { totp: code });
    // On the record, as a refused password is.
    expect(await refusals()).toHaveLength(1);
    expect([again.status, again.body]).toMatchObject([
      401,
      { type: 'urn:aldis:problem:wrong-second-factor' },
    ]);
  });

  it('can be a recovery code, for one use', async () => {
    const [code = ''] = recovery;
    expect((await prove(await bearer(), { recoveryCode: 'AAAA-AAAA-AAAA-AAAA' })).status).toBe(401);
    const officer = await bearer();
    expect((await prove(officer, { recoveryCode: code.toLowerCase().replaceAll('-', ' ') })).status).toBe(
      201,
    );
    expect((await officer.get('/second-factors')).body).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await prove(await bearer(), { recoveryCode: code })).status).toBe(401);
    const renewed = (await officer.post('/recovery-codes')).body as { recoveryCodes: string[] };
    expect((await prove(await bearer(), { recoveryCode: recovery[1] })).status).toBe(401);
    recovery = renewed.recoveryCodes;
  });

  it('can be a passkey, which also signs in alone', async () => {
    const officer = await bearer();
    await prove(officer, { recoveryCode: recovery[0] });
    const added = await key.register(officer);
    expect([added.status, added.body]).toEqual([201, { recoveryCodes: null }]);
    expect((await key.register(officer)).status).toBe(409);
    const alone = await whole();
    expect((await alone.get('/me')).body).toMatchObject({
      name: 'M. Anager',
      session: { factor: 'passkey' },
    });
    const after = await bearer();
    expect((await prove(after, { passkey: await key.answers() })).status).toBe(201);
    expect((await after.get('/second-factors')).body).toMatchObject({
      passkeys: [{ name: 'Key on my ring', lastUsedAt: expect.any(String) }],
    });
  });

  it('is no passkey of another site, without the PIN, of a used challenge or with a changed signature', async () => {
    const open = (response: object) => instance.anyone.post('/api/v1/sessions/passkey').send({ response });
    const good = await key.answers();
    expect((await open(good)).status).toBe(201);
    const bad: object[] = [
      good,
      new Authenticator(instance.url).signs('AAAA'),
      await new Authenticator(instance.url).answers(),
    ];
    key.origin = 'https://phish.example';
    bad.push(await key.answers());
    key.origin = new URL(instance.url).origin;
    key.verifies = false;
    bad.push(await key.answers());
    key.verifies = true;
    const changed = await key.answers();
    bad.push({ ...changed, response: { ...changed.response, signature: good.response.signature } });
    bad.push(key.signs('AAAAAAAAAAAAAAAAAAAAAA'));
    const refusals = async () =>
      (await database.rows(`SELECT 1 FROM access_events WHERE act = 'sign-in-refused'`)).length;
    const before = await refusals();
    for (const response of bad) {
      const answer = await open(response);
      expect([answer.status, answer.get('Set-Cookie')]).toEqual([401, undefined]);
    }
    expect(await refusals()).toBe(before + bad.length);
  });

  it('has to be given again for what would let an intruder stay', async () => {
    const officer = await whole();
    await age();
    const calls: [string, Promise<{ status: number; body: unknown }>][] = [
      ['totp', officer.post('/totp').then((answer) => answer)],
      ['codes', officer.post('/recovery-codes').then((answer) => answer)],
      ['passkey', officer.post('/passkeys/options').then((answer) => answer)],
      ['remove', officer.delete('/totp').then((answer) => answer)],
    ];
    for (const [what, call] of calls) {
      const { status, body } = await call;
      expect([what, status, body]).toMatchObject([what, 403, { type: 'urn:aldis:problem:step-up-needed' }]);
    }
    expect((await officer.get('/parties')).status).toBe(200);
    const { expiresAt } = (await prove(officer, { passkey: await key.answers() })).body as {
      expiresAt: string;
    };
    // A step up makes nothing last longer.
    expect(Date.parse(expiresAt)).toBeLessThanOrEqual(Date.now() + 12 * 60 * minute);
    expect((await officer.delete('/totp')).status).toBe(204);
    expect((await officer.get('/second-factors')).body).toMatchObject({ totp: null, recoveryCodesLeft: 9 });
    const [{ id = '' } = {}] = ((await officer.get('/second-factors')).body as { passkeys: { id: string }[] })
      .passkeys;
    expect((await officer.delete(`/passkeys/${id}`)).status).toBe(409);
  });

  it('makes one session of one that waits, however often it is proved at once', async () => {
    const waiting = await signIn();
    const count = async () => (await database.rows('SELECT FROM sessions')).length;
    const before = await count();
    const proofs = await Promise.all(
      [3, 4, 5].map((index) =>
        Officer.bearing(instance.url, waiting).post('/sessions/current/second-factor', {
          recoveryCode: recovery[index],
        }),
      ),
    );
    expect(proofs.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(await count()).toBe(before);
  });

  it('is counted apart from those who give its name as an address', async () => {
    const officer = await bearer();
    const [account] = await database.rows<{ id: string }>('SELECT id FROM accounts');
    await instance.anyone.post('/api/v1/sessions').send({ email: `factor:${account?.id}`, password: 'x' });
    const counted = async () => (await database.rows('SELECT FROM throttles')).length;
    const before = await counted();
    expect((await prove(officer, { recoveryCode: 'WRONG' })).status).toBe(401);
    expect(await counted()).toBe(before + 1);
    expect((await prove(officer, { recoveryCode: recovery[6] })).status).toBe(201);
  });

  it('cannot be tried without end', async () => {
    const officer = await bearer();
    for (let count = 0; count < 5; count++)
      expect((await prove(officer, { recoveryCode: `WRONG-${count}` })).status).toBe(401);
    // However long this took: the last try was just now.
    await database.rows(`UPDATE throttles SET last_at = clock_timestamp() + interval '1 minute'`);
    const answer = await prove(officer, { recoveryCode: recovery[2] });
    expect([answer.status, Number(answer.get('Retry-After')) > 0]).toEqual([429, true]);
    await database.rows(`UPDATE throttles SET last_at = clock_timestamp() - interval '1 minute'`);
    expect((await prove(officer, { recoveryCode: recovery[2] })).status).toBe(201);
    await database.rows(
      `UPDATE throttles SET failures = 9, last_at = clock_timestamp() + interval '1 minute' WHERE failures = 0`,
    );
    // A passkey signs in all the same: whoever guesses locks nobody out.
    expect((await (await whole()).get('/me')).status).toBe(200);
  });
});

describe('the second factor, in a sample world', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await Instance.start({ worker: false });
  });
  afterAll(() => instance.stop());

  it('is not asked of those who have none, and is of those who have set one up', async () => {
    const officer = await instance.officer('officer@xa.example');
    const { id } = await officer.files();
    const accepts = () => officer.acts(id, { act: 'accept-offer' });
    await instance.forward(10 * minute);
    expect((await accepts()).status).toBe(409);
    const key = new Authenticator(instance.url);
    expect((await key.register(officer)).status).toBe(201);
    const signIn = { email: 'officer@xa.example', password: samplePassword };
    const answer = await instance.anyone.post('/api/v1/sessions').send(signIn);
    expect(answer.body).toMatchObject({ next: 'second-factor' });
    officer.renewedBy(answer);
    officer.renewedBy(
      await officer.post('/sessions/current/second-factor', { passkey: await key.answers() }),
    );
    expect((await accepts()).status).toBe(409);
    await instance.forward(6 * minute);
    const refused = await accepts();
    expect([refused.status, refused.body]).toMatchObject([403, { type: 'urn:aldis:problem:step-up-needed' }]);
    officer.renewedBy(
      await officer.post('/sessions/current/second-factor', { passkey: await key.answers() }),
    );
    expect((await accepts()).status).toBe(409);
  });

  it('is waited for ten minutes, and a challenge for five', async () => {
    const officer = await instance.officer('officer@xb.example');
    const key = new Authenticator(instance.url);
    await key.register(officer);
    const signIn = { email: 'officer@xb.example', password: samplePassword };
    officer.renewedBy(await instance.anyone.post('/api/v1/sessions').send(signIn));
    const late = await key.answers();
    await instance.forward(5 * minute + 1_000);
    expect((await officer.post('/sessions/current/second-factor', { passkey: late })).status).toBe(401);
    await instance.forward(5 * minute);
    const answer = await officer.post('/sessions/current/second-factor', { passkey: await key.answers() });
    expect(answer.body).toMatchObject({ type: 'urn:aldis:problem:not-signed-in' });
  });

  it('keeps a session for an hour in which nothing is done', async () => {
    const key = new Authenticator(instance.url);
    await key.register(await instance.officer('officer@xc.example'));
    const response = await key.answers();
    const officer = Officer.bearing(
      instance.url,
      await instance.anyone.post('/api/v1/sessions/passkey').send({ response }),
    );
    await instance.forward(59 * minute);
    expect((await officer.get('/me')).status).toBe(200);
    await instance.forward(59 * minute);
    expect((await officer.get('/me')).status).toBe(200);
    await instance.forward(30 * minute);
    const later = Officer.bearing(
      instance.url,
      await instance.anyone.post('/api/v1/sessions/passkey').send({ response: await key.answers() }),
    );
    const listed = async () => ((await later.get('/sessions')).body as { items: object[] }).items.length;
    const before = await listed();
    await instance.forward(31 * minute);
    expect((await officer.get('/me')).status).toBe(401);
    // What is over by that is listed no more.
    expect(await listed()).toBe(before - 1);
  });
});

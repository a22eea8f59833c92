import { Secret, TOTP } from 'otpauth';
import type { EmergencyView, SessionView } from '#libs/access';
import { samplePassword } from '#libs/directory';
import type { SignedReceipt } from '#libs/ledger';
import { Authenticator } from '../harness/authenticator.js';
import { Instance } from '../harness/instance.js';
import { Officer, type Answer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;
const reason = { text: 'The key is at the bottom of a lake.', language: 'en' };

describe('emergency access', () => {
  let instance: Instance;
  let key: Authenticator;
  /** The secret of the authenticator app that gets lost. */
  let app = '';
  /** Whole sessions of those who vouch. */
  let duty: Officer;
  let policy: Officer;
  let administrator: Officer;

  beforeAll(async () => {
    instance = await Instance.start();
    key = new Authenticator(instance.url);
    const officer = await instance.officer('officer@xb.example');
    await key.register(officer);
    app = secretIn(await officer.post('/totp'));
    expect((await officer.post('/totp/confirm', { code: await codeOf(app) })).status).toBe(201);
    [duty, policy, administrator] = (await Promise.all(
      ['duty', 'policy', 'administrator'].map((name) => instance.officer(`${name}@xb.example`)),
    )) as [Officer, Officer, Officer];
  });
  afterAll(() => instance.stop());

  const secretIn = ({ body }: { body: unknown }) => (body as { secret: string }).secret;
  /** What an app shows at the time of the database, which the stories move. */
  const codeOf = async (secret: string) => {
    const [{ now = new Date() } = {}] = await instance.database.rows<{ now: Date }>(
      'SELECT app.now() AS now',
    );
    return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
  };
  /** A session that waits for its second factor. */
  const waiting = async (email = 'officer@xb.example') => {
    const body = { email, password: samplePassword };
    return Officer.bearing(instance.url, await instance.anyone.post('/api/v1/sessions').send(body));
  };
  /** A whole session of the officer, by passkey alone. */
  const byKey = async () => {
    const response = await key.answers();
    return Officer.bearing(
      instance.url,
      await instance.anyone.post('/api/v1/sessions/passkey').send({ response }),
    );
  };
  type Viewed = Promise<Answer<EmergencyView>>;
  const ask = async (officer: Officer): Viewed => officer.post('/emergency-access', { reason });
  const vouch = async (officer: Officer, { id, code }: EmergencyView): Viewed =>
    officer.post(`/emergency-access/${id}/approvals`, { code });
  const enter = async (officer: Officer, id: string) =>
    officer.renewedBy(await officer.post(`/emergency-access/${id}/session`));
  const listed = async (officer: Officer) =>
    ((await officer.get('/emergency-access')).body as { items: EmergencyView[] }).items;
  const end = async (officer: Officer, id: string): Viewed => officer.delete(`/emergency-access/${id}`);
  /** Somebody let in, by the word of these two. */
  const letIn = async (by: [Officer, Officer] = [duty, policy]) => {
    const officer = await waiting();
    const { body } = await ask(officer);
    for (const one of by) expect((await vouch(one, body)).status).toBe(201);
    const entered = await enter(officer, body.id);
    expect([entered.status, entered.body]).toMatchObject([201, { next: 'signed-in' }]);
    return { officer, id: body.id };
  };
  const problem = ({ status, body }: { status: number; body: unknown }) => [
    status,
    (body as { type: string }).type.replace('urn:aldis:problem:', ''),
  ];
  const recorded = async (id: string) =>
    instance.database.rows<{ act: string; assurance: string; email: string }>(
      `SELECT act, assurance FROM access_events WHERE about = $1 ORDER BY at, id`,
      [id],
    );

  it('is asked for with the password, and granted by two others of the party', async () => {
    const [officer, thief] = [await waiting(), await waiting()];
    const asked = await ask(officer);
    const view = asked.body;
    expect([asked.status, view]).toMatchObject([
      201,
      { state: 'asked', who: { name: 'Officer of CERT XB' }, reason, approvals: [], grantedAt: null },
    ]);
    expect(view.code).toMatch(/^\d{6}$/);
    expect(Date.parse(view.askUntil) - Date.parse(view.askedAt)).toBe(60 * minute);
    expect((await officer.get('/parties')).status).toBe(401);
    expect(problem(await enter(officer, view.id))).toEqual([409, 'conflict']);
    // Whoever else knows the password sees neither the code nor who vouched, and asks for no other.
    expect(problem(await ask(thief))).toEqual([409, 'conflict']);
    expect(await listed(thief)).toMatchObject([{ id: view.id, code: null }]);
    expect((await listed(officer))[0]?.code).toBe(view.code);

    const wrong = { ...view, code: view.code === '000000' ? '000001' : '000000' };
    expect(problem(await vouch(duty, wrong))).toEqual([400, 'invalid-input']);
    const spoken = `${view.code?.slice(0, 3)} ${view.code?.slice(3)}`;
    expect((await vouch(duty, { ...view, code: spoken })).body).toMatchObject({
      ...{ state: 'asked', code: null },
      approvals: [{ by: { name: 'Duty officer of CERT XB' } }],
    });
    expect(problem(await vouch(duty, view))).toEqual([409, 'conflict']);
    expect((await listed(thief))[0]?.approvals).toMatchObject([{ by: null }]);
    expect(problem(await enter(officer, view.id))).toEqual([409, 'conflict']);

    const granted = (await vouch(administrator, view)).body;
    expect(granted).toMatchObject({ state: 'granted', begunAt: null });
    expect(Date.parse(granted.endsAt ?? '') - Date.parse(granted.grantedAt ?? '')).toBe(240 * minute);
    expect(problem(await vouch(policy, view))).toEqual([409, 'conflict']);
    // The word of the two is for the session that asked.
    expect(problem(await enter(thief, view.id))).toEqual([409, 'conflict']);
    const before = await waiting();
    const entered = await enter(officer, view.id);
    expect([entered.status, entered.body]).toEqual([201, { next: 'signed-in', expiresAt: granted.endsAt }]);
    expect(problem(await enter(before, view.id))).toEqual([409, 'conflict']);
    expect(await recorded(view.id)).toMatchObject([
      { act: 'emergency-asked', assurance: 'none' },
      { act: 'emergency-approved', assurance: 'signed-in' },
      { act: 'emergency-approved', assurance: 'signed-in' },
      { act: 'emergency-sign-in', assurance: 'emergency' },
    ]);
    await end(officer, view.id);
  });

  it('is told by mail to administrators, with what to do first, and to the person', async () => {
    const [asked, granted] = [
      await instance.sink.mailWith('administrator@xb.example', 'Emergency access asked for'),
      await instance.sink.mailWith('administrator@xb.example', 'Emergency access granted'),
    ];
    expect(instance.sink.mailsTo('administrator@xb.example')).toHaveLength(2);
    expect(asked.text.replace(/\s+/g, ' ')).toContain(
      'call the person back on a number that you knew before',
    );
    expect(asked.text).not.toContain('lake');
    expect(granted.text).toContain('Duty officer of CERT XB, Administrator of XB');
    for (const count of [1, 2]) {
      const own = (await instance.sink.mailTo('officer@xb.example', count)).text.replace(/\s+/g, ' ');
      expect(own).toContain('If this was not you, somebody knows your password');
      expect(own).not.toContain('Duty officer');
    }
    expect(instance.sink.mailsTo('duty@xb.example')).toEqual([]);
    const { body } = await duty.get('/emergency-access');
    expect((body as { advice: string }).advice).toContain('call the person back');
  });

  it('exists for nobody of another party, nor for the staff of the network', async () => {
    const officer = await waiting();
    const { body: view } = await ask(officer);
    for (const email of ['officer@xa.example', 'secretariat@network.example', 'auditor@network.example']) {
      const stranger = await instance.officer(email);
      expect(await listed(stranger)).toEqual([]);
      expect(problem(await vouch(stranger, view))).toEqual([404, 'not-found']);
      expect(problem(await end(stranger, view.id))).toEqual([404, 'not-found']);
      expect(problem(await enter(stranger, view.id))).toEqual([404, 'not-found']);
      expect(problem(await ask(stranger))).toEqual([409, 'conflict']);
    }
    expect((await instance.anyone.get('/api/v1/emergency-access')).status).toBe(401);
    expect((await vouch(officer, view)).status).toBe(401);
    expect(problem(await vouch(await instance.officer('duty@xb.example'), { ...view, code: '' }))[0]).toBe(
      400,
    );
    expect((await end(officer, view.id)).body).toMatchObject({ state: 'refused', endedBy: null });
    expect(problem(await vouch(duty, view))).toEqual([409, 'conflict']);
  });

  it('stands in what is done under it, for both sides, and in receipts', async () => {
    const requester = await instance.officer('officer@xa.example');
    const { id } = await requester.files();
    const { officer, id: emergency } = await letIn();
    expect((await officer.acts(id, { act: 'acknowledge' })).status).toBe(200);
    for (const side of [officer, requester]) {
      const { timeline } = await side.sees(id);
      expect(timeline.find(({ act }) => act === 'acknowledge')).toMatchObject({ assurance: 'emergency' });
      const { items } = (await side.get(`/requests/${id}/receipts`)).body as { items: SignedReceipt[] };
      const receipt = items.find(({ receipt: { what } }) => what === 'acknowledged');
      expect(receipt?.receipt.event).toMatchObject({ assurance: 'emergency', party: 'XB' });
    }
    const document = (await requester.get(`/requests/${id}/document.txt`)).text.replace(/\s+/g, ' ');
    expect(document).toContain('(Fictional State B), let in by emergency access');
    await end(policy, emergency);
  });

  it('opens no act that needs a fresh second factor, and is seen in the list of sessions', async () => {
    const { officer, id } = await letIn();
    const calls = ['/tokens', '/recovery-codes', `/emergency-access/${id}/approvals`];
    const bodies = [{ name: 'N', scope: ['read-requests'] }, undefined, { code: '000000' }];
    for (const [index, path] of calls.entries())
      expect([path, ...problem(await officer.post(path, bodies[index]))]).toEqual([path, 403, 'forbidden']);
    const proof = { passkey: await key.answers() };
    expect(problem(await officer.post('/sessions/current/second-factor', proof))).toEqual([409, 'conflict']);
    const { items } = (await officer.get('/sessions')).body as { items: SessionView[] };
    const [{ endsAt = null } = {}] = await listed(duty);
    expect(items.find(({ current }) => current)).toMatchObject({ factor: 'emergency', expiresAt: endsAt });
    // Ended by anyone of the party, at once.
    expect((await end(policy, id)).body).toMatchObject({
      ...{ state: 'over', endedBy: { name: 'Policy officer of XB' } },
    });
    expect((await officer.get('/me')).status).toBe(401);
    expect((await end(duty, id)).body).toMatchObject({ endedBy: { name: 'Policy officer of XB' } });
    expect((await recorded(id)).map(({ act }) => act)).toEqual([
      ...['emergency-asked', 'emergency-approved', 'emergency-approved', 'emergency-sign-in'],
      'emergency-ended',
    ]);
  });

  it('takes a second factor given just now of who vouches, and four hours end it however busy it is', async () => {
    await instance.forward(24 * 60 * minute);
    [duty, administrator] = [
      await instance.officer('duty@xb.example'),
      await instance.officer('administrator@xb.example'),
    ];
    const theirs = new Authenticator(instance.url);
    await theirs.register(await instance.officer('policy@xb.example'));
    const response = await theirs.answers();
    policy = Officer.bearing(
      instance.url,
      await instance.anyone.post('/api/v1/sessions/passkey').send({ response }),
    );
    const officer = await waiting();
    await instance.forward(6 * minute);
    const { body: view } = await ask(officer);
    expect(problem(await vouch(policy, view))).toEqual([403, 'step-up-needed']);
    policy.renewedBy(
      await policy.post('/sessions/current/second-factor', { passkey: await theirs.answers() }),
    );
    // Longer than a session waits otherwise.
    await instance.forward(3 * minute);
    expect((await vouch(policy, view)).status).toBe(201);
    await instance.forward(50 * minute);
    expect((await vouch(duty, view)).body.state).toBe('granted');
    await instance.forward(14 * minute);
    expect((await enter(officer, view.id)).status).toBe(201);
    for (let passed = 14; passed + 45 < 240; passed += 45) {
      await instance.forward(45 * minute);
      expect([passed, (await officer.get('/me')).status]).toEqual([passed, 200]);
    }
    await instance.forward(45 * minute);
    expect((await officer.get('/me')).status).toBe(401);
    expect((await listed(duty))[0]?.state).toBe('over');
  });

  it('is over when nobody vouches within the hour', async () => {
    const officer = await waiting();
    const { body: view } = await ask(officer);
    expect((await vouch(duty, view)).status).toBe(201);
    await instance.forward(59 * minute);
    expect((await listed(officer))[0]?.state).toBe('asked');
    await instance.forward(minute + 1_000);
    expect(problem(await vouch(administrator, view))).toEqual([409, 'conflict']);
    expect(problem(await enter(officer, view.id))).toEqual([409, 'conflict']);
  });

  it('lets its bearer set up a new factor; what was lost opens nothing any more', async () => {
    const { officer, id } = await letIn([duty, administrator]);
    const anew = new Authenticator(instance.url);
    const lost = await waiting();
    // The app is replaced as soon as a new one is begun: at no time is there none.
    const secret = secretIn(await officer.post('/totp'));
    const old = { totp: await codeOf(app) };
    expect((await (await waiting()).post('/sessions/current/second-factor', old)).status).toBe(401);
    expect(problem(await officer.post('/totp/confirm', { code: '000000' }))[0]).toBe(401);
    const confirmed = await officer.post('/totp/confirm', { code: await codeOf(secret) });
    expect((confirmed.body as { recoveryCodes: string[] }).recoveryCodes).toHaveLength(10);
    expect((await lost.get('/emergency-access')).status).toBe(401);
    expect(problem(await officer.post('/totp'))).toEqual([409, 'conflict']);
    expect((await anew.register(officer)).body).toEqual({ recoveryCodes: null });
    const signIn = async (authenticator: Authenticator) =>
      (
        await instance.anyone
          .post('/api/v1/sessions/passkey')
          .send({ response: await authenticator.answers() })
      ).status;
    expect([await signIn(key), await signIn(anew)]).toEqual([401, 201]);
    expect((await officer.get('/second-factors')).body).toMatchObject({
      ...{ totp: { since: expect.any(String) }, passkeys: [{}], recoveryCodesLeft: 10 },
    });
    // Begun, confirmed, and the passkey.
    expect((await recorded(id)).map(({ act }) => act).slice(-4)).toEqual([
      'emergency-sign-in',
      ...Array.from({ length: 3 }, () => 'emergency-factor-set-up'),
    ]);
    key = anew;
    expect(problem(await officer.delete('/totp'))).toEqual([403, 'forbidden']);
    const [after, other] = [await byKey(), await instance.officer('duty@xb.example')];
    const { body: ended } = await end(duty, id);
    expect(ended).toMatchObject({
      factorSetUpAt: expect.any(String) as string,
      advice: expect.stringContaining('an administrator of your State has to end the account') as string,
    });
    // Sessions by what was set up under it too, and nobody else's.
    for (const session of [officer, after]) expect((await session.get('/me')).status).toBe(401);
    expect((await other.get('/me')).status).toBe(200);
    for (const name of ['officer', 'administrator'])
      await waitUntil('the mail has come', () =>
        instance.sink
          .mailsTo(`${name}@xb.example`)
          .some(({ subject }) => subject === 'Emergency access ended'),
      );
  });

  it('lets nobody try one code after the other', async () => {
    const officer = await waiting();
    const { body: view } = await ask(officer);
    const wrong = { ...view, code: view.code === '000000' ? '000001' : '000000' };
    for (let tries = 0; tries < 5; tries++)
      expect(problem(await vouch(duty, wrong))).toEqual([400, 'invalid-input']);
    expect(problem(await vouch(duty, view))).toEqual([429, 'too-many-tries']);
    // The tries of others are their own.
    expect((await vouch(administrator, view)).status).toBe(201);
    await end(officer, view.id);
  });

  it('does not count the word of who is in so themself, of a newer account, nor of one that has ended', async () => {
    // The officer is in; the duty officer has lost a factor too.
    const { officer, id } = await letIn([duty, administrator]);
    const theirs = new Authenticator(instance.url);
    await theirs.register(duty);
    const asking = await waiting('duty@xb.example');
    const { body: view } = await ask(asking);
    expect(problem(await vouch(officer, view))).toEqual([403, 'forbidden']);
    // Nor from another session, as long as it lasts.
    let other = await byKey();
    expect(problem(await vouch(other, view))).toEqual([403, 'forbidden']);
    await end(officer, id);
    // What was opened while it ran ended with it.
    expect((await other.get('/me')).status).toBe(401);
    other = await byKey();
    await instance.database.rows(`UPDATE accounts SET created_at = $1 WHERE role = 'officer'`, [
      new Date(Date.parse(view.askedAt) + 1),
    ]);
    expect(problem(await vouch(other, view))).toEqual([403, 'forbidden']);
    await instance.database.rows(`UPDATE accounts SET created_at = '2026-01-01' WHERE role = 'officer'`);
    expect((await vouch(other, view)).status).toBe(201);
    const { items } = (await administrator.get('/accounts')).body as {
      items: { id: string; email: string }[];
    };
    const account = items.find(({ email }) => email === 'officer@xb.example')?.id ?? '';
    expect((await administrator.delete(`/accounts/${account}`)).status).toBe(200);
    expect((await vouch(administrator, view)).body.state).toBe('asked');
    expect(problem(await enter(asking, view.id))).toEqual([409, 'conflict']);
    expect((await end(asking, view.id)).status).toBe(200);
  });

  it('cannot be asked for without end', async () => {
    const asking = await waiting('duty@xb.example');
    const once = async () => {
      const { status, body } = await ask(asking);
      if (status === 201) await end(administrator, body.id);
      return status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < 5; count++) statuses.push(await once());
    // One was asked for before.
    expect(statuses).toEqual([201, 201, 201, 201, 429]);
    const refused = await ask(asking);
    expect(Number(refused.get('Retry-After'))).toBeGreaterThan(80_000);
    await instance.forward(24 * 60 * minute);
    expect((await ask(await waiting('duty@xb.example'))).status).toBe(201);
  });
});

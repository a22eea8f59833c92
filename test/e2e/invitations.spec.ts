import supertest from 'supertest';
import type { AccountView, InvitationView } from '#libs/access';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword, inviteLink } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { tablePrints } from '../harness/table-prints.js';

describe('invitations', () => {
  let instance: Instance;
  let administrator: Officer;
  let secretariat: Officer;
  let cert: string;

  beforeAll(async () => {
    instance = await Instance.start();
    administrator = await instance.officer('administrator@xb.example');
    secretariat = await instance.officer('secretariat@network.example');
    const [row] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM bodies WHERE party_code = 'XB' AND kind = 'cert'`,
    );
    cert = row?.id ?? '';
  });
  afterAll(() => instance.stop());

  const invites = async (by: Officer, input: object) => {
    const answer = await by.post('/invitations', input);
    return { status: answer.status, body: answer.body as InvitationView & { errors?: object[] } };
  };
  const mailTo = (email: string, count = 1) => instance.sink.mailTo(email, count);
  const signIn = (email: string) => Officer.signIn(instance.url, email, chosenPassword);
  const accountsOf = async (by: Officer) =>
    ((await by.get('/accounts')).body as { items: AccountView[] }).items;

  it('come by mail, and make an account that does what its role says', async () => {
    const email = 'second.duty@xb.example';
    const { status, body } = await invites(administrator, {
      email,
      role: 'duty-officer',
      body: cert,
      language: 'fr',
    });
    expect([status, body]).toMatchObject([
      201,
      { email, party: 'XB', body: cert, state: 'open', account: null },
    ]);
    const mail = await mailTo(email);
    expect(mail.subject).toContain('Invitation');
    expect(mail.text).toContain('EXEMPLE');
    expect((await accept(mail, 'S. Duty')).status).toBe(201);
    const duty = await signIn(email);
    expect((await duty.get('/me')).body).toMatchObject({
      name: 'S. Duty',
      role: 'duty-officer',
      party: 'XB',
      language: 'fr',
    });
    const { id } = await (await instance.officer('officer@xa.example')).files();
    expect((await duty.acts(id, { act: 'acknowledge' })).status).toBe(200);
    const [account] = (await accountsOf(administrator)).filter((one) => one.email === email);
    expect(account?.terms?.version).toMatch(/^\d{4}-\d\d$/);
    const [seen] = ((await administrator.get('/invitations')).body as { items: InvitationView[] }).items;
    expect(seen).toMatchObject({ state: 'accepted', mail: 'accepted', account: account?.id });
  });

  it('change nothing when their page is fetched, and show nothing once they are used', async () => {
    const email = 'fetched@xb.example';
    await invites(administrator, { email, role: 'observer', body: cert });
    const mail = await mailTo(email);
    await instance.stopWorker();
    const { origin, path } = inviteLink(mail.text);
    const before = await tablePrints(instance.database);
    for (let count = 0; count < 20; count++) {
      const page = await supertest(origin)[count % 2 ? 'head' : 'get'](path);
      expect(page.status).toBe(200);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(await tablePrints(instance.database)).toEqual(before);
    expect((await supertest(origin).get(path)).text).toContain(email);
    expect((await accept(mail, 'F. Etched')).status).toBe(201);
    const again = await accept(mail, 'S. Econd');
    expect([again.status, again.text.includes(email)]).toEqual([404, false]);
    expect((await supertest(origin).get(path)).status).toBe(404);
    await instance.startWorker();
  });

  it('ask for a name, a password that is not easy to guess, and the terms of use', async () => {
    const email = 'careless@xb.example';
    await invites(administrator, { email, role: 'observer', body: cert });
    const mail = await mailTo(email);
    const faulty: [object, string][] = [
      [{ name: '  ' }, 'Enter your name.'],
      [{ name: 'a\u0007b' }, 'Enter your name.'],
      [{ password: 'eleven char' }, 'at least 12 characters'],
      [{ password: 'sample-world-2026' }, 'too easy to guess'],
      [{ terms: '' }, 'Without accepting the terms'],
    ];
    for (const [changes, said] of faulty) {
      const answer = await accept(mail, 'C. Areless', changes);
      expect([answer.status, answer.text.includes(said)]).toEqual([422, true]);
      expect(answer.text).not.toContain(chosenPassword);
    }
    expect((await accept(mail, 'C. Areless')).status).toBe(201);
  });

  it('end when they are taken back, replaced or a week old', async () => {
    const revoked = await invites(administrator, { email: 'r@xb.example', role: 'observer', body: cert });
    const replaced = await invites(administrator, { email: 's@xb.example', role: 'observer', body: cert });
    await invites(administrator, { email: 't@xb.example', role: 'observer', body: cert });
    const [first, second, third] = [
      await mailTo('r@xb.example'),
      await mailTo('s@xb.example'),
      await mailTo('t@xb.example'),
    ];
    expect((await administrator.delete(`/invitations/${revoked.body.id}`)).body).toMatchObject({
      state: 'revoked',
    });
    expect((await administrator.delete(`/invitations/${revoked.body.id}`)).status).toBe(409);
    expect((await administrator.post(`/invitations/${revoked.body.id}/resend`)).status).toBe(409);
    expect((await accept(first, 'R.')).status).toBe(404);
    await administrator.post(`/invitations/${replaced.body.id}/resend`);
    const anew = await mailTo('s@xb.example', 2);
    expect((await accept(second, 'S.')).status).toBe(404);
    expect((await accept(anew, 'S.')).status).toBe(201);
    await instance.forward(7 * 86_400_000);
    expect((await accept(third, 'T.')).status).toBe(404);
    administrator = await instance.officer('administrator@xb.example');
    secretariat = await instance.officer('secretariat@network.example');
  });

  it('are not lost while the relay is away', async () => {
    await instance.sink.stop();
    const email = 'patient@xb.example';
    const { status } = await invites(administrator, { email, role: 'observer', body: cert });
    expect(status).toBe(201);
    await instance.sink.start();
    const send = async () => {
      await instance.forward(60_000);
      await instance.worker?.sweep();
    };
    for (let count = 0; count < 5 && instance.sink.mailsTo(email).length === 0; count++) await send();
    expect((await accept(await mailTo(email), 'P. Atient')).status).toBe(201);
  });

  it('lead each address to one account alone', async () => {
    const email = 'twice@xb.example';
    await invites(administrator, { email, role: 'observer', body: cert });
    await invites(administrator, { email: 'TWICE@xb.example', role: 'officer', body: cert });
    expect((await accept(await mailTo(email), 'T. Wice')).status).toBe(201);
    expect((await accept(await mailTo('TWICE@xb.example'), 'T. Wice')).status).toBe(409);
  });

  it('make one account, however often their form is sent at once', async () => {
    const email = 'hasty@xb.example';
    await invites(administrator, { email, role: 'observer', body: cert });
    const mail = await mailTo(email);
    const answers = await Promise.all([1, 2, 3, 4].map((count) => accept(mail, `H. Asty ${count}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 404, 404, 404]);
    expect((await accountsOf(administrator)).filter((one) => one.email === email)).toHaveLength(1);
  });

  it('are for an address anew once its account has ended', async () => {
    const email = 'returning@xb.example';
    await invites(administrator, { email, role: 'observer', body: cert });
    await accept(await mailTo(email), 'R. Eturning');
    const [account] = (await accountsOf(administrator)).filter((one) => one.email === email);
    await administrator.delete(`/accounts/${account?.id}`);
    await invites(administrator, { email, role: 'duty-officer', body: cert });
    expect((await accept(await mailTo(email, 2), 'R. Eturning')).status).toBe(201);
    expect((await (await signIn(email)).get('/me')).body).toMatchObject({ role: 'duty-officer' });
  });

  it('are made by those alone who answer for the account', async () => {
    const newBody = { kind: 'ministry', names: { en: 'Ministry' } };
    const cases: [Officer, object, number][] = [
      [administrator, { role: 'directory-manager' }, 403],
      [administrator, { role: 'officer', party: 'XC', newBody }, 400],
      [administrator, { role: 'officer' }, 400],
      [administrator, { role: 'officer', body: cert, newBody }, 400],
      [secretariat, { role: 'officer', party: 'XB', body: cert }, 403],
      [secretariat, { role: 'party-administrator' }, 400],
      [secretariat, { role: 'party-administrator', party: 'ZZ', newBody }, 400],
      [secretariat, { role: 'auditor', party: 'XB' }, 400],
      [await instance.officer('officer@xb.example'), { role: 'observer', body: cert }, 403],
      [await instance.officer('auditor@network.example'), { role: 'auditor' }, 403],
    ];
    for (const [by, input, status] of cases)
      expect([input, (await invites(by, { email: 'no@xb.example', ...input })).status]).toEqual([
        input,
        status,
      ]);
    for (const email of ['a@b', 'real@un.org', 'a@xb.example\r\nBcc: b@xb.example'])
      expect((await invites(administrator, { email, role: 'observer', body: cert })).status).toBe(400);
  });

  it('let the secretariat bring in the administrator of a State, with its body', async () => {
    const newBody = { kind: 'agency', names: { en: 'Cyber agency of C', fr: 'Agence cyber de C' } };
    const email = 'administrator@xc.example';
    const made = await invites(secretariat, { email, role: 'party-administrator', party: 'XC', newBody });
    expect([made.status, made.body.party]).toEqual([201, 'XC']);
    await accept(await mailTo(email), 'A. Dministrator');
    const theirs = await signIn(email);
    expect((await theirs.get('/me')).body).toMatchObject({
      role: 'party-administrator',
      body: made.body.body,
    });
    expect((await theirs.get('/requests')).status).toBe(403);
    expect(
      (await invites(theirs, { email: 'o@xc.example', role: 'officer', body: made.body.body })).status,
    ).toBe(201);
    expect(new Set((await accountsOf(theirs)).map(({ party }) => party))).toEqual(new Set(['XC']));
    const known = new Set((await accountsOf(secretariat)).map(({ role }) => role));
    expect(known).toEqual(
      new Set(['party-administrator', 'directory-manager', 'exercise-director', 'auditor']),
    );
  });

  it('do not keep an account alive that was ended', async () => {
    const accounts = await accountsOf(administrator);
    const { id } = accounts.find(({ email }) => email === 'duty@xb.example') ?? { id: '' };
    const duty = await instance.officer('duty@xb.example');
    expect((await secretariat.delete(`/accounts/${id}`)).status).toBe(404);
    expect((await duty.delete(`/accounts/${id}`)).status).toBe(403);
    expect((await administrator.delete(`/accounts/${id}`)).body).toMatchObject({
      id,
      endedAt: expect.any(String),
    });
    expect((await administrator.delete(`/accounts/${id}`)).status).toBe(200);
    expect((await duty.get('/me')).status).toBe(401);
    await expect(instance.officer('duty@xb.example')).rejects.toThrow('401');
    expect(await instance.database.rows('SELECT 1 FROM sessions WHERE account_id = $1', [id])).toEqual([]);
    const own = accounts.find(({ email }) => email === 'administrator@xb.example');
    expect((await administrator.delete(`/accounts/${own?.id}`)).status).toBe(409);
  });
});

import { Secret, TOTP } from 'otpauth';
import type supertest from 'supertest';
import type { AnyReceipt } from '#libs/ledger';
import type { SharingView } from '#libs/requests';
import { samplePassword } from '#libs/directory';
import { z } from 'zod';
import { accept, chosenPassword } from '../harness/invitee.js';
import { AckLink } from '../harness/ack-link.js';
import { Authenticator } from '../harness/authenticator.js';
import { IdentityProvider } from '../harness/identity-provider.js';
import { Instance } from '../harness/instance.js';
import { fiveFields, Officer } from '../harness/officer.js';
import { waitUntil } from '../harness/waiting.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema: object }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}
type Answer = Pick<supertest.Response, 'status' | 'text' | 'headers'>;

describe('every answer', () => {
  let instance: Instance;
  let document: Document;
  const answers = new Map<string, Answer[]>();

  /** Keeps an answer under its operation, e.g. `get /api/v1/requests/{id}`. */
  const keep = async (operation: string, call: PromiseLike<Answer>): Promise<Answer> => {
    const answer = await call;
    answers.set(operation, [...(answers.get(operation) ?? []), answer]);
    return answer;
  };
  const idIn = ({ text }: Answer) => (JSON.parse(text) as { id: string }).id;

  beforeAll(async () => {
    instance = await Instance.start();
    document = (await instance.anyone.get('/api/v1/openapi.json')).body as Document;
    await keep('get /api/v1/health', instance.anyone.get('/api/v1/health'));
    await keep('get /api/v1/ready', instance.anyone.get('/api/v1/ready'));
    await keep('get /api/v1/ledger/key', instance.anyone.get('/api/v1/ledger/key'));
    await waitUntil('there is a checkpoint', async () => {
      const latest = instance.anyone.get('/api/v1/ledger/checkpoints/latest');
      return (await keep('get /api/v1/ledger/checkpoints/latest', latest)).status === 200;
    });
    await keep('get /api/v1/ledger/checkpoints', instance.anyone.get('/api/v1/ledger/checkpoints'));
    await keep('get /api/v1/templates', instance.anyone.get('/api/v1/templates'));
    await keep('get /api/v1/templates/{key}', instance.anyone.get('/api/v1/templates/response'));
    await keep(
      'get /api/v1/templates/{key}/versions/{version}',
      instance.anyone.get('/api/v1/templates/response/versions/1'),
    );
    const emails = [
      'officer@xa.example',
      'officer@xb.example',
      'observer@xc.example',
      'secretariat@network.example',
    ];
    for (const email of emails) {
      const body = { email, password: samplePassword };
      await keep('post /api/v1/sessions', instance.anyone.post('/api/v1/sessions').send(body));
      const officer = await instance.officer(email);
      await keep('get /api/v1/me', officer.get('/me'));
      for (const code of ['XA', 'FR', 'AQ'])
        await keep('get /api/v1/parties/{code}', officer.get(`/parties/${code}`));
      await keep('get /api/v1/parties', officer.get('/parties'));
      await keep('get /api/v1/points-of-contact', officer.get('/points-of-contact'));
      const listed = await keep('get /api/v1/sessions', officer.get('/sessions'));
      const { items } = JSON.parse(listed.text) as { items: { id: string; current: boolean }[] };
      const other = items.find(({ current }) => !current)?.id;
      await keep('delete /api/v1/sessions/{id}', officer.delete(`/sessions/${other}`));
      await keep('delete /api/v1/sessions', officer.delete('/sessions'));
      await keep('delete /api/v1/sessions/current', officer.delete('/sessions/current'));
    }
    await story();
    await people();
    await factors();
    await tokens();
    await announcements();
    const path = '/ledger/checkpoint-subscription';
    const administrator = await instance.officer('administrator@xb.example');
    const subscribed = administrator.put(path, { email: 'records@xb.example' });
    await keep(`put /api/v1${path}`, subscribed);
    await keep(`get /api/v1${path}`, administrator.get(path));
    await keep(`delete /api/v1${path}`, administrator.delete(path));
    await duty();
    await entries();
    await emergency();
    await clearance();
    await organization();
    await retained();
  });
  afterAll(() => instance.stop());

  /** A party, a body, and a point of contact with a channel from its nomination to the end of it. */
  const entries = async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const secretariat = await instance.officer('secretariat@network.example');
    const path = '/api/v1';
    const names = { en: 'Regional organization', fr: 'Organisation régionale' };
    const organization = { code: 'REG1', kind: 'regional-organization', names };
    await keep(`post ${path}/parties`, secretariat.post('/parties', organization));
    const text = [{ text: 'By law.\nSince 2020.', language: 'en' }];
    const nonMisuse = { declaredOn: '2026-01-02', url: 'https://cert.xb.example/', text };
    const said = { status: text, authority: text, mandate: text, services: ['Triage'], nonMisuse };
    const profile = { ...said, website: 'https://cert.xb.example/', established: '2020-01-02' };
    const input = { kind: 'cert', names, profile, constituency: [{ kind: 'asn', value: '64500' }] };
    const body = idIn(await keep(`post ${path}/bodies`, administrator.post('/bodies', input)));
    const put = { ...input, version: 1 };
    await keep(`put ${path}/bodies/{id}`, administrator.put(`/bodies/${body}`, put));
    await keep(`get ${path}/bodies/{id}`, secretariat.get(`/bodies/${body}`));
    await keep(`get ${path}/parties/{code}`, secretariat.get('/parties/XB'));
    const contact = {
      ...{ body, roleNames: names, languages: ['en'], zone: 'Etc/UTC', note: text[0] },
      ...{ person: { name: 'A. Duty', title: 'Head' }, readiness: { 'knows-the-network': true } },
    };
    const nominated = administrator.post('/points-of-contact', { ...contact, level: 'policy' });
    const id = idIn(await keep(`post ${path}/points-of-contact`, nominated));
    const one = `/points-of-contact/${id}`;
    const changed = administrator.put(one, { ...contact, person: null, version: 1 });
    await keep(`put ${path}/points-of-contact/{id}`, changed);
    const mail = { kind: 'mail', address: 'contracts@xb.example', expiresOn: '2099-12-31' };
    const channel = idIn(
      await keep(`post ${path}/points-of-contact/{id}/channels`, administrator.post(`${one}/channels`, mail)),
    );
    const proof = `/channels/${channel}/proof`;
    await keep(`post ${path}/channels/{id}/proof`, administrator.post(proof));
    const [, code] = /\b(\d{6})\b/.exec((await instance.sink.mailTo(mail.address)).text) ?? [];
    await keep(`post ${path}/channels/{id}/proof/confirm`, administrator.post(`${proof}/confirm`, { code }));
    const use = administrator.put(`/channels/${channel}`, { purpose: 'urgent', version: 2 });
    await keep(`put ${path}/channels/{id}`, use);
    await keep(`get ${path}/points-of-contact/{id}`, administrator.get(one));
    await keep(`get ${path}/own-points-of-contact`, administrator.get('/own-points-of-contact'));
    await keep(`delete ${path}/channels/{id}`, administrator.delete(`/channels/${channel}`));
    const act = administrator.post(`${one}/acts`, { act: 'retire', version: 2 });
    await keep(`post ${path}/points-of-contact/{id}/acts`, act);
    const end = administrator.post(`/bodies/${body}/acts`, { act: 'retire', version: 2 });
    await keep(`post ${path}/bodies/{id}/acts`, end);
  };

  /** Every kind of second factor, set up and taken away again. */
  const factors = async () => {
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

  /** Hours with an absence and two shifts, as the party and as another one see them. */
  const duty = async () => {
    const keeper = await instance.officer('duty@xb.example');
    const others = await instance.officer('officer@xc.example');
    const found = await keep('get /api/v1/duty', others.get('/duty?party=XB'));
    const { items } = JSON.parse(found.text) as { items: { pointOfContact: string }[] };
    const [first, second] = items.map(({ pointOfContact }) => pointOfContact);
    const path = `/points-of-contact/${first}`;
    const point = '/api/v1/points-of-contact/{id}';
    const hours = {
      weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }],
      ...{ holidays: { country: 'FR' }, ownHolidays: [{ on: '2099-07-01', name: 'Day of the Tulip' }] },
    };
    await keep(`put ${point}/duty`, keeper.put(`${path}/duty`, { ...hours, version: 1 }));
    const said = { text: 'Nobody is there.', language: 'en' };
    const begun = new Date((await keeper.get('/duty?party=XB')).headers['date'] ?? '').getTime();
    const until = new Date(begun + 86_400_000).toISOString();
    const told = keeper.post(`${path}/absences`, {
      from: new Date(begun).toISOString(),
      until,
      substitute: second,
      reason: said,
    });
    const { id } = JSON.parse((await keep(`post ${point}/absences`, told)).text) as { id: string };
    for (const shift of [
      { name: 'A. Duty', until },
      { name: 'B. Duty', note: said },
    ])
      await keep(`post ${point}/shifts`, keeper.post(`${path}/shifts`, shift));
    for (const reader of [keeper, others]) {
      await keep('get /api/v1/duty', reader.get('/duty'));
      await keep(`get ${point}/duty`, reader.get(`${path}/duty`));
    }
    await keep(`delete ${point}/absences/{absence}`, keeper.delete(`${path}/absences/${id}`));
  };

  /** Somebody of XB has lost the key, and two others vouch. */
  const emergency = async () => {
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

  /** Cleared by another body of the same State, which was given a copy; and a rule for it. */
  const clearance = async () => {
    const [asks, decides] = [
      await instance.officer('officer@xa.example'),
      await instance.officer('diplomat@xa.example'),
    ];
    const text = { text: 'It has spread.', language: 'en' };
    const { id: request } = await asks.files();
    const ask = async (body: object = { act: 'message', text, note: text }) => {
      const answer = await keep('post /api/v1/approvals', asks.post('/approvals', { request, ...body }));
      return JSON.parse(answer.text) as { id: string; digest: string };
    };
    const one = await ask();
    const decision = { decision: 'approve', digest: one.digest, comment: text };
    await keep('get /api/v1/approvals', asks.get('/approvals?state=asked&limit=1'));
    await keep(
      'post /api/v1/approvals/{id}/decision',
      decides.post(`/approvals/${one.id}/decision`, decision),
    );
    await keep('get /api/v1/requests/{id}', asks.get(`/requests/${request}`));
    for (const form of ['html', 'txt'])
      await keep(
        `get /api/v1/approvals/{id}/document.${form}`,
        asks.get(`/approvals/${one.id}/document.${form}`),
      );
    await keep('post /api/v1/approvals/{id}/carry-out', asks.post(`/approvals/${one.id}/carry-out`));
    const { id: draft } = await asks.files({ draft: true, text });
    const three = await ask({ request: draft, act: 'send' });
    await keep('get /api/v1/approvals/{id}', asks.get(`/approvals/${three.id}`));
    const two = await ask({ act: 'amend', answers: { incident: { sectors: ['health-care'] } } });
    await keep('delete /api/v1/approvals/{id}', asks.delete(`/approvals/${two.id}`));
    for (const { id } of [one, two]) await keep('get /api/v1/approvals/{id}', asks.get(`/approvals/${id}`));
    await keep('get /api/v1/approvals', asks.get('/approvals'));
    const secretariat = await instance.officer('secretariat@network.example');
    const set = (acts: string[]) =>
      keep('post /api/v1/clearance-rules', secretariat.post('/clearance-rules', { acts }));
    await set(['release']);
    const { items } = JSON.parse((await set([])).text) as { items: { id: string }[] };
    const invited = { email: 'manager@network.example', role: 'directory-manager' };
    await secretariat.post('/invitations', invited);
    await accept(await instance.sink.mailTo(invited.email), 'Second manager');
    const other = await Officer.signIn(instance.url, invited.email, chosenPassword);
    await keep(
      'post /api/v1/clearance-rules/{id}/agreement',
      other.post(`/clearance-rules/${items[0]?.id}/agreement`),
    );
    await keep('get /api/v1/clearance-rules', asks.get('/clearance-rules'));
  };

  /** A provider of an organization, from its naming to its end. */
  const organization = async () => {
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

  /** A policy, a hold, and what is left of requests and of an account when their time is over. */
  const retained = async () => {
    const secretariat = await instance.officer('secretariat@network.example');
    const policy = { days: 30, draftDays: 30, version: 0 };
    await keep('put /api/v1/retention-policy', secretariat.put('/retention-policy', policy));
    const text = { text: 'An order of a court.', language: 'en' };
    const officer = await instance.officer('officer@xa.example');
    const id = (await officer.files()).id;
    await keep('post /api/v1/requests/{id}/hold', officer.post(`/requests/${id}/hold`, { text }));
    await keep('get /api/v1/requests/{id}', officer.get(`/requests/${id}`));
    const released = officer.post(`/requests/${id}/hold/release`, { text });
    await keep('post /api/v1/requests/{id}/hold/release', released);
    await instance.stopWorker();
    await instance.forward(31 * 86_400_000);
    await instance.startWorker();
    await instance.worker?.sweep();
    const later = await instance.officer('officer@xa.example');
    await keep('get /api/v1/retention-policy', later.get('/retention-policy'));
    const listed = await keep('get /api/v1/requests', later.get('/requests'));
    const { items } = JSON.parse(listed.text) as { items: { id: string; erasedAt: string | null }[] };
    const erased = items.filter(({ erasedAt }) => erasedAt !== null);
    expect(erased.length).toBeGreaterThan(1);
    for (const request of erased)
      await keep('get /api/v1/requests/{id}', later.get(`/requests/${request.id}`));
    const administrator = await instance.officer('administrator@xb.example');
    await keep('get /api/v1/accounts', administrator.get('/accounts'));
    await keep('get /api/v1/invitations', administrator.get('/invitations'));
  };

  const tokens = async () => {
    const officer = await instance.officer('officer@xb.example');
    const input = { name: 'Ticket system', scope: ['attend-requests'] };
    const id = idIn(await keep('post /api/v1/tokens', officer.post('/tokens', input)));
    await keep('post /api/v1/tokens/{id}/rotate', officer.post(`/tokens/${id}/rotate`, {}));
    await keep('delete /api/v1/tokens/{id}', officer.delete(`/tokens/${id}`));
    await keep('get /api/v1/tokens', officer.get('/tokens'));
  };

  /** An announcement, read and withdrawn, and the one that corrects it. */
  const announcements = async () => {
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

  /** An invitation in each of its states, and an account that is ended. */
  const people = async () => {
    const administrator = await instance.officer('administrator@xb.example');
    const invite = (email: string) =>
      keep(
        'post /api/v1/invitations',
        administrator.post('/invitations', {
          ...{ email, role: 'observer' },
          newBody: { kind: 'cert', names: { fr: 'CERT militaire' } },
        }),
      );
    const [taken, back] = [idIn(await invite('a@xb.example')), idIn(await invite('b@xb.example'))];
    await instance.sink.mailTo('a@xb.example');
    await keep('post /api/v1/invitations/{id}/resend', administrator.post(`/invitations/${taken}/resend`));
    await keep('delete /api/v1/invitations/{id}', administrator.delete(`/invitations/${back}`));
    await accept(await instance.sink.mailTo('a@xb.example', 2), 'A. New');
    await keep('get /api/v1/invitations', administrator.get('/invitations'));
    const found = await keep('get /api/v1/accounts', administrator.get('/accounts'));
    const { items } = JSON.parse(found.text) as { items: { id: string; name: string }[] };
    const { id } = items.find(({ name }) => name === 'A. New') ?? { id: '' };
    await keep('delete /api/v1/accounts/{id}', administrator.delete(`/accounts/${id}`));
  };

  /** Requests in every state, with answers to both sides at each step. */
  const story = async () => {
    const [asks, answers_, observes] = (await Promise.all(
      ['officer@xa.example', 'officer@xb.example', 'observer@xc.example'].map((email) =>
        instance.officer(email),
      ),
    )) as [Officer, Officer, Officer];
    instance.sink.script('cert-alternate@xb.example', { does: 'refuse-recipient' });
    const neededBy = new Date(Date.now() + 86_400_000).toISOString();
    const text = { text: 'Two hospitals.\nThree wards.', language: 'fr' };
    const file = (body: object) => keep('post /api/v1/requests', asks.post('/requests', body));
    const act = (officer: Officer, id: string, body: object) =>
      keep('post /api/v1/requests/{id}/acts', officer.post(`/requests/${id}/acts`, body));
    const empty = idIn(await file({ draft: true }));
    const sent = idIn(
      await file({ ...fiveFields, to: ['XB', 'XC'], text, neededBy: neededBy.replace('Z', '+00:00') }),
    );
    const exercise = idIn(await file({ ...fiveFields, traffic: 'exercise' }));
    await act(asks, empty, { act: 'save', request: { to: ['XC'], sentence: fiveFields.sentence } });
    await AckLink.in(await instance.sink.mailTo('cert@xc.example')).submit('A. Duty');
    await act(answers_, sent, { act: 'acknowledge' });
    await act(answers_, sent, { act: 'acknowledge' });
    await act(asks, exercise, { act: 'withdraw' });
    await act(asks, sent, { act: 'disclose', disclosure: { to: 'all', parties: ['XC'] } });
    await shared(answers_, sent);
    for (const officer of [asks, answers_, observes]) {
      for (const id of [empty, sent, exercise]) {
        await keep('get /api/v1/requests/{id}', officer.get(`/requests/${id}`));
        const receipts = await keep(
          'get /api/v1/requests/{id}/receipts',
          officer.get(`/requests/${id}/receipts`),
        );
        if (receipts.status === 200)
          for (const { receipt } of (JSON.parse(receipts.text) as { items: AnyReceipt[] }).items) {
            await keep('get /api/v1/receipts/{id}', officer.get(`/receipts/${receipt.event.id}`));
            for (const form of officer === answers_ ? ['html', 'pdf'] : ['html'])
              await keep(
                `get /api/v1/receipts/{id}/page.${form}`,
                officer.get(`/receipts/${receipt.event.id}/page.${form}?lang=fr`),
              );
          }
        await keep('get /api/v1/requests/{id}/clocks', officer.get(`/requests/${id}/clocks`));
        await keep('get /api/v1/requests/{id}/deliveries', officer.get(`/requests/${id}/deliveries`));
        for (const form of ['html', 'txt', 'pdf'])
          await keep(
            `get /api/v1/requests/{id}/document.${form}`,
            officer.get(`/requests/${id}/document.${form}?lang=fr`),
          );
      }
      for (const query of ['', '?limit=1', '?state=withdrawn'])
        await keep('get /api/v1/requests', officer.get(`/requests${query}`));
    }
  };

  /** A sharing list with a body and a person in it, one of them ended. */
  const shared = async (officer: Officer, id: string) => {
    const path = `/requests/${id}/sharing`;
    const found = await keep(
      'get /api/v1/requests/{id}/sharing/candidates',
      officer.get(`${path}/candidates`),
    );
    const { bodies, accounts } = JSON.parse(found.text) as Record<string, { id: string; sees: boolean }[]>;
    const reason = { text: 'To advise on the answer.', language: 'en' };
    const stranger = (list?: { id: string; sees: boolean }[]) => list?.find(({ sees }) => !sees)?.id;
    const share = (body: object) =>
      keep('post /api/v1/requests/{id}/sharing', officer.post(path, { ...body, reason }));
    await share({ account: stranger(accounts) });
    const { shares } = JSON.parse((await share({ body: stranger(bodies) })).text) as SharingView;
    await keep('delete /api/v1/requests/{id}/sharing/{entry}', officer.delete(`${path}/${shares[0]?.id}`));
    await keep('get /api/v1/requests/{id}/sharing', officer.get(path));
  };

  /** The media type of an answer that is no JSON, and whether the document names it. */
  const otherType = (operation: string, { status, headers }: Answer): [string, boolean] | undefined => {
    const [type = ''] = String((headers as Record<string, string>)['content-type'] ?? '').split(';');
    if (type === '' || type.endsWith('json')) return undefined;
    const [method = '', path = ''] = operation.split(' ');
    return [type, document.paths[path]?.[method]?.responses[status]?.content?.[type] !== undefined];
  };

  /** The schema that the document gives for an answer; undefined where an answer has no body. */
  const schemaOf = (operation: string, status: number): z.ZodType | undefined => {
    const [method = '', path = ''] = operation.split(' ');
    const { responses } = document.paths[path]?.[method] ?? { responses: {} };
    const response = responses[status] ?? (status >= 400 ? responses.default : undefined);
    if (!response) throw new Error(`${operation} does not describe that it answers ${status}`);
    const schema =
      response.content?.['application/json']?.schema ??
      response.content?.['application/problem+json']?.schema;
    if (!schema) return undefined;
    const whole = { ...schema, $defs: document.components.schemas };
    const local = JSON.stringify(whole).replaceAll('#/components/schemas/', '#/$defs/');
    return z.fromJSONSchema(JSON.parse(local) as z.core.JSONSchema.JSONSchema);
  };

  it('is tried, of every operation', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    expect([...answers.keys()].sort()).toEqual(described.sort());
    for (const [operation, given] of answers)
      expect([operation, given.some(({ status }) => status < 300)]).toEqual([operation, true]);
  });

  it('is what the OpenAPI document says', () => {
    for (const [operation, given] of answers)
      for (const answer of given) {
        const { status, text } = answer;
        const other = otherType(operation, answer);
        if (other) expect([operation, ...other]).toEqual([operation, other[0], true]);
        if (other) continue;
        const schema = status < 300 ? schemaOf(operation, status) : undefined;
        if (status < 300 && !schema) expect([operation, text]).toEqual([operation, '']);
        const result = schema?.safeParse(JSON.parse(text));
        expect([operation, status, result?.error?.issues ?? []]).toEqual([operation, status, []]);
      }
  });

  it('would be told from one that is not: a field too many, one of another type', () => {
    const [given] = answers.get('get /api/v1/requests/{id}') ?? [];
    const schema = schemaOf('get /api/v1/requests/{id}', 200);
    const view = JSON.parse(given?.text ?? '') as { addressees: object[] };
    expect(schema?.safeParse(view).success).toBe(true);
    expect(schema?.safeParse({ ...view, more: 1 }).success).toBe(false);
    expect(schema?.safeParse({ ...view, sentAt: 'yesterday' }).success).toBe(false);
    expect(schema?.safeParse({ ...view, addressees: [{ party: 'XB' }] }).success).toBe(false);
  });
});

import { createHash, createPublicKey, verify as verifies } from 'node:crypto';
import type { EntryChannelView, EntryView } from '#libs/directory';
import { AckLink } from '../harness/ack-link.js';
import { EndpointSink, type CaughtCall } from '../harness/endpoint-sink.js';
import { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import { verify } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';

const webhook = 'https://hooks.xb.example/aldis?team=1';
const mailbox = 'hook-desk@xb.example';
const sentence = { text: 'CANARY: two hospitals.', language: 'en' };
const hours = 3_600_000;

/** The notice of a webhook, as its receiver reads it. */
interface Told {
  type: string;
  id: string;
  kind: string;
  reference: string;
  marking: string | null;
  sentences: { id: string | null; text: string }[];
  acknowledge?: { link: string; code: string };
}
const toldBy = ({ text }: CaughtCall) => JSON.parse(text) as Told;

describe('notices to webhooks and gateways', () => {
  let instance: Instance;
  let endpoints: EndpointSink;
  let [requester, administrator, second, duty]: Officer[] = [];
  let desk: { id: string; channels: string[] };

  beforeAll(async () => {
    endpoints = await EndpointSink.start();
    instance = await Instance.start({ outgoing: endpoints.outgoing });
    await signIn();
    const [body] = await instance.database.rows<{ id: string }>(
      `SELECT id FROM bodies WHERE party_code = 'XB' AND kind = 'cert'`,
    );
    const email = 'second@xb.example';
    await administrator?.post('/invitations', { email, role: 'party-administrator', body: body?.id });
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    second = await Officer.signIn(instance.url, email, chosenPassword);
    desk = await active(String(body?.id), 'en', [
      ['webhook', webhook],
      ['mail', mailbox],
    ]);
    await active(String(body?.id), 'fr', [['gateway', 'https://sms.xb.example/send +41 22 917 99 99']]);
  });
  const signIn = async () => {
    [requester, administrator, duty] = await Promise.all(
      ['officer@xa', 'administrator@xb', 'duty@xb'].map((name) => instance.officer(`${name}.example`)),
    );
  };
  afterAll(async () => {
    await instance.stop();
    await endpoints.stop();
  });

  /** An active entry with these channels in their order, each proven by the code that it was told. */
  const active = async (body: string, language: string, ways: readonly [string, string][]) => {
    const entry = await administrator?.post('/points-of-contact', {
      ...{ body, level: 'technical', roleNames: { en: 'Desk', fr: 'Permanence' } },
      ...{ languages: [language], zone: 'Etc/UTC' },
    });
    const { id } = entry?.body as EntryView;
    const channels: string[] = [];
    for (const [kind, address] of ways) {
      const answer = await administrator?.post(`/points-of-contact/${id}/channels`, { kind, address });
      expect([answer?.status, answer?.body]).toEqual([201, expect.anything()]);
      const channel = (answer?.body as EntryChannelView).id;
      channels.push(channel);
      await administrator?.post(`/channels/${channel}/proof`);
      const said =
        kind === 'mail'
          ? await instance.sink.mailTo(address)
          : await endpoints.callTo(new URL(address.split(' ')[0] ?? '').host);
      const code = /\b(\d{6})\b/.exec(said.text)?.[1];
      const proof = await administrator?.post(`/channels/${channel}/proof/confirm`, { code });
      expect([proof?.status, proof?.body]).toMatchObject([200, { state: 'proven' }]);
    }
    expect((await verify(second as Officer, id)).body).toMatchObject({ state: 'active' });
    return { id, channels };
  };
  const file = async (changes: object = {}) =>
    (await requester?.files({ sentence, ...changes })) ?? { id: '', reference: '' };
  const callsTo = (host: string, reference: string) =>
    endpoints.calls.filter((call) => call.host === host && call.text.includes(reference));
  const called = (reference: string, count = 1, host = 'hooks.xb.example') =>
    waitUntil(`call ${count} to ${host} of ${reference}`, () => callsTo(host, reference)[count - 1]);
  const noticesBy = async (channel: string, id: string) =>
    ((await requester?.deliveries(id)) ?? []).filter((one) => one.channel === channel);
  const settled = (channel: string, id: string, state: string) =>
    waitUntil(`the ${channel} is ${state}`, async () =>
      (await noticesBy(channel, id)).find((one) => one.state === state),
    );
  const isSigned = async ({ headers, text }: CaughtCall): Promise<boolean> => {
    const { body } = await instance.anyone.get('/api/v1/ledger/key');
    const [jwk] = (body as { keys: ({ kid: string } & Record<string, string>)[] }).keys;
    const parameters = String(headers['signature-input']).replace(/^aldis=/, '');
    const digest = `sha-256=:${createHash('sha256').update(text).digest('base64')}:`;
    const base = [
      ...['"@method": POST', `"@target-uri": ${webhook}`],
      `"content-type": ${headers['content-type']}`,
      `"content-digest": ${digest}`,
      `"@signature-params": ${parameters}`,
    ].join('\n');
    const [, signature = ''] = /^aldis=:(.+):$/.exec(String(headers.signature)) ?? [];
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    return (
      parameters.endsWith(`keyid="${jwk?.kid}";alg="ed25519";tag="aldis-channel"`) &&
      verifies(null, Buffer.from(base), key, Buffer.from(signature, 'base64'))
    );
  };

  it('say at once and signed that there is a request, and its link acknowledges it', async () => {
    const { id, reference } = await file();
    const call = await called(reference);
    expect(await isSigned(call)).toBe(true);
    const told = toldBy(call);
    expect(told).toMatchObject({
      ...{
        type: 'aldis.notice',
        kind: 'request',
        reference,
        urgency: 'U1',
        tlp: 'TLP:AMBER',
        language: 'en',
      },
      ...{ traffic: 'actual', marking: null, sample: true, requester: 'XA', url: instance.url },
    });
    expect(told.sentences.map((one) => one.id)).toContain('fs.ack.request');
    expect(call.text).not.toContain('CANARY');
    const notice = await settled('webhook', id, 'accepted');
    expect(notice).toMatchObject({
      ...{ notice: told.id, pointOfContact: { id: desk.id } },
      attempts: [{ number: 1, outcome: 'accepted', replyCode: 200 }],
    });
    expect(JSON.stringify(await requester?.deliveries(id))).not.toContain('hooks.xb');
    expect(instance.sink.mailsTo(mailbox).filter(({ subject }) => subject.includes(reference))).toEqual([]);

    const link = AckLink.in({
      text: `${told.acknowledge?.link} ${told.acknowledge?.code.replace(/^.../, '$& ')}`,
    });
    expect((await link.submit('Night desk')).status).toBe(200);
    expect((await requester?.sees(id))?.addressees).toMatchObject([{ state: 'acknowledged' }]);
    const checks = await instance.database.rows(
      `SELECT outcome FROM channel_checks WHERE channel_id = $1 AND kind = 'acknowledgement'`,
      [desk.channels[0]],
    );
    expect(checks).toEqual([{ outcome: 'answered' }]);
  });

  it('stand in a route beside mailboxes, in their order', async () => {
    const { body } = (await requester?.get('/routes?party=XB&urgency=U1&tlp=TLP%3ARED')) ?? {};
    const steps = (body as { steps: { pointOfContact: string; means: string; stage: string }[] }).steps;
    const own = steps.filter(({ pointOfContact }) => pointOfContact === desk.id);
    expect(own.map(({ means, stage }) => [means, stage])).toEqual([
      ['endpoint', 'at-once'],
      ['call-back', 'when-reminded'],
    ]);
  });

  it('are a short text for a gateway, marked first where it is an exercise', async () => {
    const { id, reference } = await file({ traffic: 'exercise', tlp: 'TLP:RED' });
    const { body, path } = await called(reference, 1, 'sms.xb.example');
    expect([path, body.type, body.to, body.language]).toEqual(['/send', 'aldis.text', '+41229179999', 'fr']);
    const text = body.text ?? '';
    expect(text).toMatch(/^\[EXERCISE\] U1 TLP:RED EX-\S+ .*FICTIF\. De XA\. .*\/ack\/\S+ \d{3} \d{3}$/);
    expect(text).toMatch(/^[ -_a-z~éèùìòàÉ]+$/);
    expect(toldBy(await called(reference))).toMatchObject({ marking: 'EXERCISE', traffic: 'exercise' });
    const rows = await instance.database.rows(
      `SELECT DISTINCT m.marking FROM messages m JOIN notices n ON n.message_id = m.id
       WHERE n.request_id = $1 AND n.channel <> 'mail'`,
      [id],
    );
    expect(rows).toEqual([{ marking: 'EXERCISE' }]);
    expect((await AckLink.in({ text }).submit('Poste de nuit')).status).toBe(200);
    expect((await requester?.sees(id))?.addressees).toMatchObject([{ state: 'acknowledged' }]);
  });

  it('are repeated with the same id after a hold-up and a restart, and no more once withdrawn', async () => {
    endpoints.statusesOf.set('hooks.xb.example', [503]);
    const { id, reference } = await file();
    const first = toldBy(await called(reference));
    const waiting = await settled('webhook', id, 'pending');
    expect(waiting.attempts).toMatchObject([{ outcome: 'transient', replyCode: 503 }]);
    await instance.stopWorker();
    await instance.forward(6_000);
    endpoints.statusesOf.set('hooks.xb.example', [202]);
    await instance.startWorker();
    expect(toldBy(await called(reference, 2))).toEqual(first);
    const { attempts } = await settled('webhook', id, 'accepted');
    expect(attempts.map(({ replyCode }) => replyCode)).toEqual([503, 202]);
    await duty?.acts(id, { act: 'acknowledge' });

    endpoints.statusesOf.set('hooks.xb.example', [500]);
    const other = await file();
    await called(other.reference);
    await settled('webhook', other.id, 'pending');
    expect((await requester?.acts(other.id, { act: 'withdraw' }))?.status).toBe(200);
    await settled('webhook', other.id, 'cancelled');
    endpoints.statusesOf.delete('hooks.xb.example');
    await instance.forward(6_000);
    await waitUntil('it is told of the withdrawal alone', () =>
      callsTo('hooks.xb.example', other.reference).some((call) => toldBy(call).kind === 'withdrawn'),
    );
    const kinds = callsTo('hooks.xb.example', other.reference).map((call) => toldBy(call).kind);
    expect(kinds.filter((kind) => kind === 'request')).toHaveLength(1);
  });

  it('are followed by a mail to the same desk when nobody acknowledges', async () => {
    const { id, reference } = await file();
    await called(reference);
    await instance.forward(48 * hours);
    const reminder = await waitUntil('the mailbox is reminded', () =>
      instance.sink.mailsTo(mailbox).find(({ subject }) => subject.includes(reference)),
    );
    expect(reminder.subject).toContain('Reminder');
    expect(toldBy(await called(reference, 2))).toMatchObject({ kind: 'reminder' });
    // Sessions have run out meanwhile.
    await signIn();
    expect((await duty?.acts(id, { act: 'acknowledge' }))?.status).toBe(200);
  });

  it('make a channel suspect that refuses for good, and its mailbox is told at once', async () => {
    // Nobody else is told at once: where one is, that is enough until the reminder.
    await instance.database.rows(
      `UPDATE channels SET state = 'suspect', suspect_since = app.now()
       WHERE party_code = 'XB' AND state = 'proven' AND point_of_contact_id <> $1`,
      [desk.id],
    );
    endpoints.statusesOf.set('hooks.xb.example', [410]);
    const { id, reference } = await file();
    await called(reference);
    const mail = await waitUntil('the mailbox of the desk is told', () =>
      instance.sink.mailsTo(mailbox).find(({ subject }) => subject.includes(reference)),
    );
    expect(mail.text).toContain('/ack/');
    const failed = await settled('webhook', id, 'failed');
    expect(failed.attempts).toMatchObject([{ outcome: 'permanent', replyCode: 410 }]);
    const { body } = (await administrator?.get(`/points-of-contact/${desk.id}`)) ?? {};
    expect((body as EntryView).channels.map(({ kind, state }) => [kind, state])).toContainEqual([
      'webhook',
      'suspect',
    ]);
    expect(callsTo('hooks.xb.example', reference)).toHaveLength(1);
  });
});

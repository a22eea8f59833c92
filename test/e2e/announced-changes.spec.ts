import type {
  CallTaskItem,
  CallTaskView,
  EntryChangeView,
  EntryChannelView,
  NoteView,
} from '#libs/directory';
import { textsIn } from '#libs/wording';
import { EndpointSink } from '../harness/endpoint-sink.js';
import type { Instance } from '../harness/instance.js';
import { Keepers } from '../harness/keepers.js';
import type { Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';
import { addByTwo, endByTwo, noteVerbale, verify } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';

describe('a change of how a point of contact is reached', () => {
  let endpoints: EndpointSink;
  let keepers: Keepers;
  let instance: Instance;
  let first: Officer;
  let second: Officer;
  let [secretariat, officer, duty]: Officer[] = [];
  let numbers = 1000;

  beforeAll(async () => {
    endpoints = await EndpointSink.start();
    keepers = await Keepers.start({ outgoing: endpoints.outgoing });
    ({ first, second } = keepers);
    ({ secretariat, officer, duty } = keepers.others);
    ({ instance } = keepers.walled);
  });
  afterAll(async () => {
    await keepers.stop();
    await endpoints.stop();
  });

  const number = () => `+4122917${++numbers}`;
  /** An entry that others rely on, with proven channels in order. */
  const entryWith = async (...inputs: { kind: string; address: string }[]) => {
    const id = await keepers.nominated();
    const channels: EntryChannelView[] = [];
    for (const input of inputs) {
      const { status, body } = await first.post(`/points-of-contact/${id}/channels`, input);
      expect([input, status]).toEqual([input, 201]);
      channels.push(body as EntryChannelView);
    }
    expect((await verify(second, id)).body).toMatchObject({ state: 'verified' });
    for (const { id: channel } of channels) await proven(channel);
    return { id, channels };
  };
  const proven = (channel: string) =>
    instance.database.rows(`UPDATE channels SET state = 'proven', proven_at = app.now() WHERE id = $1`, [
      channel,
    ]);
  /** By another than who proposed it, with the code that a mailbox of the entry got. */
  const provenByCall = async (channel: string, mailbox: string) => {
    const { id } = (await second.post('/call-tasks', { channel, reason: 'proof' })).body as CallTaskView;
    await second.post(`/call-tasks/${id}/take`);
    const { text } = await instance.sink.mailWith(mailbox, 'On vous appelle');
    const code = /\b(\d{6})\b/.exec(text)?.[1];
    expect((await second.post(`/call-tasks/${id}/outcome`, { outcome: 'answered', code })).status).toBe(200);
  };
  const confirmed = async (entry: string, input: object): Promise<EntryChangeView> => {
    const asked = await first.post(`/points-of-contact/${entry}/changes`, input);
    expect([asked.status, asked.body]).toEqual([201, expect.anything()]);
    const { id } = asked.body as EntryChangeView;
    const { status, body } = await second.post(`/entry-changes/${id}/acts`, { act: 'confirm' });
    expect([status, body]).toEqual([200, expect.anything()]);
    return body as EntryChangeView;
  };
  const removed = async (entry: string) => {
    const note = await first.post(
      `/points-of-contact/${entry}/notes-verbales`,
      noteVerbale({ purpose: 'removal' }),
    );
    const { version } = await keepers.seen(entry);
    return confirmed(entry, { kind: 'retire', noteVerbale: (note.body as NoteView).id, version });
  };
  const waitingFor = async (by: Officer | undefined) =>
    ((await by?.get('/call-tasks'))?.body as { items: CallTaskItem[] }).items;
  /** The calls that wait and announce changes of an entry, as somebody sees them: the newest last. */
  const callsOf = async (entry: string, by = secretariat): Promise<CallTaskItem[]> => {
    const ofEntry = (await waitingFor(by)).filter((one) => one.pointOfContact === entry);
    return ofEntry.filter(({ reason }) => reason === 'change').toReversed();
  };
  const theCallOf = async (entry: string): Promise<CallTaskItem> => {
    const [call, ...others] = await callsOf(entry);
    expect(others).toEqual([]);
    return call as CallTaskItem;
  };
  const taken = async ({ id }: { id: string }): Promise<CallTaskView> => {
    const answer = await secretariat?.post(`/call-tasks/${id}/take`);
    expect([answer?.status, answer?.body]).toEqual([200, expect.anything()]);
    return answer?.body as CallTaskView;
  };
  const records = async ({ id }: { id: string }, result: object) => {
    const answer = await secretariat?.post(`/call-tasks/${id}/outcome`, result);
    return { status: answer?.status, body: answer?.body as CallTaskView };
  };
  const toSecretariat = () =>
    instance.sink
      .mailsTo('secretariat@network.example')
      .filter(({ subject }) => subject.includes('Calls to make'));
  const checksOf = (channel: string) =>
    instance.database.rows('SELECT 1 FROM channel_checks WHERE channel_id = $1', [channel]);
  const stateOf = async (entry: string, channel: string) =>
    (await keepers.seen(entry)).channels.find(({ id }) => id === channel)?.state;
  /** Whoever tells of calls does so when it starts, and then at intervals of real time. */
  const toldAnew = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.worker?.sweep();
  };
  const callsTo = (host: string) => endpoints.calls.filter((call) => call.host === host);

  it('is said on the old telephone by the secretariat, which is told, sees the old number and records the answer', async () => {
    const { id, channels } = await entryWith(
      { kind: 'mail', address: 'replaced@xb.example' },
      { kind: 'telephone', address: number() },
    );
    const [, old] = channels;
    const before = toSecretariat().length;
    const newChannel = { kind: 'telephone', address: number() };
    const { newChannelId } = await confirmed(id, { kind: 'replace-channel', channel: old?.id, newChannel });
    const mail = await waitUntil('the secretariat is told', () => toSecretariat()[before]);
    expect(mail.text.replace(/\s+/g, ' ')).toMatch(
      /announced on the old numbers.*Calls: 1 .*\/api\/v1\/call-tasks/,
    );
    expect(mail.text).not.toContain(old?.address);
    // The new one is proven before anybody calls: by that the old one has ended.
    await provenByCall(newChannelId ?? '', 'replaced@xb.example');
    expect(await stateOf(id, old?.id ?? '')).toBe('ended');

    const call = await theCallOf(id);
    expect(call).toMatchObject({
      ...{ reason: 'change', party: 'XB', wantedBy: null, request: null, allowedActs: ['take', 'cancel'] },
      channel: { id: old?.id, kind: 'telephone' },
    });
    expect(await callsOf(id, officer)).toEqual([]);
    expect((await officer?.get(`/call-tasks/${call.id}`))?.status).toBe(404);
    const mine = await taken(call);
    expect(mine).toMatchObject({ number: old?.address, way: 'read-back', zone: 'Etc/UTC', mine: true });
    expect(mine.script?.language).toBe('fr');
    const script = mine.script?.lines.join(' ') ?? '';
    expect(mine.script?.lines[0]).toBe(textsIn('fr').marking.sample);
    expect(script).toContain('Permanence');
    expect(script).toContain('doit être remplacé par un autre\u00a0: téléphone');
    expect(script).toContain(`${mine.code?.slice(0, 3)} ${mine.code?.slice(3)}`);
    expect(script).not.toContain(newChannel.address);
    // Who is called reads of it, and neither its script nor its code.
    for (const by of [duty, first])
      expect((await by?.get(`/call-tasks/${call.id}`))?.body).toMatchObject({
        ...{ reason: 'change', script: null, code: null, takenBy: null, allowedActs: [] },
      });
    expect((await first.post(`/call-tasks/${call.id}/heard`, { code: mine.code })).status).toBe(409);
    expect((await first.post(`/call-tasks/${call.id}/cancel`)).status).toBe(403);
    const other = mine.code === '000000' ? '000001' : '000000';
    expect((await records(call, { outcome: 'answered', code: other })).status).toBe(400);
    const done = await records(call, { outcome: 'answered', code: mine.code });
    expect([done.status, done.body]).toMatchObject([200, { state: 'done', number: null, script: null }]);
    expect(await callsOf(id)).toEqual([]);
    const seen = (await keepers.seen(id)).channels.find((one) => one.id === old?.id);
    expect(seen).toMatchObject({ state: 'ended', reach: { how: 'call', checks: 1, answered: 1 } });
    await toldAnew();
    expect(toSecretariat()).toHaveLength(before + 1);
  });

  it('is disputed by who knows nothing of it, and then the administrators are told, once', async () => {
    const { id, channels } = await entryWith(
      { kind: 'mail', address: 'disputed@xb.example' },
      { kind: 'fax', address: number() },
    );
    const fax = channels[1]?.id ?? '';
    await endByTwo(first, second, fax);
    expect(await stateOf(id, fax)).toBe('ended');
    const call = await theCallOf(id);
    const { script, number: called } = await taken(call);
    expect(called).toBe(channels[1]?.address);
    expect(script?.lines.join(' ')).toContain('a été retiré du répertoire');
    const faulty = await secretariat?.post(`/call-tasks/${call.id}/outcome`, {
      outcome: 'disputed',
      code: '123456',
    });
    expect(faulty && told(faulty)).toEqual(['#/code']);
    const done = await records(call, { outcome: 'disputed' });
    expect([done.status, done.body]).toMatchObject([200, { state: 'done', outcome: 'disputed' }]);
    expect(await checksOf(fax)).toEqual([]);

    const link = `/api/v1/entry-changes?pointOfContact=${id}`;
    const toAdministrators = () => instance.sink.mails.filter(({ text }) => text.includes(link));
    await waitUntil('both administrators are told', () => toAdministrators().length === 2);
    await toldAnew();
    expect(
      toAdministrators()
        .map(({ to }) => to)
        .sort(),
    ).toEqual([...['administrator@xb.example', 'second@xb.example']]);
    for (const { text } of toAdministrators()) {
      expect(text.replace(/\s+/g, ' ')).toMatch(/(know nothing of it|ne pas être au courant)/);
      expect(text).not.toContain(called);
    }
    // Nothing else is disputed.
    const { body: task } = (await secretariat?.post('/call-tasks', {
      ...{ channel: await checkable(), reason: 'check' },
    })) as { body: CallTaskView };
    await taken(task);
    const no = await secretariat?.post(`/call-tasks/${task.id}/outcome`, { outcome: 'disputed' });
    expect(no && told(no)).toEqual(['#/outcome']);
  });
  const checkable = async () =>
    (await entryWith({ kind: 'telephone', address: number() })).channels[0]?.id ?? '';

  it('is said on the telephones of an entry that is no more', async () => {
    const { id, channels } = await entryWith(
      { kind: 'mail', address: 'retired@xb.example' },
      { kind: 'emergency-telephone', address: number() },
      { kind: 'messenger', address: '@desk-of-xb' },
    );
    await removed(id);
    expect((await keepers.seen(id)).state).toBe('retired');
    const calls = await callsOf(id);
    expect(calls.map(({ channel }) => channel.id)).toEqual(channels.slice(1).map((one) => one.id));
    const [call] = calls as [CallTaskItem];
    const mine = await taken(call);
    expect(mine).toMatchObject({ number: channels[1]?.address, roleNames: { en: 'Night desk' } });
    expect(mine.script?.lines.join(' ')).toContain('Votre point de contact a été retiré du répertoire');
    // In vain: that is written down, and does nothing to what has ended.
    expect((await records(call, { outcome: 'no-answer' })).body).toMatchObject({ outcome: 'no-answer' });
    expect(await keepers.seen(id)).toMatchObject({
      state: 'retired',
      channels: [
        { state: 'ended' },
        { state: 'ended', reach: { checks: 1, answered: 0 } },
        { state: 'ended' },
      ],
    });
  });

  it('is said to each webhook and gateway, signed, when a way is added and when they end themselves', async () => {
    const { id, channels } = await entryWith(
      { kind: 'webhook', address: 'https://old-hook.xb.example/aldis' },
      { kind: 'gateway', address: 'https://old-sms.xb.example/send +41229179990' },
    );
    const [hook, gateway] = channels;
    await addByTwo(first, second, id, { kind: 'mail', address: 'beside@xb.example' });
    const { path, body, headers, text } = await endpoints.callTo('old-hook.xb.example');
    expect([path, body]).toMatchObject([
      '/aldis',
      {
        ...{ type: 'aldis.channel-change', party: 'XB', pointOfContact: id, channel: hook?.id },
        ...{ change: 'add-channel', isThisOne: false, language: 'fr' },
        ...{ id: expect.any(String), sentAt: expect.any(String) },
      },
    ]);
    expect(body.decidedAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(body.text).toMatch(/Un nouveau moyen.*\(adresse électronique\).*prévenez immédiatement/);
    expect(text).not.toContain('beside@');
    expect(headers['signature-input']).toContain('tag="aldis-channel"');
    const short = await endpoints.callTo('old-sms.xb.example');
    expect(short.body).toMatchObject({ type: 'aldis.text', to: '+41229179990', language: 'fr' });
    expect(short.body.text).toMatch(/^FICTIF\. .*, Permanence : Un nouveau moyen de joindre/);
    expect(await callsOf(id)).toEqual([]);

    for (const channel of [hook, gateway]) await endByTwo(first, second, channel?.id ?? '');
    const ended = await endpoints.callTo('old-hook.xb.example', 2);
    expect(ended.body).toMatchObject({ change: 'end-channel', isThisOne: true });
    expect(ended.body.text).toContain('La présente adresse a été retirée du répertoire');
    // The gateway hears of the webhook and then of itself.
    const texts = [2, 3].map(async (nth) => (await endpoints.callTo('old-sms.xb.example', nth)).body.text);
    expect((await Promise.all(texts)).toSorted()).toEqual([
      expect.stringContaining('La présente adresse a été retirée'),
      expect.stringContaining("Un moyen de joindre ce point de contact a été supprimé (point d'accès HTTP)"),
    ]);
  });

  it('is said again until somebody answers, beside other changes and codes, which take nothing of it back', async () => {
    const host = 'twice.xb.example';
    const { id, channels } = await entryWith({ kind: 'webhook', address: `https://${host}/` });
    const hook = channels[0]?.id ?? '';
    endpoints.statusesOf.set(host, [503, 503, 200]);
    for (const name of ['one', 'two'])
      await addByTwo(first, second, id, { kind: 'mail', address: `${name}-more@xb.example` });
    await endpoints.callTo(host, 2);
    await instance.database.rows(
      `UPDATE channels SET state = 'suspect', suspect_since = app.now() WHERE id = $1`,
      [hook],
    );
    expect((await first.post(`/channels/${hook}/proof`)).status).toBe(201);
    await waitUntil('the code is sent', () =>
      callsTo(host).some(({ body }) => body.type === 'aldis.channel-proof'),
    );
    expect((await first.get(`/channels/${hook}/proof`)).body).toMatchObject({ call: { attempts: 1 } });
    await proven(hook);
    await instance.forward(20_000);
    await waitUntil('both are said', async () => {
      const sql = `SELECT 1 FROM channel_calls WHERE channel_id = $1 AND about = 'change' AND state = 'accepted'`;
      return (await instance.database.rows(sql, [hook])).length === 2;
    });
    const changes = callsTo(host).filter(({ body }) => body.type === 'aldis.channel-change');
    const ids = changes.map(({ body }) => body.id);
    expect([changes.length, new Set(ids).size]).toEqual([4, 2]);
  });

  it('that an endpoint refuses puts it in doubt, and nothing that has ended', async () => {
    const host = 'gone.xb.example';
    const { id, channels } = await entryWith(
      { kind: 'webhook', address: `https://${host}/` },
      { kind: 'gateway', address: `https://${host}/sms +41229179991` },
    );
    const [hook = '', gateway = ''] = channels.map((one) => one.id);
    endpoints.statusesOf.set(host, [410]);
    await endByTwo(first, second, gateway);
    await waitUntil('it is in doubt', async () => (await stateOf(id, hook)) === 'suspect');
    await waitUntil('both have refused', async () => {
      const sql = `SELECT 1 FROM channel_calls WHERE channel_id IN ($1, $2) AND state = 'failed' AND reply_status = 410`;
      return (await instance.database.rows(sql, [hook, gateway])).length === 2;
    });
    expect([await stateOf(id, gateway), await checksOf(gateway)]).toEqual(['ended', []]);
    expect(await checksOf(hook)).toHaveLength(1);
  });

  it('is said on the first telephone of an entry that has nothing else, and each change in its own call', async () => {
    const { id, channels } = await entryWith(
      { kind: 'telephone', address: number() },
      { kind: 'fax', address: number() },
    );
    const [telephone] = channels;
    await addByTwo(first, second, id, { kind: 'webhook', address: 'https://new-hook.xb.example/' });
    const call = await theCallOf(id);
    expect(call.channel.id).toBe(telephone?.id);
    const { body: check } = (await secretariat?.post('/call-tasks', {
      ...{ channel: telephone?.id, reason: 'check' },
    })) as { body: CallTaskView };
    expect(check).toMatchObject({ reason: 'check', state: 'open' });
    const { version } = (await keepers.seen(id)).channels.find((one) => one.id === telephone?.id) ?? {};
    const use = { version, purpose: 'exercise', encryption: 'none', expiresOn: null };
    expect((await second.put(`/channels/${telephone?.id}`, use)).status).toBe(200);
    const [, other] = await callsOf(id);
    const lines = async ({ id: one }: { id: string }) =>
      ((await secretariat?.get(`/call-tasks/${one}`))?.body as CallTaskView).script?.lines.join(' ');
    expect(await lines(call)).toContain(
      'Un autre moyen de vous joindre a été inscrit\u00a0: point d’accès HTTP',
    );
    expect(await lines(other as CallTaskItem)).toContain('est désormais utilisé autrement');
    await secretariat?.post(`/call-tasks/${check.id}/cancel`);
    expect(await callsOf(id)).toHaveLength(2);
    expect(callsTo('new-hook.xb.example')).toEqual([]);
  });

  it('asks the secretariat for nothing any more when the calls are taken back, and for nothing after a week', async () => {
    for (const { id } of await waitingFor(secretariat)) await secretariat?.post(`/call-tasks/${id}/cancel`);
    await instance.stopWorker();
    await instance.sink.stop();
    await instance.startWorker();
    const { id, channels } = await entryWith({ kind: 'telephone', address: number() });
    const { id: beside } = await entryWith({ kind: 'fax', address: number() });
    await removed(id);
    await removed(beside);
    const waiting = () =>
      instance.database.rows(
        `SELECT 1 FROM notices WHERE wanted_for = 'calls:change:XB' AND settled_at IS NULL AND recalled_at IS NULL`,
      );
    await waitUntil('word waits', async () => (await waiting()).length > 0);
    const [call] = await callsOf(id);
    expect(call?.channel.id).toBe(channels[0]?.id);
    await secretariat?.post(`/call-tasks/${call?.id}/cancel`);
    expect((await waiting()).length).toBeGreaterThan(0);
    const [last] = await callsOf(beside);
    await secretariat?.post(`/call-tasks/${last?.id}/cancel`);
    expect(await waiting()).toEqual([]);
    await instance.sink.start();

    const host = 'never.xb.example';
    endpoints.statusesOf.set(host, [503]);
    const silent = await entryWith({ kind: 'webhook', address: `https://${host}/` });
    await addByTwo(first, second, silent.id, { kind: 'mail', address: 'silent@xb.example' });
    const { id: unheard } = await entryWith({ kind: 'telephone', address: number() });
    await removed(unheard);
    await endpoints.callTo(host);
    await instance.forward(8 * 86_400_000);
    await toldAnew();
    await waitUntil('both are over', async () => {
      const said = await instance.database.rows(
        `SELECT 1 FROM channel_calls WHERE channel_id = $1 AND state = 'failed'`,
        [silent.channels[0]?.id],
      );
      const made = await instance.database.rows(
        `SELECT 1 FROM call_tasks t JOIN channels c ON c.id = t.channel_id
         WHERE c.point_of_contact_id = $1 AND t.reason = 'change' AND t.state = 'expired'`,
        [unheard],
      );
      return said.length + made.length === 2;
    });
    // Who is only silent is not in doubt.
    expect(await checksOf(silent.channels[0]?.id ?? '')).toEqual([]);
  });
});

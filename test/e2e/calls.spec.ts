import { createPublicKey, randomUUID, verify } from 'node:crypto';
import type {
  CorrectionView,
  CallTaskItem,
  CallTaskView,
  EntryChannelView,
  EntryView,
  ProofView,
} from '#libs/directory';
import { EndpointSink } from '../harness/endpoint-sink.js';
import type { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { addByTwo, verify as vouch } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { Walled } from '../harness/walled.js';

interface Faulted {
  errors: { pointer: string }[];
}
const pointers = ({ body }: { body: unknown }) => (body as Faulted).errors.map(({ pointer }) => pointer);
const codeIn = ({ text }: Pick<CaughtMail, 'text'>) => /\b(\d{6})\b/.exec(text)?.[1] ?? '';
const other = (code: string) => (code === '000000' ? '000001' : '000000');

describe('calls to channels', () => {
  let walled: Walled;
  let instance: Instance;
  let endpoints: EndpointSink;
  let administrator: Officer;
  let second: Officer;
  let officer: Officer;
  let duty: Officer;
  let foreign: Officer;
  let secretariat: Officer;
  let primary: EntryView;
  let numbers = 1234;

  beforeAll(async () => {
    endpoints = await EndpointSink.start();
    walled = await Walled.start({ outgoing: endpoints.outgoing });
    ({ instance } = walled);
    const names = ['administrator@xb', 'officer@xb', 'duty@xb', 'officer@xa', 'secretariat@network'];
    [administrator, officer, duty, foreign, secretariat] = (await Promise.all(
      names.map((name) => instance.officer(`${name}.example`)),
    )) as [Officer, Officer, Officer, Officer, Officer];
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    second = await Officer.signIn(instance.url, email, chosenPassword);
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    primary = items.find(({ level, position }) => level === 'technical' && position === 1) as EntryView;
  });
  afterAll(async () => {
    await walled.stop();
    await endpoints.stop();
  });

  const added = (entry: string, kind: string, address = `+4122917${++numbers}`) =>
    addByTwo(administrator, second, entry, { kind, address });
  const asked = async (by: Officer, channel: string, reason: string): Promise<CallTaskView> => {
    const answer = await by.post('/call-tasks', { channel, reason });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body as CallTaskView;
  };
  const taken = async (by: Officer, { id }: { id: string }): Promise<CallTaskView> => {
    const answer = await by.post(`/call-tasks/${id}/take`);
    expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    return answer.body as CallTaskView;
  };
  const records = (by: Officer, { id }: { id: string }, result: object) =>
    by.post(`/call-tasks/${id}/outcome`, result);
  const channelOf = async (entry: string, id: string, by = administrator) =>
    ((await by.get(`/points-of-contact/${entry}`)).body as EntryView).channels.find((one) => one.id === id);
  /** A point of contact without a mailbox, verified by the second administrator. */
  const withoutMail = async (): Promise<string> => {
    const { body } = await administrator.post('/points-of-contact', {
      ...{ body: walled.bodies['XB cert'], level: 'technical', roleNames: { en: 'Watch', fr: 'Veille' } },
      ...{ languages: ['fr'], zone: 'Etc/UTC' },
    });
    const { id } = body as EntryView;
    expect((await vouch(second, id)).body).toMatchObject({ state: 'verified' });
    return id;
  };
  const mailbox = () => primary.channels.find(({ kind }) => kind === 'mail') as EntryChannelView;
  /** The newest mail with a code for a call. */
  const codeMail = async (count: number, by = 'XB'): Promise<string> => {
    const { names } = (await officer.get(`/parties/${by}`)).body as { names: Record<string, string> };
    const found = await waitUntil(`code ${count}`, () => {
      const mails = instance.sink.mailsTo(mailbox().address);
      return mails.filter(({ subject }) => subject.endsWith(`a code for ${names.en}`))[count - 1];
    });
    return codeIn(found);
  };

  it('prove a telephone by a code that its mailbox got, which another than who added it hears', async () => {
    const { id: channel } = await added(primary.id, 'telephone');
    expect((await administrator.post(`/channels/${channel}/proof`)).status).toBe(409);
    expect((await foreign.get(`/points-of-contact/${primary.id}`)).text).not.toContain(channel);
    const task = await asked(administrator, channel, 'proof');
    expect(task).toMatchObject({ state: 'open', reason: 'proof', wantedBy: 'XB', party: 'XB', way: null });
    expect(task.allowedActs).toEqual(['cancel']);
    expect((await administrator.post('/call-tasks', { channel, reason: 'proof' })).status).toBe(409);
    expect((await administrator.post(`/call-tasks/${task.id}/take`)).status).toBe(403);

    const mine = await taken(second, task);
    expect(mine).toMatchObject({ state: 'taken', mine: true, way: 'mailed', code: null, triesLeft: 5 });
    expect(mine.number).toMatch(/^\+4122917/);
    expect(mine.script?.lines.join(' ')).toMatch(/SAMPLE.*on behalf of .*check.*mail with a code/);
    expect((await administrator.get(`/call-tasks/${task.id}`)).body).toMatchObject({
      ...{ mine: false, code: null, takenBy: 'Second administrator', allowedActs: [] },
    });
    const code = await codeMail(1);
    expect(pointers(await records(second, task, { outcome: 'answered' }))).toEqual(['#/code']);
    expect(pointers(await records(second, task, { outcome: 'no-answer', code }))).toEqual(['#/code']);
    expect(pointers(await records(second, task, { outcome: 'answered', code: other(code) }))).toEqual([
      '#/code',
    ]);
    expect((await records(administrator, task, { outcome: 'answered', code })).status).toBe(409);
    const done = await records(second, task, { outcome: 'answered', code });
    expect([done.status, done.body]).toMatchObject([
      200,
      { state: 'done', outcome: 'answered', mine: false },
    ]);
    expect((await records(second, task, { outcome: 'no-answer' })).status).toBe(409);
    expect(await channelOf(primary.id, channel, foreign)).toMatchObject({
      state: 'proven',
      reach: { how: 'call', daysAgo: 0, checks: 1, answered: 1, failedAt: null },
    });
    const record = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about IN ($1, $2) ORDER BY at, id`,
      [task.id, channel],
    );
    expect(record.map(({ act }) => act)).toEqual([
      ...['channel-added', 'call-asked', 'call-taken', 'channel-proven', 'call-recorded'],
    ]);
  });

  it('take no more than five codes for one that is right, and give a new one to who takes the call anew', async () => {
    const { id: channel } = await added(primary.id, 'messenger', '@watch-xb');
    const task = await asked(administrator, channel, 'proof');
    await taken(second, task);
    const first = await codeMail(2);
    for (const _ of [1, 2, 3, 4, 5])
      expect((await records(second, task, { outcome: 'answered', code: other(first) })).status).toBe(400);
    expect((await records(second, task, { outcome: 'answered', code: first })).status).toBe(409);
    await taken(second, task);
    const next = await codeMail(3);
    if (first !== next)
      expect((await records(second, task, { outcome: 'answered', code: first })).status).toBe(400);
    // Whoever lets a call lie for two hours has lost it, and with it the code.
    await instance.database.rows(`UPDATE call_tasks SET taken_until = app.now() WHERE id = $1`, [task.id]);
    expect((await records(second, task, { outcome: 'answered', code: next })).status).toBe(409);
    for (const _ of [3, 4, 5]) await taken(second, task);
    expect((await second.post(`/call-tasks/${task.id}/take`)).status).toBe(409);
    const wrong = await records(second, task, { outcome: 'wrong-number' });
    expect(wrong.body).toMatchObject({ state: 'done', outcome: 'wrong-number' });
    const seen = await channelOf(primary.id, channel);
    expect([seen?.state, seen?.reach]).toMatchObject([
      'unproven',
      { checks: 1, answered: 0, answeredAt: null },
    ]);
    expect(seen?.reach.failedAt).not.toBeNull();
  });

  it('read a code out where there is no mailbox, which somebody of the party that is called records', async () => {
    const entry = await withoutMail();
    const { id: channel } = await added(entry, 'emergency-telephone');
    const task = await asked(second, channel, 'proof');
    const mine = await taken(second, task);
    expect(mine).toMatchObject({ way: 'read-out', script: { language: 'fr' } });
    const code = mine.code ?? '';
    expect(mine.script?.lines.join(' ')).toContain(`${code.slice(0, 3)} ${code.slice(3)}`);
    for (const by of [duty, administrator]) {
      const { body } = await by.get(`/call-tasks/${task.id}`);
      expect([JSON.stringify(body).includes(code), (body as CallTaskView).code]).toEqual([false, null]);
    }
    expect((await records(second, task, { outcome: 'answered', code })).status).toBe(409);
    const hears = (by: Officer, said: string) => by.post(`/call-tasks/${task.id}/heard`, { code: said });
    expect((await hears(second, code)).status).toBe(403);
    expect((await hears(foreign, code)).status).toBe(404);
    expect(pointers(await hears(duty, other(code)))).toEqual(['#/code']);
    expect((await hears(duty, code)).body).toMatchObject({ heard: true, triesLeft: 4 });
    expect((await hears(duty, code)).status).toBe(409);
    expect((await duty.post(`/call-tasks/${task.id}/cancel`)).status).toBe(403);
    const done = await records(second, task, { outcome: 'answered' });
    expect([done.status, done.body]).toMatchObject([200, { outcome: 'answered' }]);
    expect((await foreign.get(`/points-of-contact/${entry}`)).body).toMatchObject({
      ...{ state: 'active', channels: [{ id: channel, state: 'proven' }] },
    });
  });

  it('check numbers of other parties, one person at a time, seen by both sides and by nobody else', async () => {
    const { items } = (await foreign.get('/points-of-contact?party=XB')).body as { items: EntryView[] };
    const telephone = items
      .flatMap(({ channels }) => channels)
      .find(({ kind }) => kind === 'telephone') as EntryChannelView;
    const { id: channel, reach } = telephone;
    expect(reach).toMatchObject({ checks: 1, answered: 1 });
    const observer = await instance.officer('observer@xc.example');
    const third = await instance.officer('officer@xc.example');
    for (const [by, reason, status] of [
      [observer, 'check', 403],
      [administrator, 'check', 403],
      [foreign, 'proof', 403],
      [third, 'proof', 403],
      [second, 'proof', 409],
    ] as const)
      expect([reason, (await by.post('/call-tasks', { channel, reason })).status]).toEqual([reason, status]);
    expect((await foreign.post('/call-tasks', { channel: mailbox().id, reason: 'check' })).status).toBe(409);

    await instance.database.rows('DELETE FROM entry_readings');
    const task = await asked(foreign, channel, 'check');
    expect(await instance.database.rows('SELECT point_of_contact_id AS id FROM entry_readings')).toEqual([
      { id: primary.id },
    ]);
    const mine = await taken(foreign, task);
    expect(mine).toMatchObject({ wantedBy: 'XA', way: 'mailed', number: telephone.address });
    const waiting = async (by: Officer, which = 'waiting') =>
      ((await by.get(`/call-tasks?which=${which}`)).body as { items: CallTaskItem[] }).items.map(
        ({ id }) => id,
      );
    expect(await waiting(foreign, 'mine')).toEqual([task.id]);
    expect(await waiting(duty)).toContain(task.id);
    for (const by of [third, observer, secretariat]) {
      expect(await waiting(by)).not.toContain(task.id);
      expect((await by.get(`/call-tasks/${task.id}`)).status).toBe(404);
      expect((await by.post(`/call-tasks/${task.id}/take`)).status).toBe(404);
    }
    // The party that is called reads of the call, and neither its script nor who of the others makes it.
    expect((await duty.get(`/call-tasks/${task.id}`)).body).toMatchObject({
      ...{ wantedBy: 'XA', takenBy: null, script: null, code: null, allowedActs: [] },
    });
    expect((await records(duty, task, { outcome: 'refused' })).status).toBe(403);
    const done = await records(foreign, task, { outcome: 'answered', code: await codeMail(1, 'XA') });
    expect([done.status, done.body]).toMatchObject([200, { outcome: 'answered' }]);

    const ofNetwork = await asked(secretariat, channel, 'check');
    expect(ofNetwork).toMatchObject({ wantedBy: null, number: telephone.address });
    await taken(secretariat, ofNetwork);
    expect((await foreign.get(`/call-tasks/${ofNetwork.id}`)).status).toBe(404);
    expect((await records(secretariat, ofNetwork, { outcome: 'answered-by-another' })).status).toBe(200);
    // In vain: suspect at once, its party is told, and an answer ends it.
    const seen = await channelOf(primary.id, channel, foreign);
    expect(seen).toMatchObject({ state: 'suspect', reach: { checks: 3, answered: 2, how: 'call' } });
    expect(await waiting(foreign, 'over')).toEqual([task.id]);
    const again = await taken(foreign, await asked(foreign, channel, 'check'));
    await records(foreign, again, { outcome: 'answered', code: await codeMail(2, 'XA') });
    expect((await channelOf(primary.id, channel, foreign))?.state).toBe('proven');
    // Its own party's word is one, too.
    const own = await taken(duty, await asked(duty, channel, 'check'));
    expect((await records(duty, own, { outcome: 'no-answer' })).status).toBe(200);
    expect((await channelOf(primary.id, channel, foreign))?.state).toBe('suspect');
    const notes = async () =>
      ((await administrator.get('/corrections')).body as { items: CorrectionView[] }).items.filter(
        (note) => note.channel === channel,
      );
    expect(await notes()).toMatchObject([{ via: 'system', what: 'unanswered', state: 'open' }]);
    const fourth = await taken(foreign, await asked(foreign, channel, 'check'));
    await records(foreign, fourth, { outcome: 'answered', code: await codeMail(3, 'XA') });
    expect((await channelOf(primary.id, channel, foreign))?.state).toBe('proven');
    const fifth = await taken(foreign, await asked(foreign, channel, 'check'));
    await records(foreign, fifth, { outcome: 'wrong-number' });
    // One other party alone says nothing of a channel that is not its own; by the function of the wall neither.
    expect((await channelOf(primary.id, channel, foreign))?.state).toBe('proven');
    const sixth = await taken(third, await asked(third, channel, 'check'));
    await records(third, sixth, { outcome: 'wrong-number' });
    expect((await channelOf(primary.id, channel, foreign))?.state).toBe('suspect');
    expect(await notes()).toHaveLength(1);
    // Nobody doubts a channel but by a call of one's own that was in vain.
    const who = { ...walled.of('XC', 'cert') };
    const doubt = `SELECT WHERE app.doubt_by_call('${fifth.id}', '${randomUUID()}')`;
    expect(await walled.api.outcome(doubt, who)).toBe(0);
    for (const _ of [2, 3, 4, 5])
      await secretariat.post(`/call-tasks/${(await asked(secretariat, channel, 'check')).id}/cancel`);
    expect((await secretariat.post('/call-tasks', { channel, reason: 'check' })).status).toBe(429);
  });

  it('prove a webhook by a signed message, again and again until somebody answers', async () => {
    const address = 'https://hooks.xb.example/aldis?team=1';
    const { id: channel } = await added(primary.id, 'webhook', address);
    const proof = `/channels/${channel}/proof`;
    expect((await administrator.get(proof)).status).toBe(404);
    endpoints.statuses = [503, 202];
    expect((await administrator.post(proof)).status).toBe(201);
    await endpoints.callTo('hooks.xb.example');
    const look = async () => (await administrator.get(proof)).body as ProofView;
    await waitUntil('it waits for the next try', async () => (await look()).call?.state === 'pending');
    expect(await look()).toMatchObject({
      triesLeft: 5,
      call: { attempts: 1, replyStatus: 503, fault: null },
    });
    await instance.forward(6_000);
    const call = await endpoints.callTo('hooks.xb.example', 2);
    await waitUntil('it is taken', async () => (await look()).call?.state === 'accepted');
    expect(await look()).toMatchObject({ call: { attempts: 2, replyStatus: 202 } });
    const [first] = endpoints.calls;
    expect(call).toMatchObject({ path: '/aldis?team=1', body: { ...first?.body } });
    const { id, type, party, channel: named, code = '' } = call.body;
    expect({ type, party, named, id: typeof id }).toEqual({
      ...{ type: 'aldis.channel-proof', party: 'XB', named: channel, id: 'string' },
    });
    const { body: keys } = await instance.anyone.get('/api/v1/ledger/key');
    const jwk = (keys as { keys: ({ kid: string } & Record<string, string>)[] }).keys[0];
    const parameters = String(call.headers['signature-input']).replace(/^aldis=/, '');
    expect(parameters).toContain(`keyid="${jwk?.kid}"`);
    const base = [
      ...['"@method": POST', `"@target-uri": ${address}`],
      `"content-type": ${call.headers['content-type']}`,
      `"content-digest": ${String(call.headers['content-digest'])}`,
      `"@signature-params": ${parameters}`,
    ].join('\n');
    const [, signature = ''] = /^aldis=:(.+):$/.exec(String(call.headers.signature)) ?? [];
    const key = createPublicKey({ key: { ...jwk }, format: 'jwk' });
    expect(verify(null, Buffer.from(base), key, Buffer.from(signature, 'base64'))).toBe(true);
    const confirm = (said: string) => administrator.post(`${proof}/confirm`, { code: said });
    expect((await confirm(other(code))).status).toBe(400);
    expect((await confirm(code)).body).toMatchObject({
      state: 'proven',
      reach: { how: 'proof', answered: 1 },
    });
  });

  it('prove a gateway by a text to its number, and say what an endpoint refused', async () => {
    const { id: channel } = await added(
      primary.id,
      'gateway',
      'https://sms.xb.example/send +41 22 917 99 99',
    );
    const proof = `/channels/${channel}/proof`;
    endpoints.statuses = [401];
    await administrator.post(proof);
    const look = async () => (await administrator.get(proof)).body as ProofView;
    await waitUntil('it has failed', async () => (await look()).call?.state === 'failed');
    expect(await look()).toMatchObject({ call: { attempts: 1, replyStatus: 401 } });
    endpoints.statuses = [204];
    await administrator.post(proof);
    const { path, body } = await endpoints.callTo('sms.xb.example', 2);
    expect([path, body.type, body.to, body.language]).toEqual(['/send', 'aldis.text', '+41229179999', 'en']);
    expect(body.text).toMatch(/^SAMPLE\. .* \d{6}$/);
    const confirmed = await administrator.post(`${proof}/confirm`, {
      code: codeIn({ text: body.text ?? '' }),
    });
    expect(confirmed.body).toMatchObject({ kind: 'gateway', state: 'proven' });
    for (const by of [officer, foreign, secretariat]) expect((await by.get(proof)).status).toBe(403);
    // What waits for an endpoint whose channel is ended is not said there any more.
    const { id: ended } = await added(primary.id, 'webhook', 'https://ended.xb.example/');
    endpoints.statuses = [503];
    await administrator.post(`/channels/${ended}/proof`);
    await endpoints.callTo('ended.xb.example');
    await administrator.delete(`/channels/${ended}`);
    await instance.forward(6_000);
    await waitUntil('it is taken back', async () => {
      const sql = `SELECT 1 FROM channel_calls WHERE channel_id = $1 AND state = 'cancelled'`;
      return (await instance.database.rows(sql, [ended])).length === 1;
    });
    expect(endpoints.calls.filter(({ host }) => host === 'ended.xb.example')).toHaveLength(1);
  });
});

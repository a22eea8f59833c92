import type { CallTaskView, ConfirmationView, EntryView } from '#libs/directory';
import { generateKey } from 'openpgp';
import supertest from 'supertest';
import type { Instance } from '../harness/instance.js';
import { codeIn, KeyKeepers } from '../harness/key-keepers.js';
import type { Officer } from '../harness/officer.js';
import { addByTwo } from '../harness/vouching.js';

const day = 86_400_000;
const yesterday = `(app.now() AT TIME ZONE 'UTC')::date - 1`;

describe('a mailbox past its last day', () => {
  let keepers: KeyKeepers;
  let instance: Instance;
  let administrator: Officer;
  let second: Officer;
  let desks = 0;

  beforeAll(async () => {
    keepers = await KeyKeepers.start();
    ({ instance, administrator, second } = keepers);
  });
  afterAll(() => keepers.stop());

  const seen = async (entry: string) =>
    (await administrator.get(`/points-of-contact/${entry}`)).body as EntryView;
  const lastsUntil = (channel: string, date: string) =>
    instance.database.rows(`UPDATE channels SET expires_on = ${date} WHERE id = $1`, [channel]);
  /** An entry whose first mailbox is past its last day; the one after it is good. */
  const entryWithTwo = async () => {
    const { entry, channel: over, address: gone } = await keepers.contact();
    const address = `next${++desks}@xb.example`;
    const { id: next } = await addByTwo(administrator, second, entry, { kind: 'mail', address });
    await administrator.post(`/channels/${next}/proof`);
    const code = codeIn((await instance.sink.mailTo(address)).text);
    expect((await administrator.post(`/channels/${next}/proof/confirm`, { code })).status).toBe(200);
    await lastsUntil(over, yesterday);
    return { entry, over, gone, next, address };
  };
  /** To which channels of an entry mails of a kind were written, in order. */
  const writtenTo = async (entry: string, kind: string) => {
    const found = await instance.database.rows<{ channel: string }>(
      `SELECT n.channel_id AS channel FROM notices n JOIN messages m ON m.id = n.message_id
       JOIN channels c ON c.id = n.channel_id WHERE m.kind = $2 AND c.point_of_contact_id = $1 ORDER BY n.id`,
      [entry, kind],
    );
    return found.map(({ channel }) => channel);
  };
  const taken = async (channel: string) => {
    const { body } = await administrator.post('/call-tasks', { channel, reason: 'proof' });
    const { id } = body as CallTaskView;
    return (await second.post(`/call-tasks/${id}/take`)).body as CallTaskView;
  };
  const telephone = (entry: string, address: string) =>
    addByTwo(administrator, second, entry, { kind: 'telephone', address });
  /** Whoever looks after entries and keys does so when it starts, and then at intervals of real time. */
  const caredFor = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.worker?.sweep();
  };

  it('gets no code of a call: the next one does, and without one the code is read out', async () => {
    const { entry, next } = await entryWithTwo();
    const { id: first } = await telephone(entry, '+41229171234');
    expect([await taken(first), await writtenTo(entry, 'call-code')]).toMatchObject([
      { way: 'mailed' },
      [next],
    ]);
    await lastsUntil(next, yesterday);
    const { id: other } = await telephone(entry, '+41229171235');
    expect([await taken(other), await writtenTo(entry, 'call-code')]).toMatchObject([
      { way: 'read-out' },
      [next],
    ]);
  });

  it('is not told how the entry is reached from now on', async () => {
    const { entry, next } = await entryWithTwo();
    const before = await writtenTo(entry, 'channel-change');
    const { version } = (await seen(entry)).channels.find(({ id }) => id === next) ?? {};
    const lasts = { version, expiresOn: '2099-12-31' };
    expect((await administrator.put(`/channels/${next}`, lasts)).status).toBe(200);
    expect((await writtenTo(entry, 'channel-change')).slice(before.length)).toEqual([next]);
  });

  it('is told nothing of keys, and no key of it is tested', async () => {
    const { entry, over, gone, next, address } = await entryWithTwo();
    const made = async (email: string) =>
      generateKey({
        ...{ type: 'curve25519', userIDs: [{ email }], keyExpirationTime: (80 * day) / 1000 },
        format: 'object',
      });
    const before = await writtenTo(entry, 'channel-change');
    const [ofNext, ofOver] = [await made(address), await made(gone)];
    await keepers.confirm(await keepers.add(next, ofNext.publicKey.armor()));
    const key = await keepers.confirm(await keepers.add(over, ofOver.publicKey.armor()));
    expect((await writtenTo(entry, 'channel-change')).slice(before.length)).toEqual([next, next]);
    expect(key.allowedActs).not.toContain('test');
    const tested = await administrator.post(`/keys/${key.id}/test`);
    expect([tested.status, tested.text]).toEqual([409, expect.stringContaining('nothing is sent there')]);
    await caredFor();
    // Of either key the other mailbox and the two administrators, and nobody else.
    expect(await writtenTo(entry, 'key-expiry')).toHaveLength(6);
    for (const to of [address, 'administrator@xb.example', 'second@xb.example'])
      await instance.sink.mailWith(to, 'expires soon', 2);
  });

  it('is not proven, nor called, before it is given a later one', async () => {
    const { entry, over } = await entryWithTwo();
    const { id: number } = await telephone(entry, '+41229171236');
    await lastsUntil(number, yesterday);
    await instance.database.rows(
      `UPDATE channels SET state = 'suspect', suspect_since = app.now() WHERE id = $1`,
      [over],
    );
    for (const asked of [
      await administrator.post(`/channels/${over}/proof`),
      await administrator.post('/call-tasks', { channel: number, reason: 'proof' }),
    ])
      expect([asked.status, asked.text]).toEqual([409, expect.stringContaining('a later last day first')]);
    const { version } = (await seen(entry)).channels.find(({ id }) => id === over) ?? {};
    await administrator.put(`/channels/${over}`, { version, expiresOn: '2099-12-31' });
    expect((await administrator.post(`/channels/${over}/proof`)).status).toBe(201);
  });

  it('makes an entry reachable no more, until it is good for longer', async () => {
    const { entry, over, next } = await entryWithTwo();
    await caredFor();
    expect((await seen(entry)).state).toBe('active');
    await lastsUntil(next, yesterday);
    await caredFor();
    expect((await seen(entry)).state).toBe('verified');
    const acts = async (act: string) => {
      const { version } = await seen(entry);
      return (await administrator.post(`/points-of-contact/${entry}/acts`, { act, version }))
        .body as EntryView;
    };
    await acts('suspend');
    expect((await acts('resume')).state).toBe('verified');
    const { version } = (await seen(entry)).channels.find(({ id }) => id === over) ?? {};
    const lasts = { version, expiresOn: '2099-12-31' };
    expect((await administrator.put(`/channels/${over}`, lasts)).status).toBe(200);
    expect((await seen(entry)).state).toBe('active');
  });

  it('is not asked to confirm: the next one is, and without one nobody', async () => {
    const { entry, next, address } = await entryWithTwo();
    const { entry: mute, channel: last } = await keepers.contact();
    await lastsUntil(last, yesterday);
    // Nobody is asked but these two, so that the world has no other mails to send.
    await instance.database.rows(
      `UPDATE points_of_contact SET verified_at = app.now() + interval '3 years' WHERE id NOT IN ($1, $2)`,
      [entry, mute],
    );
    await instance.forward(91 * day);
    administrator = await instance.officer('administrator@xb.example');
    await caredFor();
    const { text } = await instance.sink.mailWith(address, 'confirm');
    const { pathname } = new URL(/https?:\/\/\S+\/confirm\/\S+/.exec(text)?.[0] ?? '');
    expect([await writtenTo(entry, 'confirmation'), await writtenTo(mute, 'confirmation')]).toEqual([
      [next],
      [],
    ]);
    expect([(await seen(entry)).state, (await seen(mute)).state]).toEqual(['stale', 'stale']);
    const { items } = (await administrator.get('/confirmations')).body as { items: ConfirmationView[] };
    const askable = (id: string) => items.find(({ pointOfContact }) => pointOfContact === id)?.askable;
    expect([askable(entry), askable(mute)]).toEqual([true, false]);

    // The link that was mailed before its last day opens nothing after it.
    await lastsUntil(next, yesterday);
    const form = { act: 'confirm', version: String((await seen(entry)).version) };
    const pressed = await supertest(instance.url).post(pathname).type('form').send(form);
    expect([pressed.status, (await seen(entry)).state]).toEqual([410, 'stale']);
    await lastsUntil(next, 'NULL');
    expect((await supertest(instance.url).post(pathname).type('form').send(form)).status).toBe(200);
    expect((await seen(entry)).state).toBe('active');
  });
});

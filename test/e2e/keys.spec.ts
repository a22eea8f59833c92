import { randomUUID } from 'node:crypto';
import { revokeKey } from 'openpgp';
import type { EntryView, KeyView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { KeyKeepers } from '../harness/key-keepers.js';
import type { Officer } from '../harness/officer.js';
import { addByTwo, endByTwo } from '../harness/vouching.js';
import { refused, type Walled } from '../harness/walled.js';
import { waitUntil } from '../harness/waiting.js';

const day = 86_400_000;

describe('keys of channels', () => {
  let keepers: KeyKeepers;
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let second: Officer;
  let officer: Officer;

  beforeAll(async () => {
    keepers = await KeyKeepers.start();
    ({ walled, instance, administrator, second, officer } = keepers);
  });
  afterAll(() => keepers.stop());

  const contact = async () => keepers.contact();
  const add = async (channel: string, file: string) => keepers.add(channel, file);
  const confirm = async (key: KeyView) => keepers.confirm(key);
  const made = async (email: string, days?: number) => keepers.made(email, days);
  const besideChannel = async (entry: string, by = officer) =>
    ((await by.get(`/points-of-contact/${entry}`)).body as EntryView).channels[0]?.keys ?? [];
  const encryptable = async (channels: string[]) => keepers.encryptable(channels);
  const faults = ({ body }: { body: unknown }) =>
    (body as { errors: { pointer: string; detail: string }[] }).errors;
  it('are seen by others once a second person has confirmed them, and the entry is told', async () => {
    const { entry, channel, address } = await contact();
    const { publicKey } = await made(address);
    const fingerprint = publicKey.getFingerprint();
    const looked = await administrator.post('/keys/look-at', { channel, file: publicKey.armor() });
    expect([looked.status, looked.body]).toMatchObject([
      200,
      { findings: [], keys: [{ fingerprint, verdict: 'accept', namesAddress: true, findings: [] }] },
    ]);
    const added = await add(channel, publicKey.armor());
    expect(added).toMatchObject({
      ...{ party: 'XB', pointOfContact: entry, channel, fingerprint, state: 'proposed', version: 1 },
      ...{ userIds: [`Desk <${address}>`], confirmedAt: null, testedAt: null, allowedActs: ['end'] },
    });
    const path = `/keys/${added.id}`;
    for (const at of [path, `${path}/file`]) expect((await officer.get(at)).status).toBe(404);
    expect(await besideChannel(entry)).toEqual([]);
    expect((await officer.get(`/keys?pointOfContact=${entry}`)).body).toEqual({ items: [] });

    const own = await administrator.post(`${path}/confirm`, { version: 1 });
    expect([own.status, (await second.get(path)).body]).toMatchObject([
      403,
      { allowedActs: ['confirm', 'end'] },
    ]);
    const proposals = () => instance.sink.mails.filter(({ text }) => text.includes(`/api/v1${path}`));
    expect((await waitUntil('the other one is told', () => proposals()[0])).to).toBe('second@xb.example');
    expect([proposals().length, proposals()[0]?.text.includes(address)]).toEqual([1, false]);
    const waiting = await contact();
    await add(waiting.channel, publicKey.armor());
    expect(await encryptable([channel, waiting.channel])).toEqual([]);
    expect((await second.post(`${path}/confirm`, { version: 2 })).status).toBe(409);
    expect(await confirm(added)).toMatchObject({ state: 'untested', version: 2 });
    expect((await second.post(`${path}/confirm`, { version: 2 })).status).toBe(409);
    const told = await instance.sink.mailTo(address, 2);
    expect(told.text).toContain((fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' '));

    const seen = { id: added.id, kind: 'openpgp', fingerprint, canEncrypt: true, state: 'untested' };
    expect(await besideChannel(entry)).toMatchObject([{ ...seen, warning: expect.stringMatching(/Nobody/) }]);
    const { body: listed } = await officer.get('/points-of-contact?party=XB&level=policy');
    const contacts = (listed as { items: EntryView[] }).items;
    expect(contacts.find(({ id }) => id === entry)?.channels[0]?.keys).toMatchObject([seen]);
    expect((await officer.get(`/keys?pointOfContact=${entry}`)).body).toMatchObject({
      items: [{ ...seen, allowedActs: [] }],
    });
    const file = await officer.get(`${path}/file`).buffer(true);
    expect([file.headers['content-type'], file.headers['content-disposition'], file.text]).toEqual([
      ...['application/pgp-keys', `attachment; filename="${fingerprint}.asc"`, publicKey.armor()],
    ]);
    expect((await officer.get('/keys')).body).toEqual({ items: [] });
    expect(await encryptable([channel, waiting.channel])).toEqual([channel]);
    const record = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about = $1 ORDER BY at, id`,
      [added.id],
    );
    expect(record.map(({ act }) => act)).toEqual(['channel-key-added', 'channel-key-confirmed']);
  });

  it('are not seen by others where their network hides keys, and without whose they are where it hides persons', async () => {
    const { entry, channel, address } = await contact();
    const { id } = await confirm(await add(channel, (await made(address)).publicKey.armor()));
    const hide = (visibility: object) =>
      instance.database.rows('UPDATE networks SET visibility = $1', [JSON.stringify(visibility)]);
    const statuses = async (by: Officer) =>
      Promise.all([`/keys/${id}`, `/keys/${id}/file`].map(async (path) => (await by.get(path)).status));
    const listed = async (by = officer) =>
      ((await by.get(`/keys?pointOfContact=${entry}`)).body as { items: KeyView[] }).items;
    try {
      await hide({ keys: 'hidden' });
      expect([await listed(), await statuses(officer)]).toEqual([[], [404, 404]]);
      expect([(await listed(second)).length, await statuses(second)]).toEqual([1, [200, 200]]);
      await hide({ keys: ['technical'], person: ['policy'] });
      expect(await listed()).toMatchObject([{ id, userIds: [] }]);
      expect((await officer.get(`/keys/${id}`)).body).toMatchObject({ id, userIds: [] });
      expect(await statuses(officer)).toEqual([200, 404]);
    } finally {
      await hide({});
    }
    expect([await listed(), await statuses(officer)]).toMatchObject([
      [{ userIds: [`Desk <${address}>`] }],
      [200, 200],
    ]);
    // Each of these counts as the entry that was read.
    for (const path of [`?pointOfContact=${entry}`, `/${id}`, `/${id}/file`]) {
      await instance.database.rows('DELETE FROM entry_readings');
      expect([path, (await officer.get(`/keys${path}`)).status]).toEqual([path, 200]);
      const read = await instance.database.rows('SELECT point_of_contact_id AS id FROM entry_readings');
      expect([path, read]).toEqual([path, [{ id: entry }]]);
    }
  });

  it('are renewed by a newer copy, revoked at once by one person, and end with their channel', async () => {
    const { entry, channel, address } = await contact();
    const { publicKey, privateKey } = await made(address);
    const first = await confirm(await add(channel, publicKey.armor()));
    const twice = await administrator.post('/keys', { channel, file: publicKey.armor() });
    expect(twice.status).toBe(201);
    expect((await administrator.post('/keys', { channel, file: publicKey.armor() })).status).toBe(409);
    const renewed = await confirm(twice.body as KeyView);
    expect((await officer.get(`/keys/${first.id}`)).status).toBe(404);
    expect((await administrator.get(`/keys/${first.id}`)).body).toMatchObject({ state: 'ended' });

    const { publicKey: revoked } = await revokeKey({ key: privateKey, format: 'object' });
    const answer = await administrator.post('/keys', { channel, file: revoked.armor() });
    expect([answer.status, answer.body]).toMatchObject([201, { id: renewed.id, state: 'revoked' }]);
    expect(await besideChannel(entry)).toMatchObject([{ state: 'revoked', id: renewed.id }]);
    const again = await administrator.post('/keys', { channel, file: revoked.armor() });
    expect(faults(again)).toEqual([{ pointer: '#/file', detail: 'The key is revoked.' }]);
    for (const _ of [1, 2])
      expect((await administrator.delete(`/keys/${renewed.id}`)).body).toMatchObject({ state: 'ended' });
    expect(await besideChannel(entry)).toEqual([]);

    const other = await confirm(await add(channel, (await made(address)).publicKey.armor()));
    expect(await endByTwo(administrator, second, channel)).toMatchObject({ state: 'done' });
    expect((await second.get(`/keys/${other.id}`)).body).toMatchObject({ state: 'ended', allowedActs: [] });
    expect((await officer.get(`/keys/${other.id}`)).status).toBe(404);
    const over = await administrator.post('/keys', { channel, file: publicKey.armor() });
    expect(over.status).toBe(409);
  });

  it('are refused as files that hold private parts, several keys or none, field by field', async () => {
    const { channel, address } = await contact();
    const [{ publicKey, privateKey }, other] = [await made(address), await made('other@xb.example')];
    const secret = await administrator.post('/keys', { channel, file: privateKey.armor() });
    expect(faults(secret)).toMatchObject([
      { pointer: '#/file', detail: expect.stringMatching(/private key/) },
    ]);
    const both = `${publicKey.armor()}\n${other.publicKey.armor()}`;
    const fingerprint = other.publicKey.getFingerprint();
    expect(faults(await administrator.post('/keys', { channel, file: both }))).toMatchObject([
      { pointer: '#/fingerprint' },
    ]);
    const unknown = { channel, file: both, fingerprint: 'a'.repeat(40) };
    expect(faults(await administrator.post('/keys', unknown))).toMatchObject([{ pointer: '#/fingerprint' }]);
    const one = await administrator.post('/keys', { channel, file: both, fingerprint });
    expect([one.status, one.body]).toMatchObject([
      201,
      { fingerprint, namesAddress: false, findings: [{ code: 'address-not-named', verdict: 'warn' }] },
    ]);
    const rows = await instance.database.rows<{ count: number }>(
      'SELECT count(*)::int AS count FROM contact_keys WHERE channel_id = $1',
      [channel],
    );
    expect(rows).toEqual([{ count: 1 }]);
    const looked = await administrator.post('/keys/look-at', { channel, file: 'Dear colleague' });
    expect(looked.body).toMatchObject({ keys: [], findings: [{ code: 'unreadable', verdict: 'refuse' }] });
    expect((await administrator.post('/keys', { channel, file: '' })).status).toBe(400);
    const telephone = { kind: 'telephone', address: '+41 22 917 12 34' };
    const { entry } = await contact();
    const phone = await addByTwo(administrator, second, entry, telephone);
    const wrong = { channel: phone.id, file: publicKey.armor() };
    expect((await administrator.post('/keys', wrong)).status).toBe(409);
  });

  it('are looked up in the directory of the domain, and it is said where that leads nowhere', async () => {
    const { channel } = await contact();
    const { status, body } = await administrator.post('/keys/look-up', { channel });
    expect([status, body]).toMatchObject([
      200,
      { keys: [], tried: [{ outcome: 'name' }, { outcome: 'name' }] },
    ]);
    expect((body as { tried: { url: string }[] }).tried[0]?.url).toMatch(
      /^https:\/\/openpgpkey\.xb\.example\/\.well-known\/openpgpkey\/xb\.example\/hu\/[a-z0-9]{32}\?l=keys\d+$/,
    );
  });

  it('are kept by their own administrators alone, through the routes and below them', async () => {
    const { channel, address } = await contact();
    const { publicKey } = await made(address);
    const added = await add(channel, publicKey.armor());
    const secretariat = await instance.officer('secretariat@network.example');
    for (const other of [officer, secretariat, await instance.officer('officer@xb.example')])
      for (const answer of [
        await other.post('/keys', { channel, file: publicKey.armor() }),
        await other.post('/keys/look-at', { channel, file: publicKey.armor() }),
        await other.post('/keys/look-up', { channel }),
        await other.post(`/keys/${added.id}/confirm`, { version: 1 }),
        await other.post(`/keys/${added.id}/test`),
        await other.delete(`/keys/${added.id}`),
        await other.post(`/keys/${added.id}/keep`),
      ])
        expect(answer.status).toBe(403);
    const { api, callers } = walled;
    const idOf = async (role: string, party: string | null) => {
      const where = `role = '${role}' AND party_code IS NOT DISTINCT FROM ${party ? `'${party}'` : 'NULL'}`;
      const actor = String((await walled.rowOf('accounts', where)).id);
      return { actor, ...(party ? { party } : {}), purpose: party ? 'keep' : 'network' };
    };
    const row = await walled.rowOf('contact_keys', `id = '${added.id}'`);
    const own = { ...(await idOf('party-administrator', 'XB')), actor: String(row.added_by) };
    const another = { ...row, id: randomUUID(), fingerprint: 'b'.repeat(40) };
    const strangers = [
      { ...own, party: 'XA' },
      await idOf('officer', 'XB'),
      await idOf('officer', 'XA'),
      await idOf('directory-manager', null),
    ];
    for (const other of strangers) {
      expect(await api.adds('contact_keys', another, other)).toBe(refused);
      expect(await api.outcome(`UPDATE contact_keys SET version = version`, other)).toBe(0);
      expect(await api.outcome(`SELECT FROM key_tests`, other)).toBe(0);
    }
    expect(await api.adds('contact_keys', another, own)).toBe(1);
    expect(await api.adds('contact_keys', { ...another, state: 'confirmed' }, own)).toBe(refused);
    expect(
      await api.outcome(`SELECT FROM contact_keys WHERE state = 'proposed'`, { ...own, party: 'XA' }),
    ).toBe(0);
    // Who added it cannot confirm it, nor be said not to have; nothing of it can be exchanged, and nothing returns.
    const update = (set: string) =>
      api.outcome(`UPDATE contact_keys SET ${set} WHERE id = '${added.id}'`, own);
    expect(await update(`state = 'confirmed'`)).toBe('23514');
    for (const column of ['material', 'fingerprint', 'added_by', 'confirmed_by', 'channel_id', 'expires_at'])
      expect([column, await update(`${column} = ${column}`)]).toEqual([column, refused]);
    await administrator.delete(`/keys/${added.id}`);
    expect(await update(`state = 'proposed', ended_at = NULL`)).toBe(refused);
    for (const set of ['state', 'material', 'tested_at'])
      expect(
        await callers.worker.outcome(`UPDATE contact_keys SET ${set} = ${set}`, {
          actor: 'worker',
          purpose: 'sweep',
        }),
      ).toBe(refused);
  });

  it('are warned of 90, 30 and 7 days before they end and once they have, each time once', async () => {
    const { entry, channel, address } = await contact();
    const { publicKey } = await made(address, 95);
    const key = await confirm(await add(channel, publicKey.armor()));
    const warnings = () => instance.sink.mailsTo(address).filter(({ subject }) => /expire/.test(subject));
    const warned = async () => {
      const [row] = await instance.database.rows<{ warned_days: number | null }>(
        'SELECT warned_days FROM contact_keys WHERE id = $1',
        [key.id],
      );
      return row?.warned_days;
    };
    const run = async () => {
      await instance.stopWorker();
      await instance.startWorker();
      await instance.worker?.sweep();
      await instance.worker?.sweep();
    };
    await run();
    expect([await warned(), warnings().length]).toEqual([null, 0]);
    await instance.forward(6 * day);
    await run();
    await instance.sink.mailWith(address, 'expires soon');
    const anew = () => instance.officer('officer@xa.example');
    expect([await warned(), (await besideChannel(entry, await anew()))[0]?.state]).toEqual([
      90,
      'expires-soon',
    ]);
    // The worker was down while 30 days passed: the nearest warning alone, and once.
    await instance.forward(83 * day);
    await run();
    await instance.sink.mailWith(address, 'expires soon', 2);
    expect(await warned()).toBe(7);
    await run();
    await instance.forward(10 * day);
    await run();
    await instance.sink.mailWith(address, 'has expired');
    await run();
    expect([await warned(), warnings().length]).toEqual([0, 3]);
    expect(await besideChannel(entry, await anew())).toMatchObject([
      { state: 'expired', warning: expect.stringMatching(/expired on/) },
    ]);
    const keeper = await instance.officer('administrator@xb.example');
    expect((await keeper.post(`/keys/${key.id}/test`)).status).toBe(409);
  });
});

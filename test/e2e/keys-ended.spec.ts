import type { EntryView, KeyView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { KeyKeepers } from '../harness/key-keepers.js';
import type { Officer } from '../harness/officer.js';
import { endByTwo } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, type Walled } from '../harness/walled.js';

const day = 86_400_000;
const needed = 'A second administrator is needed';

describe('the end of keys', () => {
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

  /** A key of a proven mailbox that two people have vouched for. */
  const confirmed = async (days?: number) => {
    const contact = await keepers.contact();
    return { ...contact, key: await keepers.confirmed(contact.channel, contact.address, days) };
  };
  const seenBy = async (by: Officer, { id }: KeyView) => (await by.get(`/keys/${id}`)).body as KeyView;
  const acts = async (about: string) => {
    const sql = 'SELECT act FROM access_events WHERE about = $1 ORDER BY at, id';
    return (await instance.database.rows<{ act: string }>(sql, [about])).map(({ act }) => act).slice(2);
  };
  /** Mails that tell the second administrator of the end of a key. */
  const asked = ({ id }: KeyView) =>
    instance.sink
      .mailsTo('second@xb.example')
      .filter(
        ({ subject, text }) =>
          subject.startsWith(needed) && text.includes('to end a key') && text.includes(id),
      );
  const statusOf = async (answer: PromiseLike<{ status: number }>) => (await answer).status;

  it('takes two where others rely on them: one proposes it, another one is told and ends it', async () => {
    const { entry, channel, address, key } = await confirmed();
    const path = `/keys/${key.id}`;
    expect(key).toMatchObject({ endProposedAt: null, allowedActs: ['test', 'end'] });
    const proposed = await administrator.delete(path);
    expect([proposed.status, proposed.body]).toMatchObject([
      202,
      { state: 'untested', version: key.version + 1, allowedActs: ['test', 'keep'] },
    ]);
    const { endProposedAt } = proposed.body as KeyView;
    expect(endProposedAt).toEqual(expect.any(String));

    // Others see and use it still, and nothing of this.
    const [beside] = ((await officer.get(`/points-of-contact/${entry}`)).body as EntryView).channels;
    expect(beside?.keys).toMatchObject([{ id: key.id, state: 'untested' }]);
    expect(await seenBy(officer, key)).toMatchObject({ endProposedAt: null, allowedActs: [] });
    expect(await keepers.encryptable([channel])).toEqual([channel]);
    const duty = await instance.officer('officer@xb.example');
    expect(await seenBy(duty, key)).toMatchObject({ endProposedAt, allowedActs: [] });

    const again = await administrator.delete(path);
    expect([again.status, again.body]).toEqual([202, proposed.body]);
    await waitUntil('the other one is told', () => asked(key)[0]);
    const fingerprint = (key.fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ');
    for (const part of ['Mailbox', 'OpenPGP', fingerprint, 'Can be confirmed until', `/api/v1${path}`])
      expect(asked(key).map(({ text }) => [part, text.includes(part)])).toEqual([[part, true]]);
    expect(asked(key)[0]?.text).not.toContain(address);

    expect(await seenBy(second, key)).toMatchObject({ endProposedAt, allowedActs: ['test', 'end', 'keep'] });
    for (const _ of [1, 2]) {
      const ended = await second.delete(path);
      expect([ended.status, ended.body]).toMatchObject([200, { state: 'ended', allowedActs: [] }]);
      expect((ended.body as KeyView).endProposedAt).toBeNull();
    }
    await instance.sink.mailWith(address, 'A key in the directory has changed', 2);
    expect((await officer.get(path)).status).toBe(404);
    expect(await keepers.encryptable([channel])).toEqual([]);
    expect(await acts(key.id)).toEqual(['channel-key-end-proposed', 'channel-key-ended']);
  });

  it('does not come where they are kept: by who proposed it, or by another one', async () => {
    const { key } = await confirmed();
    const path = `/keys/${key.id}`;
    expect(await statusOf(administrator.post(`${path}/keep`))).toBe(409);
    for (const [by, first] of [
      [administrator, administrator],
      [second, administrator],
      [administrator, second],
    ] as const) {
      expect(await statusOf(first.delete(path))).toBe(202);
      const kept = await by.post(`${path}/keep`);
      expect([kept.status, kept.body]).toMatchObject([
        200,
        { state: 'untested', endProposedAt: null, allowedActs: ['test', 'end'] },
      ]);
      expect(await statusOf(by.post(`${path}/keep`))).toBe(409);
    }
    const each = ['channel-key-end-proposed', 'channel-key-kept'];
    expect(await acts(key.id)).toEqual([...each, ...each, ...each]);
    const rows = await instance.database.rows(
      'SELECT end_proposed_by AS by, end_proposed_at AS at FROM contact_keys WHERE id = $1',
      [key.id],
    );
    expect(rows).toEqual([{ by: null, at: null }]);
    // What is decided before it has left is told to nobody.
    const other = await confirmed();
    await instance.stopWorker();
    expect(await statusOf(administrator.delete(`/keys/${other.key.id}`))).toBe(202);
    expect(await statusOf(administrator.post(`/keys/${other.key.id}/keep`))).toBe(200);
    const before = asked(key).length;
    expect(await statusOf(administrator.delete(path))).toBe(202);
    await instance.startWorker();
    await waitUntil('the other proposal is told', () => asked(key).length > before);
    expect(asked(other.key)).toEqual([]);
    for (const by of [officer, await instance.officer('officer@xb.example')])
      expect(await statusOf(by.post(`${path}/keep`))).toBe(403);
  });

  it('takes one where nobody relies on them: only added, expired, or of an entry that is nominated', async () => {
    const { channel, address, entry, key } = await confirmed();
    const added = await keepers.add(channel, (await keepers.made(address)).publicKey.armor());
    expect((await administrator.delete(`/keys/${added.id}`)).body).toMatchObject({ state: 'ended' });
    const set = (sql: string, id: string) => instance.database.rows(sql, [id]);
    await set(`UPDATE points_of_contact SET state = 'nominated' WHERE id = $1`, entry);
    const ended = await administrator.delete(`/keys/${key.id}`);
    await set(`UPDATE points_of_contact SET state = 'active' WHERE id = $1`, entry);
    expect([ended.status, ended.body]).toMatchObject([200, { state: 'ended' }]);

    const old = await confirmed();
    const path = `/keys/${old.key.id}`;
    expect(await statusOf(administrator.delete(path))).toBe(202);
    await set(`UPDATE contact_keys SET expires_at = app.now() WHERE id = $1`, old.key.id);
    expect(await seenBy(second, old.key)).toMatchObject({ endProposedAt: null, allowedActs: ['end'] });
    expect(await statusOf(administrator.post(`${path}/keep`))).toBe(409);
    expect(await statusOf(administrator.delete(path))).toBe(200);
    expect(await acts(old.key.id)).toEqual(['channel-key-end-proposed', 'channel-key-ended']);
  });

  it('is proposed anew after 30 days, and when who proposed it has left', async () => {
    const { key } = await confirmed();
    const path = `/keys/${key.id}`;
    const back = (days: number) =>
      instance.database.rows(
        `UPDATE contact_keys SET end_proposed_at = app.now() - make_interval(secs => $2) WHERE id = $1`,
        [key.id, (days * day) / 1000],
      );
    expect(await statusOf(administrator.delete(path))).toBe(202);
    await back(30);
    expect(await seenBy(second, key)).toMatchObject({ endProposedAt: null, allowedActs: ['test', 'end'] });
    expect(await statusOf(second.post(`${path}/keep`))).toBe(409);
    expect(await statusOf(second.delete(path))).toBe(202);
    expect(await seenBy(second, key)).toMatchObject({ allowedActs: ['test', 'keep'] });
    await back(29.99);
    expect(await statusOf(second.delete(path))).toBe(202);
    expect(await seenBy(administrator, key)).toMatchObject({ allowedActs: ['test', 'end', 'keep'] });
    expect(await statusOf(second.post(`${path}/keep`))).toBe(200);

    const third = await keepers.another('third@xb.example', 'Third administrator');
    expect(await statusOf(third.delete(path))).toBe(202);
    const { items } = (await administrator.get('/accounts')).body as {
      items: { id: string; name: string }[];
    };
    const account = items.find(({ name }) => name === 'Third administrator')?.id;
    expect(await statusOf(administrator.delete(`/accounts/${account}`))).toBe(200);
    expect(await seenBy(second, key)).toMatchObject({ endProposedAt: null, allowedActs: ['test', 'end'] });
    expect(await statusOf(second.delete(path))).toBe(202);
    expect(await statusOf(administrator.delete(path))).toBe(200);
  });

  it('comes by a newer copy and with their channel, also while it is proposed', async () => {
    const { channel, address } = await keepers.contact();
    const { publicKey } = await keepers.made(address);
    const [first, other] = [
      await keepers.confirm(await keepers.add(channel, publicKey.armor())),
      await keepers.confirmed(channel, address),
    ];
    for (const { id } of [first, other])
      expect(await statusOf(administrator.delete(`/keys/${id}`))).toBe(202);
    const newer = await keepers.confirm(await keepers.add(channel, publicKey.armor()));
    expect(await seenBy(second, first)).toMatchObject({ state: 'ended', endProposedAt: null });
    expect(newer).toMatchObject({ state: 'untested', endProposedAt: null });
    expect(await endByTwo(administrator, second, channel)).toMatchObject({ state: 'done' });
    for (const key of [newer, other])
      expect(await seenBy(second, key)).toMatchObject({
        state: 'ended',
        endProposedAt: null,
        allowedActs: [],
      });
    expect(await statusOf(second.delete(`/keys/${other.id}`))).toBe(200);
    expect(await statusOf(second.post(`/keys/${other.id}/keep`))).toBe(409);
  });

  it('needs a second factor given just now', async () => {
    const { key } = await confirmed();
    const path = `/keys/${key.id}`;
    const third = await keepers.another('fourth@xb.example', 'Fourth administrator');
    const factor = (ago: string) =>
      instance.database.rows(
        `UPDATE sessions SET factor = 'totp', factor_at = app.now() - interval '${ago}'
         WHERE account_id = (SELECT account_id FROM sessions ORDER BY created_at DESC LIMIT 1)`,
      );
    for (const [ago, deleted, kept] of [
      ['6 minutes', 403, 403],
      ['1 minute', 202, 200],
    ] as const) {
      await factor(ago);
      expect([ago, await statusOf(third.delete(path)), await statusOf(third.post(`${path}/keep`))]).toEqual([
        ...[ago, deleted, kept],
      ]);
    }
  });

  describe('in the database', () => {
    const end = `state = 'ended', ended_at = app.now()`;
    /** What one of the two administrators of XB may set of a key; what is set is taken back. */
    const asOne = async (key: KeyView) => {
      const row = await walled.rowOf('contact_keys', `id = '${key.id}'`);
      const identity = (actor: unknown) => ({ actor: String(actor), party: 'XB', purpose: 'keep' });
      const own = identity(row.added_by);
      const others = identity(row.confirmed_by);
      const sets = (set: string, by = own) =>
        walled.api.outcome(`UPDATE contact_keys SET ${set} WHERE id = '${key.id}'`, by);
      return { row, own, others, sets };
    };

    it('takes two: nobody ends alone what is confirmed, nor says that another one proposed it', async () => {
      const { key } = await confirmed();
      const { row, own, others, sets } = await asOne(key);
      for (const set of [end, `${end}, end_proposed_at = app.now()`, `end_proposed_by = '${others.actor}'`])
        expect([set, await sets(set)]).toEqual([set, refused]);
      const [proposed] = await walled.api.sees<{ by: string; recent: boolean }>(
        `UPDATE contact_keys SET end_proposed_at = '2020-01-01' WHERE id = '${key.id}'
         RETURNING end_proposed_by AS by, end_proposed_at > app.now() - interval '1 minute' AS recent`,
        own,
      );
      expect(proposed).toEqual({ by: row.added_by, recent: true });
      await administrator.delete(`/keys/${key.id}`);
      expect([await sets(end), await sets(end, others)]).toEqual([refused, 1]);
      for (const by of [
        { ...own, party: 'XA' },
        { actor: 'worker', party: 'XB', purpose: 'keep' },
      ])
        expect(await sets('end_proposed_at = NULL', by)).toBe(0);
      expect(
        await walled.callers.worker.outcome('UPDATE contact_keys SET end_proposed_at = NULL', {
          ...{ actor: 'worker', purpose: 'sweep' },
        }),
      ).toBe(refused);
      const late = `UPDATE contact_keys SET end_proposed_at = app.now() - interval '30 days' WHERE id = $1`;
      await instance.database.rows(late, [key.id]);
      expect(await sets(end, others)).toBe(refused);
      await instance.database.rows('UPDATE contact_keys SET expires_at = app.now() WHERE id = $1', [key.id]);
      expect(await sets(end)).toBe(1);
    });

    it('takes one where another one has added a newer copy, and is proposed of nothing that is not confirmed', async () => {
      const { channel, address } = await keepers.contact();
      const { publicKey } = await keepers.made(address);
      const added = await keepers.add(channel, publicKey.armor());
      const own = { ...(await asOne(added)).own };
      const proposal = `UPDATE contact_keys SET end_proposed_at = app.now() WHERE id = '${added.id}'`;
      expect(await walled.api.outcome(proposal, own)).toBe(refused);
      const { sets, others } = await asOne(await keepers.confirm(added));
      expect([await sets(end), await sets(end, others)]).toEqual([refused, refused]);
      await keepers.add(channel, publicKey.armor());
      expect([await sets(end), await sets(end, others)]).toEqual([refused, 1]);
    });
  });
});

import type { KeyView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { KeyKeepers } from '../harness/key-keepers.js';
import { addByTwo } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, type Walled } from '../harness/walled.js';

const administrators = ['administrator@xb.example', 'second@xb.example'];
const changed = 'A key in the directory has changed';

describe('who is told of a key', () => {
  let keepers: KeyKeepers;
  let walled: Walled;
  let instance: Instance;

  beforeAll(async () => {
    keepers = await KeyKeepers.start();
    ({ walled, instance } = keepers);
  });
  afterAll(() => keepers.stop());

  const setChannel = async (id: string, set: string) =>
    instance.database.rows(`UPDATE channels SET ${set} WHERE id = $1`, [id]);
  const doubted = `state = 'suspect', suspect_since = app.now()`;
  const yesterday = `expires_on = (app.now() AT TIME ZONE 'UTC')::date - 1`;
  /** A key of a mailbox that two people have vouched for while the mailbox is as is said. */
  const keyOf = async (set: string) => {
    const contact = await keepers.contact();
    await setChannel(contact.channel, set);
    return { ...contact, key: await keepers.confirmed(contact.channel, contact.address) };
  };
  /** How many mails were written about a key. */
  const written = async (wantedFor: string) => {
    const sql = 'SELECT count(*)::int AS count FROM notices WHERE wanted_for = $1';
    return (await instance.database.rows<{ count: number }>(sql, [wantedFor]))[0]?.count;
  };
  const endsIn = async ({ id }: KeyView, days: number) =>
    instance.database.rows(
      `UPDATE contact_keys SET expires_at = app.now() + make_interval(days => $2) WHERE id = $1`,
      [id, days],
    );
  const warned = async ({ id }: KeyView) => {
    const sql = 'SELECT warned_days AS days FROM contact_keys WHERE id = $1';
    return (await instance.database.rows<{ days: number | null }>(sql, [id]))[0]?.days;
  };
  /** Whoever looks after keys does so when it starts. */
  const caredFor = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
  };
  const isWarned = async (key: KeyView, days: number) => {
    await caredFor();
    await waitUntil(`${days} days are told`, async () => ((await warned(key)) === days ? true : undefined));
    await caredFor();
  };
  const mailsTo = (to: string, { fingerprint }: KeyView) => {
    const said = (fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' ');
    return instance.sink
      .mailsTo(to)
      .filter(({ subject, text }) => /expire/.test(subject) && text.includes(said));
  };
  const counts = (key: KeyView, address: string) =>
    [address, ...administrators].map((to) => mailsTo(to, key).length);

  it('of a change: its own mailbox also in doubt, no other one in doubt, and none past its last day', async () => {
    const { administrator, second } = keepers;
    const { entry, channel, address, key } = await keyOf(doubted);
    const told = await instance.sink.mailWith(address, changed);
    expect(told.text).toContain((key.fingerprint.toUpperCase().match(/.{4}/g) ?? []).join(' '));
    expect(await written(`key-change:${key.id}`)).toBe(1);

    const mail = { kind: 'mail', address: `other-${address}` };
    const other = await addByTwo(administrator, second, entry, mail);
    await setChannel(other.id, `state = 'proven', proven_at = app.now()`);
    const twice = await keepers.confirmed(channel, address);
    await instance.sink.mailWith(mail.address, changed);
    expect(await written(`key-change:${twice.id}`)).toBe(2);
    await setChannel(other.id, doubted);
    const once = await keepers.confirmed(channel, address);
    expect(await written(`key-change:${once.id}`)).toBe(1);
    await setChannel(channel, yesterday);
    for (const by of [administrator, second]) await by.delete(`/keys/${once.id}`);
    expect((await administrator.get(`/keys/${once.id}`)).body).toMatchObject({ state: 'ended' });
    expect(await written(`key-change:${once.id}`)).toBe(1);
  });

  it('of its end: its own mailbox in doubt and every administrator, each time once', async () => {
    const { address, key } = await keyOf(doubted);
    for (const [at, days] of [90, 30, 7, 0].entries()) {
      await endsIn(key, days);
      await isWarned(key, days);
      await waitUntil(`warning ${days} has left`, () =>
        counts(key, address).every((count) => count === at + 1) ? true : undefined,
      );
    }
    await instance.stopWorker();
    expect(await written(`key-expiry:${key.id}`)).toBe(12);
    const [own] = mailsTo(address, key);
    const [keeper] = mailsTo('second@xb.example', key);
    expect(own?.text).toContain(address);
    expect(keeper?.text).not.toContain(address);
    expect(keeper?.text).toMatch(/k•••\d@xb\.example[^]*second\s+administrator/);
    await instance.startWorker();
  });

  it('of its end: the administrators also where no mailbox can be written to, and nobody who has left', async () => {
    const { address, channel, key } = await keyOf(`${doubted}, ${yesterday}`);
    expect(await written(`key-change:${key.id}`)).toBe(0);
    await endsIn(key, 20);
    await isWarned(key, 30);
    await waitUntil('the administrators are told', () => mailsTo('second@xb.example', key)[0]);
    await waitUntil('the administrators are told', () => mailsTo('administrator@xb.example', key)[0]);
    expect([await written(`key-expiry:${key.id}`), mailsTo(address, key)]).toEqual([2, []]);

    const setAccounts = (set: string) =>
      instance.database.rows(`UPDATE accounts SET ${set} WHERE party_code = 'XB' AND role = $1`, [
        'party-administrator',
      ]);
    await setAccounts('deactivated_at = app.now()');
    try {
      await endsIn(key, 5);
      await caredFor();
      await caredFor();
      expect([await warned(key), await written(`key-expiry:${key.id}`)]).toEqual([30, 2]);
      // It waits until somebody can be told.
      await setChannel(channel, 'expires_on = NULL');
      await isWarned(key, 7);
      expect(await written(`key-expiry:${key.id}`)).toBe(3);
    } finally {
      await setAccounts('deactivated_at = NULL');
    }
  });

  it('stands behind walls: the worker learns of the administrators of a key while a warning is due, and nobody else', async () => {
    const { key } = await keyOf(doubted);
    const added = await keepers.add(key.channel, (await keepers.made('else@xb.example')).publicKey.armor());
    await instance.stopWorker();
    const asked = ({ id }: KeyView) => `SELECT * FROM app.administrators_of_key('${id}')`;
    const working = { actor: 'worker', purpose: 'sweep' };
    const { worker } = walled.callers;
    expect(await worker.outcome(asked(key), working)).toBe(0);
    for (const one of [key, added]) await endsIn(one, 60);
    const ids = (await worker.sees<{ id: string }>(asked(key), working)).map(({ id }) => id);
    const own = await instance.database.rows<{ id: string }>(
      `SELECT id FROM accounts WHERE party_code = 'XB' AND role = 'party-administrator' ORDER BY id`,
    );
    expect([ids, ids.length]).toEqual([own.map(({ id }) => id), 2]);
    // Nothing of a key that nobody has vouched for, nor outside of work, nor for the party that keeps it.
    expect(await worker.outcome(asked(added), working)).toBe(0);
    for (const by of [{}, { actor: 'worker', party: 'XB', purpose: 'keep' }])
      expect(await worker.outcome(asked(key), by)).toBe(0);
    expect(await worker.outcome('SELECT FROM accounts', working)).toBe(refused);
    expect(await walled.api.outcome(asked(key), walled.of('XB', 'cert'))).toBe(refused);
    expect(await walled.callers.ledger.outcome(asked(key), working)).toBe(refused);
    await instance.database.rows('UPDATE contact_keys SET warned_days = 90 WHERE id = $1', [key.id]);
    expect(await worker.outcome(asked(key), working)).toBe(0);
    await endsIn(key, 20);
    expect(await worker.outcome(asked(key), working)).toBe(2);
    await instance.startWorker();
  });
});

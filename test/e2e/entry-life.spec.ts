import type { EntryChangeView, EntryChannelView, NoteView } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { Keepers } from '../harness/keepers.js';
import type { Officer } from '../harness/officer.js';
import { told } from '../harness/told.js';
import { noteVerbale, verify } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, type Walled } from '../harness/walled.js';

const textOf = (body: unknown) => (body as { detail: string }).detail;

describe('the life of an entry that others rely on', () => {
  let keepers: Keepers;
  let walled: Walled;
  let instance: Instance;
  let first: Officer;
  let second: Officer;
  let third: Officer;
  let foreign: Officer;
  let [secretariat, officer, duty]: Officer[] = [];

  beforeAll(async () => {
    keepers = await Keepers.start();
    ({ walled, first, second, foreign } = keepers);
    ({ secretariat, officer, duty } = keepers.others);
    ({ instance } = walled);
    third = await keepers.another('third@xb.example');
  });
  afterAll(() => keepers.stop());

  const nominated = async (changes: object = {}) => keepers.nominated(changes);
  const seen = async (id: string, by = first) => keepers.seen(id, by);
  const proven = async (channel: string, mailbox: string) => {
    await first.post(`/channels/${channel}/proof`);
    const mails = await waitForCode(mailbox);
    const answer = await first.post(`/channels/${channel}/proof/confirm`, { code: mails });
    expect([answer?.status, answer?.body]).toMatchObject([200, { state: 'proven' }]);
  };
  const waitForCode = async (mailbox: string): Promise<string> => {
    let codes: string[] = [];
    for (let at = 1; codes.length === 0; at++)
      codes =
        /^\D*(?:.|\n)*?\b(\d{6})\b/.exec((await instance.sink.mailTo(mailbox, at)).text)?.slice(1) ?? [];
    return codes[0] ?? '';
  };
  /** An active entry of XB with one proven mailbox for each name. */
  const active = async (...names: string[]) => {
    const id = await nominated();
    const channels: string[] = [];
    for (const name of names) {
      const input = { kind: 'mail', address: `${name}@xb.example` };
      const { body } = (await first.post(`/points-of-contact/${id}/channels`, input)) ?? {};
      channels.push((body as EntryChannelView).id);
      await proven(channels.at(-1) ?? '', input.address);
    }
    expect((await verify(second, id)).body).toMatchObject({ state: 'active' });
    return { id, channels };
  };
  const propose = async (id: string, input: object, by = first) =>
    (await by?.post(`/points-of-contact/${id}/changes`, input)) ?? { status: 0, body: {} };
  const proposed = async (id: string, input: object, by = first): Promise<EntryChangeView> => {
    const { status, body } = await propose(id, input, by);
    expect([status, body]).toEqual([201, expect.anything()]);
    return body as EntryChangeView;
  };
  const acts = async (by: Officer | undefined, id: string, act: string) =>
    (await by?.post(`/entry-changes/${id}/acts`, { act })) ?? { status: 0, body: {} };
  const change = async (id: string) => (await first.get(`/entry-changes/${id}`))?.body as EntryChangeView;
  const mailbox = (address: string) => ({ kind: 'mail', address });
  const noticesOf = (kind: string) =>
    instance.database.rows<{ channel: string }>(
      `SELECT n.channel_id AS channel FROM notices n JOIN messages m ON m.id = n.message_id WHERE m.kind = $1`,
      [kind],
    );

  it('replaces a mailbox by two people, tells the old one, and loses nothing until the new one is proven', async () => {
    const { id, channels } = await active('old-desk', 'beside');
    const [old = '', beside = ''] = channels;
    const reason = { text: 'The domain moves.', language: 'en' };
    const newChannel = mailbox('new-desk@xb.example');
    const asked = await proposed(id, { kind: 'replace-channel', channel: old, newChannel, reason });
    expect(asked).toMatchObject({
      ...{ state: 'asked', because: null, allowedActs: ['withdraw'], doneAt: null, reason },
      channel: { id: old, address: 'old-desk@xb.example', state: 'proven' },
      newChannel: { address: 'new-desk@xb.example', purpose: 'any', encryption: 'none' },
      pointOfContact: { id, state: 'active' },
    });
    const own = await acts(first, asked.id, 'confirm');
    expect([own.status, textOf(own.body)]).toEqual([403, expect.stringContaining('Somebody else')]);
    for (const stranger of [foreign, officer, duty, secretariat]) {
      expect([404, 403]).toContain((await stranger?.get(`/entry-changes/${asked.id}`))?.status);
      expect([404, 403]).toContain((await acts(stranger, asked.id, 'confirm')).status);
    }
    expect((await foreign.get('/entry-changes'))?.body).toEqual({ items: [] });
    const { items } = (await second.get(`/entry-changes?pointOfContact=${id}`))?.body as {
      items: EntryChangeView[];
    };
    expect(items).toMatchObject([{ id: asked.id, allowedActs: ['confirm', 'decline'], reason }]);
    expect((await noticesOf('channel-change')).length).toBe(0);

    const answer = await acts(second, asked.id, 'confirm');
    expect([answer.status, answer.body]).toMatchObject([200, { state: 'confirmed', doneAt: null }]);
    const told_ = await noticesOf('channel-change');
    expect(told_.map(({ channel }) => channel).sort()).toEqual([old, beside].sort());
    const mail = await instance.sink.mailTo('old-desk@xb.example', 2);
    expect(mail.subject).toContain('Changement au point de contact');
    expect(mail.text).toContain('doit être remplacée');
    expect(mail.text).not.toContain('new-desk');
    expect((await instance.sink.mailTo('beside@xb.example', 2)).text).toContain('ne change pas');
    const reachable = async () => (await seen(id, officer)).channels.map(({ address }) => address);
    expect(await reachable()).toEqual(['old-desk@xb.example', 'beside@xb.example']);
    expect((await acts(second, asked.id, 'confirm')).status).toBe(409);

    await proven(asked.newChannelId ?? '', 'new-desk@xb.example');
    expect(await reachable()).toEqual(['new-desk@xb.example', 'beside@xb.example']);
    expect((await seen(id)).channels.map(({ state, position }) => [state, position])).toEqual([
      ...[
        ['proven', 1],
        ['proven', 2],
        ['ended', 1],
      ],
    ]);
    expect(await change(asked.id)).toMatchObject({ state: 'done', doneAt: expect.any(String) as string });
    const record = await instance.database.rows<{ act: string }>(
      `SELECT act FROM access_events WHERE about IN ($1, $2, $3) ORDER BY at, id`,
      [asked.id, old, asked.newChannelId],
    );
    expect(record.map(({ act }) => act).slice(-6)).toEqual([
      ...['change-proposed', 'change-confirmed', 'channel-added', 'channel-proof-sent'],
      ...['channel-proven', 'channel-ended'],
    ]);
  });

  it('is proposed before the other administrators, who are told once, and not once it is decided', async () => {
    const { id, channels } = await active('told-desk');
    const [channel] = channels;
    const toldOf = (change: string) =>
      instance.sink.mails.filter(({ text }) => text.includes(`/api/v1/entry-changes/${change}`));
    const newChannel = mailbox('told-new@xb.example');
    const reason = { text: 'Secret reason.', language: 'en' };
    const asked = await proposed(id, { kind: 'replace-channel', channel, newChannel, reason });
    const [mail] = await waitUntil('both are told', () => toldOf(asked.id)[1] && toldOf(asked.id));
    expect(mail?.text.replace(/\s+/g, ' ')).toMatch(
      /replace a way.*Night desk.*t•••k@xb.example.*t•••w@xb.example.*by: Administrator of XB.*until: \d{4}-/,
    );
    expect(mail?.text).not.toMatch(/told-desk|told-new|Secret/);
    await instance.stopWorker();
    const late = await proposed(id, { kind: 'end-channel', channel });
    expect((await acts(second, late.id, 'decline')).body).toMatchObject({ state: 'declined' });
    await instance.startWorker();
    await instance.worker?.sweep();
    expect(toldOf(late.id)).toEqual([]);
    expect(new Set(toldOf(asked.id).map(({ to }) => to))).toEqual(
      new Set(['second@xb.example', 'third@xb.example']),
    );
    expect(toldOf(asked.id)).toHaveLength(2);
  });

  it('adds and ends channels by two people through the routes that one person had', async () => {
    const { id, channels } = await active('route-one');
    const path = `/points-of-contact/${id}/channels`;
    const key = 'once-and-again';
    const input = { kind: 'telephone', address: '+41 22 917 12 34' };
    const answer = await first.post(path, input, key);
    expect([answer?.status, answer?.body]).toMatchObject([
      202,
      { kind: 'add-channel', state: 'asked', newChannel: { address: '+41229171234' } },
    ]);
    const again = await first.post(path, input, key);
    expect([again?.status, again?.body]).toEqual([202, answer?.body]);
    expect((await seen(id)).channels.length).toBe(1);
    const added = (await acts(second, (answer?.body as EntryChangeView).id, 'confirm'))
      .body as EntryChangeView;
    expect(added).toMatchObject({ state: 'done' });
    expect((await seen(id)).channels[1]).toMatchObject({ id: added.newChannelId, state: 'unproven' });
    // Nobody relies on what is not proven: one person takes it back.
    expect((await first.delete(`/channels/${added.newChannelId}`))?.status).toBe(200);

    const end = await first.delete(`/channels/${channels[0]}`);
    expect([end?.status, end?.body]).toMatchObject([202, { kind: 'end-channel' }]);
    expect((await seen(id)).channels[0]).toMatchObject({ state: 'proven' });
    await first.post(`/points-of-contact/${id}/acts`, { act: 'suspend', version: (await seen(id)).version });
    const suspended = await first.post(path, mailbox('own@xb.example'));
    expect(suspended?.status).toBe(202);
    expect((await acts(second, (end?.body as EntryChangeView).id, 'confirm')).body).toMatchObject({
      state: 'done',
    });
    const ends = () =>
      instance.sink
        .mailsTo('route-one@xb.example')
        .filter(({ text }) => text.includes('retirée du répertoire'));
    await waitUntil('the end is announced', () => ends().length > 0);
    expect([ends().length, instance.sink.mailsTo('route-one@xb.example').length]).toEqual([1, 3]);
  });

  it('is not changed by what was declined, taken back, is over, or does not fit any more', async () => {
    const { id, channels } = await active('fitting');
    const [channel = ''] = channels;
    const newChannel = mailbox('never@xb.example');
    const add = { kind: 'add-channel', newChannel };
    const replace = { kind: 'replace-channel', channel, newChannel };
    const [declined, withdrawn, left, void_, late] = [
      ...[await proposed(id, add), await proposed(id, add), await proposed(id, add, third)],
      ...[await proposed(id, replace), await proposed(id, add)],
    ];
    expect((await acts(second, declined?.id ?? '', 'decline')).body).toMatchObject({ state: 'declined' });
    expect((await acts(second, withdrawn?.id ?? '', 'withdraw')).status).toBe(403);
    expect((await acts(first, withdrawn?.id ?? '', 'withdraw')).body).toMatchObject({ state: 'withdrawn' });
    for (const gone of [declined, withdrawn])
      expect((await acts(second, gone?.id ?? '', 'confirm')).status).toBe(409);

    const { items } = (await first.get('/accounts'))?.body as { items: { id: string; name: string }[] };
    const account = items.find(({ name }) => name === 'third@xb.example')?.id;
    expect((await first.delete(`/accounts/${account}`))?.status).toBe(200);
    const orphan = await acts(second, left?.id ?? '', 'confirm');
    expect([orphan.status, textOf(orphan.body)]).toEqual([409, expect.stringContaining('proposer-left')]);

    const ending = await proposed(id, { kind: 'end-channel', channel });
    await acts(second, ending.id, 'confirm');
    expect((await acts(second, void_?.id ?? '', 'confirm')).status).toBe(409);
    expect(await change(void_?.id ?? '')).toMatchObject({ state: 'void', because: 'channel-ended' });
    await instance.database.rows('UPDATE entry_changes SET expires_at = app.now() WHERE id = $1', [late?.id]);
    expect((await acts(second, late?.id ?? '', 'confirm')).status).toBe(409);
    expect(await change(late?.id ?? '')).toMatchObject({ because: 'expired', allowedActs: [] });
    expect((await seen(id)).channels.map(({ state }) => state)).toEqual(['ended']);
  });

  it('takes only proposals that fit, field by field', async () => {
    const { id, channels } = await active('fields');
    const [channel = ''] = channels;
    const other = await active('fields-of-another');
    for (const [input, at] of [
      [{ kind: 'add-channel', newChannel: mailbox('a@xb.test') }, ['#/newChannel/address']],
      [{ kind: 'end-channel', channel: other.channels[0] }, ['#/channel']],
      [{ kind: 'replace-channel', channel }, ['#/newChannel']],
      [
        { kind: 'replace-channel', channel, newChannel: { kind: 'fax', address: '1', position: 1 } },
        ['#/newChannel/position'],
      ],
      [{ kind: 'retire', noteVerbale: channel, version: (await seen(id)).version }, ['#/noteVerbale']],
      [{ kind: 'replace-key' }, ['#/kind']],
      [{ kind: 'end-channel', channel, reason: 'none' }, ['#/reason']],
    ] as const)
      expect([input, told(await first.post(`/points-of-contact/${id}/changes`, input))]).toEqual([
        ...[input, at],
      ]);
    expect(told(await first.post(`/points-of-contact/${id}/channels`, mailbox('a@xb.test')))).toEqual([
      '#/address',
    ]);
    const early = await nominated();
    expect((await propose(early, { kind: 'add-channel', newChannel: mailbox('a@xb.example') })).status).toBe(
      409,
    );
    for (const stranger of [foreign, officer, secretariat])
      expect([403, 404]).toContain((await propose(id, { kind: 'end-channel', channel }, stranger)).status);
    for (let waiting = 0; waiting < 20; waiting++) await proposed(id, { kind: 'end-channel', channel });
    expect((await propose(id, { kind: 'end-channel', channel })).status).toBe(409);
  });

  it('ends by a note verbale and two people, and is suspended by one at once', async () => {
    const { id } = await active('leaving');
    const path = `/points-of-contact/${id}`;
    const version = async () => (await seen(id)).version;
    const alone = await first.post(`${path}/acts`, { act: 'retire', version: await version() });
    expect([alone?.status, textOf(alone?.body)]).toEqual([409, expect.stringContaining('/changes')]);
    expect((await seen(id)).allowedActs).toEqual(['suspend']);
    const noted = await first.post(`${path}/notes-verbales`, noteVerbale({ purpose: 'removal' }));
    const { id: noteVerbale_ } = noted?.body as NoteView;
    const stale = await proposed(id, { kind: 'retire', noteVerbale: noteVerbale_, version: await version() });
    expect((await propose(id, { kind: 'retire', noteVerbale: noteVerbale_, version: 1 })).status).toBe(409);
    await first.post(`${path}/acts`, { act: 'suspend', version: await version() });
    expect((await acts(second, stale.id, 'confirm')).status).toBe(409);
    expect(await change(stale.id)).toMatchObject({ state: 'void', because: 'entry-changed' });
    const asked = await proposed(id, { kind: 'retire', noteVerbale: noteVerbale_, version: await version() });
    expect((await acts(second, asked.id, 'confirm')).body).toMatchObject({ state: 'done' });
    expect(await seen(id)).toMatchObject({
      state: 'retired',
      channels: [{ state: 'ended' }],
      allowedActs: [],
    });
    const mail = await instance.sink.mailTo('leaving@xb.example', 2);
    expect(mail.text).toContain('note verbale');
    expect((await first.post(`${path}/channels`, mailbox('back@xb.example')))?.status).toBe(409);
  });

  it('is held to all of that below the routes', async () => {
    const { id, channels } = await active('walls');
    const [channel = ''] = channels;
    const { api } = walled;
    const who = async (where: string) => {
      const row = await walled.rowOf('accounts', where);
      const party = row.party_code as string | null;
      return { actor: String(row.id), purpose: party ? 'keep' : 'network', ...(party ? { party } : {}) };
    };
    const entry = await walled.rowOf('points_of_contact', `id = '${id}'`);
    const one = { ...(await who(`id = '${String(entry.nominated_by)}'`)) };
    const two = { ...(await who(`id = '${String(entry.verified_by)}'`)) };
    const line = await walled.rowOf('channels', `id = '${channel}'`);
    const added = { ...line, id: crypto.randomUUID(), position: 900, state: 'unproven', proven_at: null };
    for (const administrator of [one, two]) {
      expect(await api.adds('channels', added, administrator)).toBe(refused);
      for (const sql of [
        `UPDATE channels SET state = 'ended', ended_at = app.now() WHERE id = '${channel}'`,
        `UPDATE channels SET state = 'unproven' WHERE id = '${channel}'`,
        `UPDATE points_of_contact SET state = 'retired', ended_at = app.now() WHERE id = '${id}'`,
        `UPDATE points_of_contact SET state = 'nominated' WHERE id = '${id}'`,
      ])
        expect([sql, await api.outcome(sql, administrator)]).toEqual([sql, refused]);
    }
    const asked = await proposed(id, { kind: 'end-channel', channel });
    const decide = (state: string, more = '') =>
      `UPDATE entry_changes SET state = '${state}'${more} WHERE id = '${asked.id}'`;
    expect(await api.outcome(decide('confirmed'), one)).toBe('23514');
    expect(await api.outcome(decide('withdrawn'), two)).toBe('23514');
    expect(await api.outcome(decide('confirmed', ', proposed_by = decided_by'), two)).toBe(refused);
    expect(await api.outcome(decide('confirmed'), two)).toBe(1);
    const row = await walled.rowOf('entry_changes', `id = '${asked.id}'`);
    const forged = { ...row, id: crypto.randomUUID(), state: 'confirmed', done_at: null };
    // Whatever a statement says, it begins as asked, by who makes it.
    expect(await api.adds('entry_changes', forged, one)).toBe(1);
    expect(
      await api.adds('entry_changes', { ...forged, decided_by: two.actor, decided_at: row.proposed_at }, one),
    ).toBe('23514');
    const note = await walled.rowOf('notes_verbales', `point_of_contact_id = '${id}'`);
    const call = await walled.rowOf('call_backs', `point_of_contact_id = '${id}'`);
    for (const [table, kept] of Object.entries({
      entry_changes: row,
      notes_verbales: note,
      call_backs: call,
    })) {
      const copy = { ...kept, id: crypto.randomUUID() };
      for (const stranger of [
        { ...one, party: 'XA' },
        await who(`role = 'officer' AND party_code = 'XB'`),
        await who(`role = 'party-administrator' AND party_code = 'XA'`),
        await who(`role = 'directory-manager'`),
      ]) {
        const staff = !('party' in stranger) && table === 'notes_verbales';
        expect([table, (await api.sees(`SELECT 1 FROM ${table}`, stranger)).length > 0]).toEqual([
          table,
          staff,
        ]);
        expect([table, await api.adds(table, copy, stranger)]).toEqual([table, refused]);
      }
      expect(await api.outcome(`DELETE FROM ${table}`, one)).toBe(refused);
      for (const role of ['worker', 'ledger'] as const)
        expect(await walled.callers[role].outcome(`SELECT 1 FROM ${table}`, one)).toBe(refused);
    }
    expect(await api.adds('notes_verbales', { ...note, id: crypto.randomUUID() }, two)).toBe(
      note.given_by === two.actor ? 1 : refused,
    );
  });

  it('tells its mailboxes when one person lets a channel be used for less, with a second factor', async () => {
    const { id, channels } = await active('use-old', 'use-other');
    const [old = ''] = channels;
    const uses = async (changes: object) => {
      const { version } = (await seen(id)).channels.find((one) => one.id === old) ?? { version: 0 };
      return (await first.put(`/channels/${old}`, { version, ...changes }))?.status;
    };
    const toldOf = async () =>
      (await noticesOf('channel-change')).filter(({ channel }) => channels.includes(channel)).length;
    expect([await uses({ encryption: 'wanted', purpose: 'urgent' }), await toldOf()]).toEqual([200, 0]);
    for (const [at, less] of [
      { encryption: 'none' },
      { encryption: 'none', purpose: 'exercise' },
      { encryption: 'none', purpose: 'exercise', expiresOn: '2099-12-31' },
      { encryption: 'none', purpose: 'exercise', expiresOn: '2099-12-30' },
    ].entries())
      expect([less, await uses(less), await toldOf()]).toEqual([less, 200, 2 * (at + 1)]);
    expect([await uses({ expiresOn: '2099-12-31' }), await toldOf()]).toEqual([200, 8]);
    const factor = (kind: string, at: string) =>
      instance.database.rows(`UPDATE sessions SET factor = '${kind}', factor_at = ${at}`);
    await factor('totp', `app.now() - interval '1 hour'`);
    expect([await uses({ purpose: 'exercise' }), await uses({ purpose: 'any' }), await toldOf()]).toEqual([
      ...[403, 200, 8],
    ]);
    await factor('none', 'app.now()');
  });
});

import supertest from 'supertest';
import type { ConfirmationView, CorrectionView, EntryChangeView, EntryView } from '#libs/directory';
import { entryFields } from '#libs/directory';
import type { Instance } from '../harness/instance.js';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import type { CaughtMail } from '../harness/smtp-sink.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, Walled } from '../harness/walled.js';

const day = 86_400_000;
const mailbox = 'diplomatic@xb.example';
interface Faulted {
  errors: { pointer: string }[];
}

describe('a directory that stays true', () => {
  let walled: Walled;
  let instance: Instance;
  let administrator: Officer;
  let officer: Officer;
  let entry: string;

  beforeAll(async () => {
    walled = await Walled.start();
    ({ instance } = walled);
    administrator = await instance.officer('administrator@xb.example');
    officer = await instance.officer('officer@xa.example');
    const items = await own();
    entry = items.find(({ level }) => level === 'diplomatic')?.id ?? '';
    // Nobody is asked but XB, so that the world has no other mails to send.
    await instance.database.rows(
      `UPDATE points_of_contact SET verified_at = app.now() + interval '3 years' WHERE party_code <> 'XB'`,
    );
  });
  afterAll(() => walled.stop());

  const own = async () =>
    ((await administrator.get('/own-points-of-contact')).body as { items: EntryView[] }).items;
  const seen = async (id = entry, by = administrator) =>
    (await by.get(`/points-of-contact/${id}`)).body as EntryView;
  const confirmations = async () =>
    ((await administrator.get('/confirmations')).body as { items: ConfirmationView[] }).items;
  const corrections = async (by = administrator) =>
    ((await by.get('/corrections')).body as { items: CorrectionView[] }).items;
  const passes = async (days: number) => {
    await instance.forward(days * day);
    administrator = await instance.officer('administrator@xb.example');
    officer = await instance.officer('officer@xa.example');
  };
  /** Another administrator of the same party. */
  const colleague = async () => {
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    return Officer.signIn(instance.url, email, chosenPassword);
  };
  /** Whoever looks after entries does so when it starts, and then at intervals of real time. */
  const caredFor = async () => {
    await instance.stopWorker();
    await instance.startWorker();
    await instance.worker?.sweep();
    await instance.worker?.sweep();
  };
  /** After how many days the network of all wants entries confirmed. */
  const ruled = (days: number) =>
    instance.database.rows(`UPDATE networks SET rules = jsonb_build_object('confirmationDays', $1::int)`, [
      days,
    ]);
  const onRecord = (about: string) =>
    instance.database.rows(
      `SELECT act, party_code AS party, account_id AS account, assurance FROM access_events
       WHERE about = $1 AND assurance = 'link-and-code'`,
      [about],
    );
  const linkIn = ({ text }: CaughtMail) =>
    new URL(/https?:\/\/\S+\/confirm\/\S+/.exec(text)?.[0] ?? '').pathname;
  const page = (path: string) => supertest(instance.url).get(path).set('Accept-Language', 'en');
  const press = (path: string, form: object) =>
    supertest(instance.url).post(path).set('Accept-Language', 'en').type('form').send(form);
  const versionIn = (text: string) => /name="version" value="(\d+)"/.exec(text)?.[1] ?? '';

  it('asks after ninety days, calls the entry stale meanwhile, and takes one button of a page for the answer', async () => {
    expect((await seen()).state).toBe('active');
    await passes(91);
    await ruled(100);
    await caredFor();
    expect([(await seen()).state, instance.sink.mailsTo(mailbox)]).toEqual(['active', []]);
    await ruled(90);
    await caredFor();
    expect(await seen()).toMatchObject({ state: 'stale' });
    const asked = await instance.sink.mailTo(mailbox, 1);
    const path = linkIn(asked);
    expect(asked.subject).toContain('Please confirm');
    expect(asked.text).not.toContain(mailbox);
    const before = (await confirmations()).find((one) => one.pointOfContact === entry);
    expect(before).toMatchObject({ due: 'confirm', askable: true, asked: { used: null } });

    const shown = await page(path);
    expect([shown.status, versionIn(shown.text)]).toEqual([200, String((await seen()).version)]);
    expect(shown.text).toContain('d•••c@xb.example');
    expect(shown.text).not.toContain(mailbox);
    // Fetching changes nothing, however often, and neither does a form that says nothing.
    await supertest(instance.url).head(path);
    expect((await press(path, {})).status).toBe(422);
    expect((await press(path, { act: 'confirm', version: '1' })).status).toBe(409);
    expect((await seen()).state).toBe('stale');
    const done = await press(path, { act: 'confirm', version: versionIn(shown.text) });
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('Confirmed')]);
    expect((await press(path, { act: 'confirm', version: versionIn(shown.text) })).status).toBe(200);
    const after = await seen();
    expect([after.state, after.version]).toEqual(['active', Number(versionIn(shown.text)) + 1]);
    const checks = await instance.database.rows(
      `SELECT k.kind, k.outcome, c.answered_how FROM channel_checks k JOIN channels c ON c.id = k.channel_id
       WHERE c.point_of_contact_id = $1`,
      [entry],
    );
    expect(checks).toEqual([{ kind: 'confirmation', outcome: 'answered', answered_how: 'confirmation' }]);
    const { items } = (await officer.get('/points-of-contact?party=XB')).body as { items: EntryView[] };
    const listed = items.find(({ id }) => id === entry);
    expect([listed?.confirmedAt, listed?.channels[0]?.reach.how]).toEqual([
      after.confirmedAt,
      'confirmation',
    ]);
    expect(listed?.confirmedAt).toMatch(/Z$/);
    expect(await onRecord(entry)).toEqual([
      { act: 'entry-confirmed', party: 'XB', account: null, assurance: 'link-and-code' },
    ]);
    expect((await page('/confirm/nothing')).status).toBe(404);
    const [kept] = await instance.database.rows<{ row: string }>(
      `SELECT to_jsonb(f)::text AS row FROM confirmations f WHERE point_of_contact_id = $1`,
      [entry],
    );
    expect(kept?.row).not.toContain(path.split('/').at(-1));
  });

  it('asks once, however many workers there are, reminds on Mondays and sends a new link after thirty days', async () => {
    await passes(91);
    await caredFor();
    await caredFor();
    const mails = () => instance.sink.mailsTo(mailbox).filter(({ text }) => text.includes('/confirm/'));
    await waitUntil('it is asked again', () => mails().length === 2 || undefined);
    await passes(11);
    await caredFor();
    await waitUntil('it is reminded of', () => mails().length === 3 || undefined);
    await caredFor();
    expect(mails().length).toBe(3);
    const [, second, third] = mails();
    expect(third?.subject).toContain('Reminder');
    expect(second && third && linkIn(second) === linkIn(third)).toBe(true);
    await passes(35);
    await caredFor();
    await waitUntil('there is a new link', () => mails().length === 4 || undefined);
    const newest = mails().at(-1);
    expect(newest && second && linkIn(newest) !== linkIn(second)).toBe(true);
    // That nobody answered for so long stands in its share of checks, and doubts nothing.
    const { channels } = await seen();
    expect(channels[0]).toMatchObject({ state: 'proven', reach: { checks: 2, answered: 1 } });
    // The one before has expired; the entry changes nothing by it.
    expect((await press(second ? linkIn(second) : '', { act: 'confirm', version: '1' })).status).toBe(410);
  });

  it('hears from the mail what is wrong, tells the administrators, and lets them take the name off', async () => {
    const [newest] = instance.sink.mailsTo(mailbox).slice(-1);
    const path = newest ? linkIn(newest) : '';
    const subject = 'something may be wrong';
    const to = 'administrator@xb.example';
    const told = instance.sink.mailsTo(to).filter((mail) => mail.subject.includes(subject)).length;
    expect((await press(path, { act: 'report', what: 'nothing' })).status).toBe(422);
    expect((await press(path, { act: 'report', what: 'other', text: 'x'.repeat(501) })).status).toBe(422);
    const text = 'Ask the ministry.';
    const reported = await press(path, { act: 'report', what: 'no-longer-responsible', text });
    expect([reported.status, reported.text]).toEqual([200, expect.stringContaining('Reported')]);
    expect((await press(path, { act: 'report', what: 'other' })).text).toContain('This link was used');
    await caredFor();
    const mail = await instance.sink.mailWith(to, subject, told + 1);
    expect(mail.text).not.toContain(text);
    const [row] = (await corrections()).filter(({ via }) => via === 'link');
    expect(row).toMatchObject({
      reporter: 'XB',
      what: 'no-longer-responsible',
      text: { text, language: 'en' },
    });
    expect(await onRecord(row?.id ?? '')).toEqual([
      { act: 'contact-reported', party: 'XB', account: null, assurance: 'link-and-code' },
    ]);
    const path_ = `/corrections/${row?.id}/decision`;
    expect((await officer.post(path_, { decision: 'confirm', version: 1 })).status).toBe(403);
    expect((await administrator.post(path_, { decision: 'confirm', version: 2 })).status).toBe(409);
    const decided = await administrator.post(path_, { decision: 'confirm', version: 1 });
    expect([decided.status, decided.body]).toMatchObject([200, { state: 'confirmed', allowedDecisions: [] }]);
    expect(await seen()).toMatchObject({ person: null, channels: [{ state: 'suspect' }] });
    expect((await administrator.post(path_, { decision: 'decline', version: 2 })).status).toBe(409);
  });

  it('is gone through once a year by an administrator, field by field, whatever was confirmed from mails', async () => {
    const { version } = await seen();
    const fresh = await administrator.post('/confirmations', { pointOfContact: entry, version });
    expect([fresh.status, fresh.body]).toMatchObject([200, { state: 'verified' }]);
    await passes(200);
    await caredFor();
    const soft = await administrator.post('/confirmations', {
      pointOfContact: entry,
      version: (await seen()).version,
    });
    expect((soft.body as EntryView).state).toBe('stale');
    const due = (await confirmations()).find((one) => one.pointOfContact === entry);
    expect(due).toMatchObject({ due: 'go-through', state: 'stale' });
    expect((await corrections()).filter(({ what }) => what === 'not-gone-through')).not.toEqual([]);
    const whole = { pointOfContact: entry, version: (await seen()).version, fields: [...entryFields] };
    const part = await administrator.post('/confirmations', { ...whole, fields: entryFields.slice(1) });
    expect([part.status, (part.body as Faulted).errors[0]?.pointer]).toEqual([400, '#/fields']);
    expect((await officer.post('/confirmations', whole)).status).toBe(403);
    expect((await administrator.post('/confirmations', { ...whole, version: 1 })).status).toBe(409);
    expect((await administrator.post('/confirmations', whole)).body).toMatchObject({ state: 'verified' });
    await caredFor();
    const open = (await corrections()).filter(
      ({ what, state }) => what === 'not-gone-through' && state === 'open',
    );
    expect(open.map(({ pointOfContact }) => pointOfContact)).not.toContain(entry);
  });

  it('doubts a mailbox that refuses, and tells the next one at once, each once', async () => {
    for (const { pointOfContact, version } of await confirmations())
      await administrator.post('/confirmations', { pointOfContact, version, fields: [...entryFields] });
    for (const to of ['cert@xb.example', 'cert-alternate@xb.example'])
      instance.sink.script(to, { does: 'refuse-recipient' });
    const { id } = await officer.files();
    const deliveries = async () =>
      (await officer.deliveries(id)).filter(({ party, kind }) => party === 'XB' && kind === 'request');
    await waitUntil('an alternate has it', async () =>
      (await deliveries()).some(({ state }) => state === 'accepted') ? true : undefined,
    );
    const states = (await deliveries()).map(({ state }) => state);
    expect(states.filter((state) => state === 'failed')).toHaveLength(2);
    expect((await officer.sees(id)).addressees[0]?.reach).toBe('accepted');
    const suspects = (await own()).flatMap(({ channels }) =>
      channels.filter(({ state }) => state === 'suspect').map(({ address }) => address),
    );
    expect(suspects).toEqual(expect.arrayContaining(['cert@xb.example', 'cert-alternate@xb.example']));
    await caredFor();
    const notes = (await corrections()).filter(({ what, state }) => what === 'refused' && state === 'open');
    expect(notes).toHaveLength(2);
    expect(notes[0]).toMatchObject({ via: 'system', reporter: null, allowedDecisions: [] });
    expect(
      (await administrator.post(`/corrections/${notes[0]?.id}/decision`, { decision: 'decline', version: 1 }))
        .status,
    ).toBe(409);
  });

  it('does not let the link in a mailbox that its party calls wrong prove it again', async () => {
    await instance.database.rows(
      `UPDATE channels SET state = 'proven', suspect_since = NULL WHERE point_of_contact_id = $1`,
      [entry],
    );
    const mails = () => instance.sink.mailsTo(mailbox).filter(({ text }) => text.includes('/confirm/'));
    const before = mails().length;
    await passes(91);
    await caredFor();
    const path = linkIn(await waitUntil('it is asked', () => mails()[before]));
    const [channel] = (await seen()).channels;
    const said = { pointOfContact: entry, channel: channel?.id, what: 'wrong-channel' };
    const { id = '' } = (await officer.post('/corrections', said)).body as { id?: string };
    const decided = await administrator.post(`/corrections/${id}/decision`, {
      ...{ decision: 'confirm', version: 1 },
    });
    expect([decided.status, (await seen()).channels[0]?.state]).toEqual([200, 'suspect']);
    const press_ = async () =>
      (await press(path, { act: 'confirm', version: String((await seen()).version) })).status;
    expect(await press_()).toBe(410);
    // Nor by the walls alone, had the link been left open.
    await instance.database.rows(
      `UPDATE confirmations SET expires_at = app.now() + interval '1 day' WHERE channel_id = $1 AND used_at IS NULL`,
      [channel?.id],
    );
    expect([await press_(), (await page(path)).text.includes('name="version"')]).toEqual([410, false]);
    expect(await seen()).toMatchObject({ channels: [{ state: 'suspect' }] });
  });

  it('takes reports of others, doubts a channel by two of them, and adds what is right unproven', async () => {
    const target = (await own()).find(({ level }) => level === 'policy');
    const channel = target?.channels[0];
    const body = { pointOfContact: target?.id, channel: channel?.id, what: 'wrong-channel' };
    const unfit = await officer.post('/corrections', { ...body, address: 'a@b\r\n' });
    expect([unfit.status, (unfit.body as Faulted).errors[0]?.pointer]).toEqual([400, '#/address']);
    const real = await officer.post('/corrections', { ...body, address: 'desk@ministry.int' });
    expect([real.status, (real.body as Faulted).errors[0]?.pointer]).toEqual([400, '#/address']);
    const address = 'policy-desk@xb.example';
    const first = await officer.post('/corrections', { ...body, address });
    expect([first.status, first.body]).toMatchObject([
      201,
      { reporter: 'XA', address, allowedDecisions: [] },
    ]);
    expect((await officer.post('/corrections', { ...body, address })).status).toBe(409);
    const secretariat = await instance.officer('secretariat@network.example');
    const observer = await instance.officer('observer@xc.example');
    for (const other of [secretariat, observer]) {
      expect((await other.post('/corrections', body)).status).toBe(403);
      expect(await corrections(other)).toEqual([]);
    }
    await caredFor();
    expect((await seen(target?.id)).channels[0]?.state).toBe('proven');
    const second = await instance.officer('officer@xc.example');
    expect((await second.post('/corrections', body)).status).toBe(201);
    expect((await corrections(second)).map(({ reporter }) => reporter)).toEqual(['XC']);
    await caredFor();
    expect((await seen(target?.id)).channels[0]?.state).toBe('suspect');

    const { id = '' } = first.body as { id?: string };
    const decision = { decision: 'confirm', version: 1 };
    expect((await second.post(`/corrections/${id}/decision`, decision)).status).toBe(403);
    const other = await colleague();
    // Both confirm at once: one of them does, and one change is proposed.
    const both = await Promise.all(
      [administrator, other].map((by) => by.post(`/corrections/${id}/decision`, decision)),
    );
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const decided = both.find(({ status }) => status === 200);
    expect(decided?.body).toMatchObject({ state: 'confirmed', changeState: 'asked' });
    const { change } = decided?.body as CorrectionView;
    expect(
      await instance.database.rows(`SELECT id FROM entry_changes WHERE channel_id = $1`, [channel?.id]),
    ).toEqual([{ id: change }]);
    const [proposer, second_] = both[0]?.status === 200 ? [administrator, other] : [other, administrator];
    // What is right takes a second person, like any other address.
    const path = `/entry-changes/${change}/acts`;
    expect((await proposer.post(path, { act: 'confirm' })).status).toBe(403);
    const carried = (await second_.post(path, { act: 'confirm' })).body as EntryChangeView;
    expect(carried).toMatchObject({ kind: 'replace-channel', state: 'confirmed' });
    const added = (await seen(target?.id)).channels.find((one) => one.id === carried.newChannelId);
    expect(added).toMatchObject({ state: 'unproven', address });
    await administrator.post(`/channels/${added?.id}/proof`);
    const { text } = await instance.sink.mailTo(address);
    const [, code] = /\b(\d{6})\b/.exec(text) ?? [];
    const proof = await administrator.post(`/channels/${added?.id}/proof/confirm`, { code });
    expect(proof.body).toMatchObject({ state: 'proven' });
    expect((await seen(target?.id)).channels.find((one) => one.id === channel?.id)).toMatchObject({
      state: 'ended',
    });
    expect((await corrections(officer)).find((one) => one.id === id)).toMatchObject({
      ...{ state: 'confirmed', change: null },
    });
  });

  it('tells the administrators of what is said of an entry without any channel, and lists what is open first', async () => {
    await instance.database.rows(
      `INSERT INTO points_of_contact (id, party_code, body_id, traffic, level, position, role_names, languages, zone, state,
         created_at, changed_at, verified_at)
       SELECT gen_random_uuid(), party_code, body_id, traffic, level, 9, '{"en":"Bare desk"}', languages, zone, 'verified',
         app.now(), app.now(), app.now() FROM points_of_contact WHERE id = $1`,
      [entry],
    );
    const bare = (await own()).find(({ roleNames }) => roleNames.en === 'Bare desk');
    const told = () =>
      instance.sink.mailsTo('administrator@xb.example').filter(({ text }) => text.includes('Bare desk'));
    const said = { pointOfContact: bare?.id, channel: null, what: 'other' };
    expect((await officer.post('/corrections', said)).status).toBe(201);
    await caredFor();
    await waitUntil('it is told of', () => told().length === 1 || undefined);
    const all = await corrections();
    const open = all.filter(({ state }) => state === 'open').length;
    expect(all.slice(0, open).every(({ state }) => state === 'open')).toBe(true);
    const [first, second] = all;
    const next = await administrator.get(`/corrections?before=${first?.id}`);
    expect((next.body as { items: CorrectionView[] }).items[0]?.id).toBe(second?.id);
    expect((next.body as { items: CorrectionView[] }).items).toHaveLength(all.length - 1);
  });

  it('stands behind walls: a link opens one row, and no party another one’s corrections', async () => {
    const { api } = walled;
    const identity = walled.of('XC', 'cert');
    const nothing = (sql: string, who = identity) => api.outcome(sql, who);
    expect(await nothing('SELECT FROM confirmations')).toBe(0);
    expect(await nothing(`SELECT FROM corrections WHERE reporter_code IS DISTINCT FROM 'XC'`)).toBe(0);
    expect(await nothing(`UPDATE corrections SET state = 'declined'`)).toBe(0);
    const bearer = { actor: 'link', purpose: 'link', presented: 'f'.repeat(64) };
    expect(await nothing('SELECT FROM confirmations', bearer)).toBe(0);
    const { worker } = walled.callers;
    const working = { actor: 'worker', purpose: 'sweep' };
    expect(await worker.outcome(`UPDATE channels SET state = 'ended', ended_at = app.now()`, working)).toBe(
      refused,
    );
    expect(
      await worker.outcome(
        `UPDATE points_of_contact SET state = 'active' WHERE state = 'suspended'`,
        working,
      ),
    ).toBe(0);
    expect(await worker.outcome('SELECT person FROM accounts', working)).toBe(refused);
  });
});

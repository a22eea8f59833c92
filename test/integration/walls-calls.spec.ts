import { randomUUID } from 'node:crypto';
import type { EntryView } from '#libs/directory';
import { accept, chosenPassword } from '../harness/invitee.js';
import { Officer } from '../harness/officer.js';
import type { SqlIdentity } from '../harness/sql-caller.js';
import { addTelephone } from '../harness/telephones.js';
import { addByTwo, endByTwo } from '../harness/vouching.js';
import { waitUntil } from '../harness/waiting.js';
import { refused, Walled, type Row } from '../harness/walled.js';

describe('the walls around calls', () => {
  let walled: Walled;
  let channel: string;
  let mailbox: string;
  let id: string;
  let [adder, another, xa, officer]: string[] = [];
  const at = (actor = '', party = 'XB'): SqlIdentity => ({ actor, party, purpose: 'call' });
  const take =
    (): string => `UPDATE call_tasks SET state = 'taken', way = 'mailed', takes = takes + 1, tries_left = 5,
    key_id = 'k', taken_by = '${adder}', taken_at = app.now(), taken_until = app.now() + interval '1 hour' WHERE id = '${id}'`;

  beforeAll(async () => {
    walled = await Walled.start();
    const { instance } = walled;
    const administrator = await instance.officer('administrator@xb.example');
    const email = 'second@xb.example';
    const invited = { email, role: 'party-administrator', body: walled.bodies['XB agency'] };
    await administrator.post('/invitations', invited);
    await accept(await instance.sink.mailTo(email), 'Second administrator');
    const second = await Officer.signIn(instance.url, email, chosenPassword);
    const { items } = (await administrator.get('/own-points-of-contact')).body as { items: EntryView[] };
    const entry = items[0]?.id ?? '';
    mailbox = items[0]?.channels[0]?.id ?? '';
    const idOf = ({ body }: { body: unknown }) => (body as { id: string }).id;
    const telephone = { kind: 'telephone', address: '+41229171234' };
    channel = (await addByTwo(administrator, second, entry, telephone)).id;
    const webhook = { kind: 'webhook', address: 'https://hooks.xb.example/' };
    const { id: hook } = await addByTwo(administrator, second, entry, webhook);
    await administrator.post(`/channels/${hook}/proof`);
    id = idOf(await administrator.post('/call-tasks', { channel, reason: 'proof' }));
    const account = async (where: string) => String((await walled.rowOf('accounts', where)).id);
    adder = await account(`id = (SELECT added_by FROM channels WHERE id = '${channel}')`);
    another = await account(`party_code = 'XB' AND role = 'party-administrator' AND id <> '${adder}'`);
    xa = await account(`party_code = 'XA' AND role = 'officer'`);
    officer = await account(`party_code = 'XB' AND role = 'officer'`);
  });
  afterAll(() => walled.stop());

  it('let one person take a call, in their own name, and not who added the channel', async () => {
    const { api } = walled;
    expect(await api.outcome(take(), at(adder))).toBe(refused);
    expect(await api.outcome(take(), at(xa, 'XA'))).toBe(0);
    const tried = await api.tries<{ by: string }>(`${take()} RETURNING taken_by AS by`, at(another));
    expect(tried.rows).toEqual([{ by: another }]);
    expect(await api.sees(`SELECT 1 FROM call_tasks WHERE id = '${id}'`, at(xa, 'XA'))).toEqual([]);
    expect(await api.sees(`SELECT 1 FROM call_tasks WHERE id = '${id}'`, at(officer))).toHaveLength(1);
    expect(
      await api.outcome(`UPDATE call_tasks SET state = 'cancelled' WHERE id = '${id}'`, at(officer)),
    ).toBe(0);
    await walled.instance.database.rows(
      `UPDATE call_tasks SET state = 'cancelled', ended_at = app.now() WHERE id = $1`,
      [id],
    );
    const anew = `UPDATE call_tasks SET state = 'open', ended_at = NULL WHERE id = '${id}'`;
    expect(await api.outcome(anew, at(another))).toBe(refused);
  });

  it('let nobody ask for a call that is not for them to ask for', async () => {
    const row = { ...(await walled.rowOf('call_tasks', `id = '${id}'`)), id: randomUUID() };
    const open = { ...row, state: 'open', ended_at: null };
    for (const [asks, who] of [
      [{ ...open, channel_id: mailbox, wanted_by: 'XA' }, at(xa, 'XA')],
      [{ ...open, channel_id: mailbox, wanted_by: null, reason: 'check' }, at(xa, 'XA')],
      [{ ...open, wanted_by: 'XA', reason: 'check' }, at(xa, 'XA')],
      [{ ...open, reason: 'check' }, at(adder)],
      [{ ...open, wanted_by: 'XA', reason: 'request', request_id: walled.solo }, at(officer)],
    ] as const)
      expect(await walled.api.adds('call_tasks', asks, who)).toBe(refused);
    expect(await walled.api.adds('call_tasks', open, at(adder))).toBe(1);
  });

  it('let nobody write an answer down who has not called, or whose party has acknowledged nothing', async () => {
    const check = await walled.rowOf('channel_checks', `kind = 'acknowledgement'`);
    for (const evidence of [{}, { kind: 'call' }, { kind: 'call', evidence_id: id }])
      for (const who of [at(xa, 'XA'), at(officer)])
        expect(
          await walled.api.adds('channel_checks', { ...check, id: randomUUID(), ...evidence }, who),
        ).toBe(refused);
  });

  describe('about a request', () => {
    const minute = 60_000;
    let request: string;
    let line: string;
    let task: string;
    let manager: string;
    const staff = (): SqlIdentity => ({ actor: manager, purpose: 'network' });
    const of = (name: string, party: string, body: string): SqlIdentity => ({
      ...{ actor: name, party, body: walled.bodies[`${party} ${body}`] ?? '', purpose: 'act' },
    });

    beforeAll(async () => {
      const { instance } = walled;
      await addTelephone(instance, 'XB technical 1', '+41229173009');
      await instance.database.rows(`UPDATE networks SET rules = '{"callTasksTo": "secretariat"}'`);
      const asks = await instance.officer('officer@xa.example');
      request = (await asks.files()).id;
      await instance.forward(31 * minute);
      await instance.worker?.sweep();
      await waitUntil('calls are asked for', async () => (await asks.sees(request)).calls.length > 0);
      const row = await walled.rowOf('call_tasks', `request_id = '${request}'`);
      [task, line] = [String(row.id), String(row.addressee_id)];
      manager = String((await walled.rowOf('accounts', `role = 'directory-manager'`)).id);
    });

    it('show the secretariat its task, and nothing of the request behind it', async () => {
      const { api } = walled;
      expect(await api.sees(`SELECT 1 FROM call_tasks WHERE id = '${task}'`, staff())).toHaveLength(1);
      for (const what of [
        ...['requests', 'addressees', 'request_events', 'request_event_contents', 'request_keys', 'messages'],
        `notices WHERE request_id IS NOT NULL OR wanted_for = 'calls:${line}'`,
      ])
        expect([what, await api.sees(`SELECT 1 FROM ${what}`, staff())]).toEqual([what, []]);
    });

    it('show the requester its calls, and those who are called none', async () => {
      const { api } = walled;
      const sql = `SELECT 1 FROM call_tasks WHERE request_id = '${request}'`;
      expect(await api.sees(sql, of(xa ?? '', 'XA', 'cert'))).toHaveLength(1);
      for (const who of [of(officer ?? '', 'XB', 'cert'), of(officer ?? '', 'XC', 'cert')])
        expect(await api.sees(sql, who)).toEqual([]);
    });

    it('are asked for by the system alone, once a line and channel, and of the party whose line it is', async () => {
      const row = { ...(await walled.rowOf('call_tasks', `id = '${task}'`)), id: randomUUID() };
      const work = { actor: 'worker', purpose: 'sweep' };
      for (const wanted of [{ wanted_by: null }, { wanted_by: 'XA' }])
        expect(await walled.api.adds('call_tasks', { ...row, ...wanted }, of(xa ?? '', 'XA', 'cert'))).toBe(
          refused,
        );
      expect(await walled.callers.worker.adds('call_tasks', row, work)).toBe('23505');
      const done = { state: 'expired', ended_at: new Date().toISOString() };
      expect(await walled.callers.worker.adds('call_tasks', { ...row, ...done }, work)).toBe('23505');
      const elsewhere = { ...row, channel_id: channel, party_code: 'XC' };
      expect(await walled.callers.worker.adds('call_tasks', elsewhere, work)).toBe('23503');
      expect(await walled.callers.worker.adds('call_tasks', { ...row, addressee_id: null }, work)).toBe(
        '23514',
      );
    });

    it('are ended by nobody but those who call, and by the line that waits no longer', async () => {
      const { api, instance } = walled;
      const end = `UPDATE call_tasks SET state = 'cancelled', ended_at = app.now() WHERE id = '${task}'`;
      expect(await api.outcome(end, of(officer ?? '', 'XB', 'cert'))).toBe(0);
      expect(await api.outcome('SELECT app.end_calls()', of(officer ?? '', 'XB', 'cert'))).toBe(refused);
      expect(await api.outcome(`SELECT * FROM app.managers_to_call('${line}')`, staff())).toBe(refused);
      await (await instance.officer('duty@xb.example')).acts(request, { act: 'acknowledge' });
      expect(await walled.rowOf('call_tasks', `id = '${task}'`)).toMatchObject({ state: 'cancelled' });
      expect(await api.outcome(end.replace('cancelled', 'open'), staff())).toBe(refused);
    });
  });

  describe('that announce a change', () => {
    const worker = { actor: 'worker', purpose: 'sweep' };
    let row: Row;
    let staff: SqlIdentity;
    const seen = () => `SELECT 1 FROM call_tasks WHERE id = '${String(row.id)}'`;
    const takes = (way = 'read-back') =>
      take()
        .replace(`id = '${id}'`, `id = '${String(row.id)}'`)
        .replace(`'mailed'`, `'${way}'`);
    const ends = (outcome: string) =>
      `UPDATE call_tasks SET state = 'done', outcome = '${outcome}', ended_at = app.now() WHERE id = '${String(row.id)}'`;

    beforeAll(async () => {
      const { instance } = walled;
      const proven = await addTelephone(instance, 'XB technical 1', '+41229173010');
      const second = await Officer.signIn(instance.url, 'second@xb.example', chosenPassword);
      const administrator = await instance.officer('administrator@xb.example');
      await endByTwo(administrator, second, proven);
      row = await walled.rowOf('call_tasks', `channel_id = '${proven}'`);
      const manager = await walled.rowOf('accounts', `role = 'directory-manager'`);
      staff = { actor: String(manager.id), purpose: 'network' };
    });

    it('are asked for by those who keep the entry, of a channel that was relied on, for the secretariat alone', async () => {
      const { api } = walled;
      const fits = { ...row, id: randomUUID(), state: 'open', mailed_at: null, created_by: null };
      const telephone = await addTelephone(walled.instance, 'XB technical 1', '+41229173011');
      const anew = { ...fits, channel_id: telephone };
      const ofOthers = await addTelephone(walled.instance, 'XA technical 1', '+41229173012');
      expect(await api.adds('call_tasks', anew, at(adder))).toBe(1);
      // As often as there are changes, and beside a check.
      const another = { ...anew, id: randomUUID(), mailed_at: row.created_at };
      await walled.instance.database.rows(
        'INSERT INTO call_tasks SELECT (jsonb_populate_record(NULL::call_tasks, $1::jsonb)).*',
        [JSON.stringify(another)],
      );
      expect(await api.adds('call_tasks', anew, at(adder))).toBe(1);
      const administrator = await walled.rowOf(
        'accounts',
        `party_code = 'XB' AND role = 'party-administrator'`,
      );
      const foreign = at(String(administrator.id), 'XA');
      for (const [asks, who] of [
        [anew, at(officer)],
        [anew, at(xa, 'XA')],
        [anew, foreign],
        [anew, staff],
        [{ ...anew, party_code: 'XA' }, at(adder)],
        [{ ...anew, party_code: 'XA', channel_id: ofOthers }, at(adder)],
        [{ ...anew, wanted_by: 'XB' }, at(adder)],
        [{ ...anew, channel_id: mailbox }, at(adder)],
        [{ ...anew, channel_id: row.channel_id }, at(adder)],
        [{ ...anew, state: 'cancelled', ended_at: row.created_at }, at(adder)],
      ] as const)
        expect([asks, await api.adds('call_tasks', asks, who)]).toEqual([asks, refused]);
      expect(await api.adds('call_tasks', { ...anew, told: null }, at(adder))).toBe('23514');
      const check = { ...anew, reason: 'check' };
      expect(await api.adds('call_tasks', { ...check, told: null }, staff)).toBe(1);
      expect(await api.adds('call_tasks', check, staff)).toBe('23514');
    });

    it('are seen by those who call and by those who are called, and made by the first alone', async () => {
      const { api } = walled;
      for (const [who, rows] of [
        ...([
          [staff, 1],
          [at(adder), 1],
          [at(officer), 1],
          [at(xa, 'XA'), 0],
        ] as const),
      ] as const)
        expect([who, await api.sees(seen(), who)]).toMatchObject([who, { length: rows }]);
      for (const who of [at(adder), at(officer), at(xa, 'XA')]) {
        expect(await api.outcome(takes(), who)).toBe(0);
        expect(await api.outcome(ends('disputed'), who)).toBe(0);
      }
      for (const way of ['mailed', 'read-out']) expect(await api.outcome(takes(way), staff)).toBe('23514');
      expect(await api.outcome(takes(), staff)).toBe(1);
      // Nobody records what they have not called for, nor changes what was told, nor who was told of it.
      expect(await api.outcome(ends('disputed'), staff)).toBe(refused);
      for (const what of ['told = NULL', 'mailed_at = app.now()', 'dispute_mailed_at = app.now()'])
        for (const who of [staff, at(adder)])
          expect(await api.outcome(`UPDATE call_tasks SET ${what}`, who)).toBe(refused);
    });

    it('are disputed where they announce a change alone', async () => {
      const disputes = `UPDATE call_tasks SET outcome = 'disputed', state = 'done', ended_at = app.now(), way = 'mailed',
        taken_by = '${adder}', taken_at = app.now(), taken_until = app.now(), key_id = 'k' WHERE id = '${id}'`;
      const { database } = walled.instance;
      await expect(database.rows(disputes)).rejects.toMatchObject({ code: '23514' });
    });

    it('open accounts to the worker alone, and only while there is somebody to be told', async () => {
      const { api, callers, instance } = walled;
      const task = String(row.id);
      const managers = `SELECT 1 FROM app.managers_to_announce('XB')`;
      const administrators = `SELECT 1 FROM app.administrators_of_dispute('${task}')`;
      for (const sql of [managers, administrators, 'SELECT app.end_change_calls()'])
        for (const who of [staff, at(adder)]) expect(await api.outcome(sql, who)).toBe(refused);
      expect(await callers.worker.sees(administrators, worker)).toEqual([]);
      await instance.stopWorker();
      await instance.database.rows(`UPDATE call_tasks SET mailed_at = NULL WHERE id = $1`, [task]);
      expect((await callers.worker.sees(managers, worker)).length).toBeGreaterThan(0);
      expect(await callers.worker.sees(managers, { ...worker, purpose: 'read' })).toEqual([]);
      await instance.database.rows(`UPDATE call_tasks SET mailed_at = app.now() WHERE id = $1`, [task]);
      expect(await callers.worker.sees(managers, worker)).toEqual([]);
    });
  });

  it('let nobody take back what announces a change to an endpoint', async () => {
    const { api, instance } = walled;
    const call = await walled.rowOf('channel_calls', `party_code = 'XB'`);
    const open = { ...call, state: 'pending', settled_at: null, sending_until: null, reply_status: null };
    const [proof, change] = [randomUUID(), randomUUID()];
    await instance.stopWorker();
    for (const [name, about] of [
      [proof, 'proof'],
      [change, 'change'],
    ])
      await instance.database.rows(
        `INSERT INTO channel_calls SELECT (jsonb_populate_record(NULL::channel_calls, $1::jsonb)).*`,
        [JSON.stringify({ ...open, id: name, about, fault: null })],
      );
    const back = (name = '') =>
      `UPDATE channel_calls SET state = 'cancelled', settled_at = app.now() WHERE id = '${name}'`;
    expect([await api.outcome(back(change), at(adder)), await api.outcome(back(proof), at(adder))]).toEqual([
      0, 1,
    ]);
  });

  it('keep what is said to endpoints to administrators, who send nothing anew', async () => {
    const { api } = walled;
    const call = await walled.rowOf('channel_calls', `party_code = 'XB'`);
    for (const who of [at(xa, 'XA'), at(officer)]) {
      expect(await api.sees('SELECT 1 FROM channel_calls', who)).toEqual([]);
      const another = { ...call, id: randomUUID(), state: 'pending', settled_at: null, sending_until: null };
      expect(await api.adds('channel_calls', another, who)).toBe(refused);
    }
    const anew = `UPDATE channel_calls SET state = 'pending', settled_at = NULL`;
    expect(await api.outcome(anew, at(adder))).toBe(refused);
  });
});

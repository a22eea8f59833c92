import type { CallTaskItem, CallTaskView, NetworkView, PlanView } from '#libs/directory';
import type { RequestView } from '#libs/requests';
import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import { backEnds } from '../harness/settings.js';
import { addTelephone } from '../harness/telephones.js';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;

describe.each(backEnds)('calls that the last reminder asks for, with the queue on %s', (queue) => {
  let instance: Instance;
  let requester: Officer;
  let [first, second]: string[] = [];

  beforeAll(async () => {
    instance = await Instance.start({ queue });
    requester = await instance.officer('officer@xa.example');
    await addTelephone(instance, 'XB technical 1', '+41229173001');
    first = await addTelephone(instance, 'XB technical 1', '+41229173002', 'emergency-telephone');
    second = await addTelephone(instance, 'XB technical 2', '+41229173003');
    await addTelephone(instance, 'XB diplomatic 1', '+41229173004');
  });
  afterAll(() => instance.stop());

  const actsOf = ({ timeline }: RequestView) => timeline.map(({ act }) => act);
  const twoCalls = ({ calls }: RequestView) => {
    const [one, other] = calls;
    if (!one || !other) throw new Error('two calls were not asked for');
    return [one, other] as const;
  };
  /** A request whose last reminder has gone, as its requester sees it then. */
  const unanswered = async (to = 'XB', asked = 'ask-calls'): Promise<RequestView> => {
    const { id } = await requester.files({ to: [to] });
    await waitUntil(
      'it was accepted',
      async () => (await requester.sees(id)).addressees[0]?.acceptedByRelayAt,
    );
    await instance.forward(31 * minute);
    await instance.worker?.sweep();
    await waitUntil('the last reminder', async () => actsOf(await requester.sees(id)).includes(asked));
    return requester.sees(id);
  };
  const mails = (to: string) =>
    instance.sink.mailsTo(to).filter(({ subject }) => subject.includes('Calls to make'));
  const listed = async (by: Officer) =>
    ((await by.get('/call-tasks')).body as { items: CallTaskItem[] }).items;
  const channelsOf = async (id: string) =>
    (
      await instance.database.rows<{ channel: string }>(
        'SELECT channel_id AS channel FROM call_tasks WHERE request_id = $1 ORDER BY id',
        [id],
      )
    ).map(({ channel }) => channel);
  /** As if a worker had died before it said that it had fired. */
  const fireAgain = async (id: string) => {
    await instance.database.rows('UPDATE timers SET fired_at = NULL WHERE request_id = $1', [id]);
    await instance.worker?.sweep();
    await waitUntil('it has fired', async () => {
      const rows = await instance.database.rows(
        'SELECT 1 FROM timers WHERE request_id = $1 AND fired_at IS NULL AND ended_at IS NULL',
        [id],
      );
      return rows.length === 0;
    });
  };

  it('are there once, one for each point of contact of the level, and end with the acknowledgement', async () => {
    const seen = await unanswered();
    expect(await channelsOf(seen.id)).toEqual([first, second]);
    expect(seen.calls).toMatchObject([
      {
        party: 'XB',
        line: seen.addressees[0]?.id,
        channel: 'emergency-telephone',
        wantedBy: 'XA',
        state: 'open',
      },
      { channel: 'telephone', outcome: null, endedAt: null },
    ]);
    const mail = await waitUntil('word to who calls', () => mails('cert@xa.example')[0]);
    expect(mail.subject).toBe(`U1 TLP:AMBER ${seen.reference} Calls to make`);
    expect(mail.text).toContain('/api/v1/call-tasks');
    expect(mail.text).not.toContain('ransomware');
    await instance.worker?.sweep();
    await fireAgain(seen.id);
    expect((await requester.sees(seen.id)).calls).toEqual(seen.calls);
    expect(mails('cert@xa.example')).toHaveLength(1);

    const [one, other] = twoCalls(seen);
    const taken = (await requester.post(`/call-tasks/${one.id}/take`)).body as CallTaskView;
    expect(taken).toMatchObject({ request: seen.id, way: 'read-back', number: '+41229173002', mine: true });
    expect(taken.script?.lines.join(' ')).toMatch(/request for assistance.*please repeat/);
    expect(taken.script?.lines.join(' ')).not.toMatch(/AR-|hospital/);
    const reminder = instance.sink
      .mailsTo('cert@xb.example')
      .findLast(({ subject }) => subject.includes(`${seen.reference} Reminder`));
    expect((await AckLink.in(reminder as never).submit('A. Duty')).status).toBe(200);
    const after = await requester.sees(seen.id);
    expect(after.calls.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    expect((await requester.get(`/call-tasks/${one.id}`)).body).toMatchObject({
      ...{ state: 'cancelled', mine: false, code: null, script: null, allowedActs: [] },
    });
    const late = await requester.post(`/call-tasks/${one.id}/outcome`, { outcome: 'no-answer' });
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('no longer wanted')]);
    expect((await requester.post(`/call-tasks/${other.id}/take`)).status).toBe(409);
  });

  it('show what came of them, acknowledge nothing, and are not asked for again when they are over', async () => {
    const seen = await unanswered();
    const [one, other] = twoCalls(seen);
    const { code } = (await requester.post(`/call-tasks/${one.id}/take`)).body as CallTaskView;
    await requester.post(`/call-tasks/${one.id}/outcome`, { outcome: 'answered', code });
    await instance.database.rows('UPDATE call_tasks SET expires_at = app.now() WHERE id = $1', [other.id]);
    await fireAgain(seen.id);
    const after = await requester.sees(seen.id);
    expect(after.calls).toMatchObject([
      { state: 'done', outcome: 'answered', endedAt: expect.any(String) },
      { state: 'expired', outcome: null },
    ]);
    expect(after.addressees[0]).toMatchObject({ state: 'sent', acknowledgedAt: null });
    expect(actsOf(after).filter((act) => act === 'ask-calls')).toHaveLength(1);
    // Who is asked reads nothing of it, nor that there were calls.
    const theirs = await (await instance.officer('duty@xb.example')).sees(seen.id);
    expect([theirs.calls, actsOf(theirs).filter((act) => act.endsWith('-calls'))]).toEqual([[], []]);
  });

  it('end with a withdrawal too, and take back what was not sent of them', async () => {
    await instance.sink.stop();
    const { id } = await requester.files();
    await instance.forward(31 * minute);
    await instance.worker?.sweep();
    const waiting = () =>
      instance.database.rows(
        `SELECT 1 FROM notices WHERE request_id = $1 AND wanted_for LIKE 'calls:%' AND settled_at IS NULL`,
        [id],
      );
    await waitUntil('word waits', async () => (await waiting()).length > 0);
    await requester.acts(id, { act: 'withdraw' });
    await instance.sink.start();
    await waitUntil('word is taken back', async () => (await waiting()).length === 0);
    expect((await requester.sees(id)).calls.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  it('end when the line is handed over, and are asked for anew of the body that holds it', async () => {
    await addTelephone(instance, 'XB policy 1', '+41229173005');
    const { id } = await unanswered();
    const holder = await instance.officer('officer@xb.example');
    const { bodies } = (await holder.get('/parties/XB')).body as { bodies: { id: string; kind: string }[] };
    const body = bodies.find(({ kind }) => kind === 'agency')?.id;
    const said = { text: { text: 'Theirs to decide.', language: 'en' } };
    const redirect = { act: 'redirect', redirectTo: { party: 'XB', body }, ...said };
    expect((await holder.acts(id, redirect)).status).toBe(200);
    expect((await requester.sees(id)).calls.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    await instance.forward(31 * minute);
    await instance.worker?.sweep();
    const third = await waitUntil('a call to that body', async () => (await requester.sees(id)).calls[2]);
    const line = (await requester.sees(id)).addressees.find((one) => one.body?.id === body);
    expect(third).toMatchObject({ line: line?.id, state: 'open', channel: 'telephone' });
    await requester.acts(id, { act: 'withdraw' });
    expect((await requester.sees(id)).calls.map(({ state }) => state)).toEqual(Array(3).fill('cancelled'));
  });

  it('are none where nobody has a number, which the requester reads', async () => {
    const seen = await unanswered('XC', 'no-calls');
    expect(seen.calls).toEqual([]);
    const events = seen.timeline.filter(({ act }) => act.endsWith('-calls'));
    expect(events).toMatchObject([{ act: 'no-calls', addressee: 'XC', by: { kind: 'system' }, said: null }]);
    const theirs = await (await instance.officer('officer@xc.example')).sees(seen.id);
    expect(actsOf(theirs)).not.toContain('no-calls');
  });

  it('obey the plan of the two parties', async () => {
    const ways = [
      { place: 'primary', level: 'technical', kind: 'mail' },
      { place: 'alternate', level: 'diplomatic', kind: 'telephone' },
    ];
    const plan = (await requester.post('/plans', { with: 'XB', ways, only: true })).body as PlanView;
    const agrees = await instance.officer('policy@xb.example');
    const { version } = plan;
    expect((await agrees.post(`/plans/${plan.id}/acts`, { act: 'agree', version })).status).toBe(200);
    const seen = await unanswered();
    expect(seen.calls).toHaveLength(1);
    const [level] = await instance.database.rows('SELECT level FROM points_of_contact WHERE id = $1', [
      seen.calls[0]?.pointOfContact,
    ]);
    expect(level).toEqual({ level: 'diplomatic' });
    const inForce = (await requester.get(`/plans/${plan.id}`)).body as PlanView;
    await requester.post(`/plans/${plan.id}/acts`, { act: 'end', version: inForce.version });
  });

  it('use numbers that networks let members see, or are made by the secretariat where one says so', async () => {
    const secretariat = await instance.officer('secretariat@network.example');
    const changes = async (change: object) => {
      const { items } = (await secretariat.get('/networks')).body as { items: NetworkView[] };
      const { id, names, levelsRequired, version } = items[0] as NetworkView;
      const answer = await secretariat.put(`/networks/${id}`, { names, levelsRequired, version, ...change });
      expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
    };
    const hidden = { telephone: 'hidden', 'emergency-telephone': 'hidden' };
    await changes({ visibility: hidden });
    expect((await unanswered('XB', 'no-calls')).calls).toEqual([]);
    await changes({ visibility: hidden, rules: { callTasksTo: 'secretariat' } });
    const before = mails('cert@xa.example').length;
    const seen = await unanswered();
    expect(seen.calls).toMatchObject([{ wantedBy: null }, { wantedBy: null }]);
    const mail = await waitUntil('word to the secretariat', () => mails('secretariat@network.example')[0]);
    expect(mail.subject + mail.text).not.toMatch(/AR-|U1|XA|Exampleland A|ransomware/);
    const tasks = await listed(secretariat);
    expect(tasks).toHaveLength(2);
    const { body } = await secretariat.get(`/call-tasks/${tasks[0]?.id}`);
    expect(body).toMatchObject({ request: null, wantedBy: null, reason: 'request' });
    const taken = (await secretariat.post(`/call-tasks/${tasks[0]?.id}/take`)).body as CallTaskView;
    for (const hiding of [seen.id, seen.reference, seen.addressees[0]?.id ?? '', '"XA"'])
      expect(JSON.stringify([body, taken])).not.toContain(hiding);
    expect((await requester.post(`/call-tasks/${tasks[1]?.id}/take`)).status).toBe(403);
    expect([mails('cert@xa.example').length, mails('secretariat@network.example').length]).toEqual([
      before,
      1,
    ]);
    await (await instance.officer('duty@xb.example')).acts(seen.id, { act: 'acknowledge' });
    expect((await secretariat.get(`/call-tasks/${tasks[0]?.id}`)).body).toMatchObject({ state: 'cancelled' });
  });
});

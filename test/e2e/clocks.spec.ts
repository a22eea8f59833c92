import { AckLink } from '../harness/ack-link.js';
import { Instance } from '../harness/instance.js';
import type { Officer } from '../harness/officer.js';
import type { LineClocks } from '#libs/requests';
import { waitUntil } from '../harness/waiting.js';

const minute = 60_000;

describe('clocks and reminders', () => {
  let instance: Instance;
  let requester: Officer;

  beforeEach(async () => {
    instance = await Instance.start();
    requester = await instance.officer('officer@xa.example');
  });
  afterEach(() => instance.stop());

  const clocksOf = async (officer: Officer, id: string) =>
    (await officer.get(`/requests/${id}/clocks`)).body as {
      items: LineClocks[];
      fixedSentences: { id: string }[];
    };
  const reached = (id: string) =>
    waitUntil(
      'a relay has accepted it',
      async () => (await requester.sees(id)).addressees[0]?.acceptedByRelayAt,
    );
  const reminders = (to: string) =>
    instance.sink.mailsTo(to).filter((mail) => mail.subject.includes('Reminder'));

  it('run for both sides alike: waiting from sending, net from the first acceptance', async () => {
    const filed = await requester.files();
    await reached(filed.id);
    const seen = await clocksOf(requester, filed.id);
    const [line] = seen.items;
    expect(seen.fixedSentences.map(({ id }) => id)).toEqual(['fs.targets']);
    expect(line).toMatchObject({ party: 'XB', urgency: 'U1', calendar: { version: 1, zone: 'Etc/GMT-6' } });
    expect(
      line?.clocks.map(({ target, measure, state, targetMinutes }) => [
        target,
        measure,
        state,
        targetMinutes,
      ]),
    ).toEqual([
      ['acknowledge', 'waiting', 'running', 60],
      ['acknowledge', 'net', 'running', 60],
      ['first-answer', 'waiting', 'running', 240],
      ['first-answer', 'net', 'running', 240],
    ]);
    const due = line?.clocks[0]?.dueAt;
    expect(Date.parse(due?.utc ?? '') - Date.parse(filed.sentAt ?? '')).toBe(60 * minute);
    expect(due?.local.map(({ zone }) => zone)).toEqual(['Etc/GMT-3', 'Etc/GMT-6']);
    expect(line?.clocks[0]?.because.join(' ')).toContain('Etc/GMT-6');
    const theirs = await clocksOf(await instance.officer('duty@xb.example'), filed.id);
    expect(theirs.items.map(({ party }) => party)).toEqual(['XB']);
    expect(theirs.items[0]?.clocks[0]?.dueAt).toEqual(due);
  });

  it('say "pending" when a target has passed, and how late it was met', async () => {
    const filed = await requester.files();
    await reached(filed.id);
    await instance.forward(61 * minute);
    const addressee = await instance.officer('duty@xb.example');
    expect((await clocksOf(requester, filed.id)).items[0]?.clocks[0]).toMatchObject({
      state: 'pending',
      late: true,
    });
    await instance.forward(10 * minute);
    await addressee.acts(filed.id, { act: 'acknowledge' });
    const [line] = (await clocksOf(requester, filed.id)).items;
    expect(line?.clocks.map(({ state, late }) => [state, late])).toEqual([
      ['met', true],
      ['met', true],
      ['running', false],
      ['running', false],
    ]);
    expect(Math.round(line?.clocks[0]?.lateMinutes ?? 0)).toBe(11);
  });

  it('remind the same points of contact, once a step and never early, with a link that acknowledges', async () => {
    const filed = await requester.files();
    await reached(filed.id);
    await instance.forward(14 * minute);
    await instance.worker?.sweep();
    expect(reminders('cert@xb.example')).toEqual([]);
    await instance.forward(minute);
    const first = await waitUntil('the first reminder', () => reminders('cert@xb.example')[0]);
    expect(first.subject).toBe(`U1 TLP:AMBER ${filed.reference} Reminder: request for assistance`);
    expect(first.text).not.toContain('ransomware');
    await instance.forward(15 * minute);
    await waitUntil('the second reminder', () => reminders('cert@xb.example')[1]);
    expect((await AckLink.in(first).submit('A. Duty')).status).toBe(200);
    await instance.forward(10 * 60 * minute);
    await instance.worker?.sweep();
    expect(reminders('cert@xb.example')).toHaveLength(2);
    const acts = (await requester.sees(filed.id)).timeline.map((event) => event.act);
    expect(acts.filter((act) => act === 'remind')).toHaveLength(2);
    expect(acts.at(-1)).toBe('acknowledge');
  });

  it('after a downtime record each late step, and send one reminder for all of them', async () => {
    const filed = await requester.files();
    await reached(filed.id);
    await instance.stopWorker();
    await instance.forward(5 * 60 * minute);
    await instance.startWorker();
    await waitUntil(
      'both steps are recorded',
      async () =>
        (await requester.sees(filed.id)).timeline.filter((event) => event.act === 'remind').length === 2,
    );
    await waitUntil('the one reminder', () => reminders('cert@xb.example')[0]);
    await instance.worker?.sweep();
    expect(reminders('cert@xb.example')).toHaveLength(1);
  });

  it('do not remind of what was acknowledged or withdrawn, even when a reminder already waits to be sent', async () => {
    const filed = await requester.files();
    await reached(filed.id);
    await instance.sink.stop();
    await instance.forward(15 * minute);
    const waiting = () =>
      instance.database.rows(
        `SELECT 1 FROM notices WHERE wanted_for LIKE 'reminder:%' AND settled_at IS NULL`,
      );
    await waitUntil('the reminder waits', async () => (await waiting()).length === 2);
    await waitUntil(
      'it was tried',
      async () =>
        (
          await instance.database.rows(
            `SELECT 1 FROM notices WHERE wanted_for LIKE 'reminder:%' AND attempt > 0 AND state = 'pending'`,
          )
        ).length === 2,
    );
    await (await instance.officer('duty@xb.example')).acts(filed.id, { act: 'acknowledge' });
    expect(await waiting()).toEqual([]);
    await instance.sink.start();
    await instance.forward(60 * minute);
    await instance.sink.mailTo('cert@xa.example');
    expect(reminders('cert@xb.example')).toEqual([]);
  });
});

import { officeCalendar } from './calendar.js';
import { clocksOf, type ClockView, type LineFacts, type Measure } from './clocks.js';
import type { Target } from './targets.js';

/** An instant on 9 June 2026, a Tuesday, or on another day of that month. */
const at = (time: string, day = '09'): Date => new Date(`2026-06-${day}T${time}:00Z`);
const sent: LineFacts = {
  urgency: 'U1',
  policyVersion: 1,
  calendar: officeCalendar('UTC'),
  timeSource: 'real',
  sentAt: at('10:00'),
  firstAcceptedAt: null,
  firstViewedAt: null,
  acknowledgedAt: null,
  answeredAt: null,
  questions: [],
  endedAt: null,
};
const clock = (target: Target, measure: Measure, facts: Partial<LineFacts>, now: Date): ClockView => {
  const found = clocksOf({ ...sent, ...facts }, now).find(
    (view) => view.target === target && view.measure === measure,
  );
  if (found === undefined) throw new RangeError(`no ${measure} clock for ${target}`);
  return found;
};
const waiting = (facts: Partial<LineFacts>, now: Date): ClockView =>
  clock('acknowledge', 'waiting', facts, now);
const net = (facts: Partial<LineFacts>, now: Date): ClockView => clock('acknowledge', 'net', facts, now);

describe('the clocks of a line', () => {
  it('are two for each target, with what they were counted by', () => {
    const clocks = clocksOf({ ...sent, calendar: { ...sent.calendar, version: 4 } }, at('10:01'));
    expect(clocks.map(({ target, measure }) => [target, measure])).toEqual([
      ['acknowledge', 'waiting'],
      ['acknowledge', 'net'],
      ['first-answer', 'waiting'],
      ['first-answer', 'net'],
    ]);
    for (const view of clocks)
      expect(view).toMatchObject({
        policyVersion: 1,
        calendarVersion: 4,
        timeSource: 'real',
        counts: 'elapsed',
      });
  });

  it('give each target its own time', () => {
    const due = clocksOf({ ...sent, firstAcceptedAt: at('10:05') }, at('10:06')).map(({ dueAt }) => dueAt);
    expect(due).toEqual([at('11:00'), at('11:05'), at('14:00'), at('14:05')]);
  });

  it('run in the duty hours of the addressee where the urgency says so', () => {
    const facts = { urgency: 'U3', sentAt: at('16:00', '05') } as const;
    expect(waiting(facts, at('10:00', '08'))).toMatchObject({
      state: 'running',
      counts: 'working',
      targetMinutes: 480,
      elapsedMinutes: 120,
      dueAt: at('16:00', '08'),
    });
  });
});

describe('the waiting clock', () => {
  it('starts when the request is sent, whatever the mail server does', () => {
    expect(waiting({}, at('10:20'))).toMatchObject({
      state: 'running',
      startedAt: at('10:00'),
      dueAt: at('11:00'),
      elapsedMinutes: 20,
      late: false,
    });
  });

  it('never pauses', () => {
    const questions = [{ askedAt: at('10:10'), answeredAt: null }];
    expect(waiting({ questions }, at('10:50'))).toMatchObject({
      state: 'running',
      dueAt: at('11:00'),
      elapsedMinutes: 50,
      paused: null,
    });
  });

  it('runs up to its due instant and is pending after it, which is no refusal', () => {
    expect(waiting({}, at('11:00'))).toMatchObject({ state: 'running', late: false, lateMinutes: 0 });
    expect(waiting({}, at('11:30'))).toMatchObject({
      state: 'pending',
      late: true,
      lateMinutes: 30,
      metAt: null,
    });
  });

  it('is met by an acknowledgement from the sent instant on, in time or late', () => {
    expect(waiting({ acknowledgedAt: at('10:00') }, at('12:00'))).toMatchObject({
      state: 'met',
      elapsedMinutes: 0,
      late: false,
    });
    expect(waiting({ acknowledgedAt: at('11:00') }, at('12:00'))).toMatchObject({
      state: 'met',
      elapsedMinutes: 60,
      late: false,
    });
    expect(waiting({ acknowledgedAt: at('11:45') }, at('12:00'))).toMatchObject({
      state: 'met',
      metAt: at('11:45'),
      dueAt: at('11:00'),
      elapsedMinutes: 105,
      late: true,
      lateMinutes: 45,
    });
  });

  it('is late also when no duty time has passed since', () => {
    const facts = { urgency: 'U3', sentAt: at('09:00'), acknowledgedAt: at('20:00') } as const;
    expect(waiting(facts, at('21:00'))).toMatchObject({
      state: 'met',
      dueAt: at('17:00'),
      late: true,
      lateMinutes: 0,
    });
  });

  it('has no due instant, and is never pending, where there are no duty hours', () => {
    const week = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const facts = { urgency: 'U4', calendar: { ...sent.calendar, week } } as const;
    expect(waiting(facts, at('10:00', '30'))).toMatchObject({
      state: 'running',
      dueAt: null,
      elapsedMinutes: 0,
      late: false,
    });
  });
});

describe('a target', () => {
  it('of acknowledging is met by an answer, that of answering not by an acknowledgement', () => {
    const answered = { answeredAt: at('10:30') };
    expect(waiting(answered, at('11:30'))).toMatchObject({ state: 'met', metAt: at('10:30') });
    const acknowledged = { acknowledgedAt: at('10:30') };
    expect(clock('first-answer', 'waiting', acknowledged, at('11:30'))).toMatchObject({
      state: 'running',
      metAt: null,
    });
  });

  it('of acknowledging is met by the first of the two', () => {
    expect(waiting({ acknowledgedAt: at('10:40'), answeredAt: at('10:30') }, at('11:30')).metAt).toEqual(
      at('10:30'),
    );
    expect(waiting({ acknowledgedAt: at('10:20'), answeredAt: at('10:30') }, at('11:30')).metAt).toEqual(
      at('10:20'),
    );
  });

  it('that was met stays met when the line ends', () => {
    const facts = { acknowledgedAt: at('10:30'), endedAt: at('12:00') };
    expect(waiting(facts, at('15:00'))).toMatchObject({ state: 'met', elapsedMinutes: 30 });
    expect(clock('first-answer', 'waiting', facts, at('15:00'))).toMatchObject({
      state: 'ended',
      elapsedMinutes: 120,
      late: false,
    });
  });

  it('that was not met when the line ended is ended on both clocks and no longer counted', () => {
    const facts = {
      firstAcceptedAt: at('10:10'),
      endedAt: at('11:30'),
      questions: [{ askedAt: at('10:20'), answeredAt: null }],
    };
    expect(waiting(facts, at('15:00'))).toMatchObject({
      state: 'ended',
      elapsedMinutes: 90,
      late: true,
      lateMinutes: 30,
    });
    expect(net(facts, at('15:00'))).toMatchObject({
      state: 'ended',
      elapsedMinutes: 10,
      late: false,
      paused: null,
    });
    expect(net({ endedAt: at('10:05') }, at('15:00'))).toMatchObject({ state: 'ended', startedAt: null });
  });

  it('is met by an answer that ends the line', () => {
    const facts = { endedAt: at('10:30'), answeredAt: at('10:30') };
    expect(waiting(facts, at('15:00'))).toMatchObject({
      state: 'met',
      metAt: at('10:30'),
      elapsedMinutes: 30,
    });
  });

  it('is not met by what comes after the end', () => {
    const facts = { endedAt: at('10:30'), answeredAt: at('10:31') };
    expect(waiting(facts, at('15:00'))).toMatchObject({ state: 'ended', metAt: null, elapsedMinutes: 30 });
  });
});

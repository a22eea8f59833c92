import { officeCalendar } from './calendar.js';
import { clocksOf, type ClockView, type LineFacts } from './clocks.js';
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
const netOf = (target: Target, facts: Partial<LineFacts>, now: Date): ClockView => {
  const found = clocksOf({ ...sent, ...facts }, now).find(
    (view) => view.target === target && view.measure === 'net',
  );
  if (found === undefined) throw new RangeError(`no net clock for ${target}`);
  return found;
};
const net = (facts: Partial<LineFacts>, now: Date): ClockView => netOf('acknowledge', facts, now);

describe('the net clock', () => {
  const accepted = { firstAcceptedAt: at('10:10') };

  it('has not started before anything was accepted or shown', () => {
    expect(net({}, at('15:00'))).toMatchObject({
      state: 'not-started',
      startedAt: null,
      dueAt: null,
      elapsedMinutes: 0,
      late: false,
      explanation: null,
    });
  });

  it('starts with the first acceptance or with a sign-in that showed it, whichever is first', () => {
    expect(net(accepted, at('10:20')).startedAt).toEqual(at('10:10'));
    expect(net({ ...accepted, firstViewedAt: at('10:07') }, at('10:20')).startedAt).toEqual(at('10:07'));
    expect(net({ ...accepted, firstViewedAt: at('10:15') }, at('10:20'))).toMatchObject({
      state: 'running',
      startedAt: at('10:10'),
      dueAt: at('11:10'),
      elapsedMinutes: 10,
    });
  });

  it('starts with an act of the addressee, which nobody does unseen, and never before sending', () => {
    expect(net({ firstAcceptedAt: at('10:30'), acknowledgedAt: at('10:02') }, at('11:00'))).toMatchObject({
      state: 'met',
      startedAt: at('10:02'),
      elapsedMinutes: 0,
    });
    expect(netOf('first-answer', { acknowledgedAt: at('10:02') }, at('11:00'))).toMatchObject({
      state: 'running',
      startedAt: at('10:02'),
    });
    expect(net({ firstAcceptedAt: at('09:59') }, at('10:20')).startedAt).toEqual(at('10:00'));
  });

  it('pauses while a question to the requester is open, with the reason and without a due instant', () => {
    const questions = [
      { askedAt: at('10:40'), answeredAt: null },
      { askedAt: at('10:30'), answeredAt: null },
    ];
    expect(net({ ...accepted, questions }, at('13:00'))).toMatchObject({
      state: 'paused',
      paused: { since: at('10:30'), because: 'question-open' },
      dueAt: null,
      elapsedMinutes: 20,
      late: false,
    });
  });

  it('goes on once the last open question is answered', () => {
    const questions = [
      { askedAt: at('10:30'), answeredAt: at('11:00') },
      { askedAt: at('10:50'), answeredAt: at('12:00') },
    ];
    expect(net({ ...accepted, questions }, at('12:10'))).toMatchObject({
      state: 'running',
      paused: null,
      dueAt: at('12:40'),
      elapsedMinutes: 30,
    });
    expect(net({ ...accepted, questions }, at('13:00'))).toMatchObject({ state: 'pending', lateMinutes: 20 });
  });

  it('stays pending when a question is asked after its due instant', () => {
    const questions = [{ askedAt: at('11:40'), answeredAt: null }];
    expect(net({ ...accepted, questions }, at('15:00'))).toMatchObject({
      state: 'pending',
      dueAt: at('11:10'),
      paused: null,
      elapsedMinutes: 90,
      lateMinutes: 30,
    });
  });

  it('is met with its due instant also while a question is open', () => {
    const questions = [{ askedAt: at('10:30'), answeredAt: null }];
    expect(net({ ...accepted, questions, acknowledgedAt: at('12:00') }, at('15:00'))).toMatchObject({
      state: 'met',
      dueAt: at('12:40'),
      elapsedMinutes: 20,
      late: false,
    });
  });

  it('keeps its due instant when a question comes after it was met', () => {
    const questions = [{ askedAt: at('10:40'), answeredAt: null }];
    expect(net({ ...accepted, questions, acknowledgedAt: at('10:30') }, at('15:00'))).toMatchObject({
      state: 'met',
      dueAt: at('11:10'),
      paused: null,
    });
  });
});

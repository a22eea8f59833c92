import type { Urgency } from '#libs/wording';
import type { Calendar } from './calendar.js';
import { counted, type Counting, type Counts, type Pause, type PauseReason } from './counting.js';
import { deadline, type Explanation } from './deadline.js';
import { targets, targetsOf, type Target } from './targets.js';

/** What drives a clock. An exercise clock, with its speed and pauses, is another source. */
export type TimeSource = 'real';

/** A question to the requester; open until it is answered. */
export interface Question {
  readonly askedAt: Date;
  readonly answeredAt: Date | null;
}

/** What happened on one addressee's line, as far as its clocks need it. */
export interface LineFacts {
  readonly urgency: Urgency;
  readonly policyVersion: number;
  /** The addressee's. */
  readonly calendar: Calendar;
  readonly timeSource: TimeSource;
  readonly sentAt: Date;
  /** First acceptance by a relay or endpoint of one of the addressee's channels. */
  readonly firstAcceptedAt: Date | null;
  /** First sign-in that showed it to the addressee. */
  readonly firstViewedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  /** First answer of substance. */
  readonly answeredAt: Date | null;
  readonly questions: readonly Question[];
  /** Withdrawn, closed or redirected. */
  readonly endedAt: Date | null;
}

/** `waiting`: gross, what the requester waits. `net`: what the addressee had at its disposal. */
export type Measure = 'waiting' | 'net';

/**
 * `pending` is the system's word for a target that passed (RFC 6545 uses it so); it is neither a decision nor a
 * refusal. `ended`: the line was withdrawn, closed or redirected before the target was met.
 */
export type ClockState = 'not-started' | 'running' | 'paused' | 'pending' | 'met' | 'ended';

/** One clock at one instant. Minutes are counted as `counts` says, with their fractions. */
export interface ClockView {
  readonly target: Target;
  readonly measure: Measure;
  readonly state: ClockState;
  readonly counts: Counts;
  readonly targetMinutes: number;
  readonly startedAt: Date | null;
  /** Null before the start, while paused, and where the calendar has no duty hours. */
  readonly dueAt: Date | null;
  readonly metAt: Date | null;
  readonly paused: { readonly since: Date; readonly because: PauseReason } | null;
  /** From the start until it was met or ended, else until now. */
  readonly elapsedMinutes: number;
  /** The due instant passed before it was met or ended, or has passed by now. */
  readonly late: boolean;
  /** 0 outside duty hours after a due instant at their end, though it is late. */
  readonly lateMinutes: number;
  /** Null before the start. */
  readonly explanation: Explanation | null;
  readonly policyVersion: number;
  readonly calendarVersion: number;
  readonly timeSource: TimeSource;
}

/**
 * The clocks of one line at an instant that is not before its facts: for each target the waiting clock, then the net
 * one. Raises RangeError for a policy version that never was.
 */
export const clocksOf = (facts: LineFacts, at: Date): ClockView[] =>
  targets.flatMap((target) => [clockOf(facts, target, 'waiting', at), clockOf(facts, target, 'net', at)]);

function clockOf(facts: LineFacts, target: Target, measure: Measure, at: Date): ClockView {
  const { counts, [target]: targetMinutes } = targetsOf(facts.policyVersion, facts.urgency);
  const { calendar, policyVersion, timeSource } = facts;
  const startedAt = measure === 'waiting' ? facts.sentAt : netStart(facts);
  const metAt = metAtOf(facts, target);
  const stoppedAt = metAt ?? facts.endedAt;
  const pauses = measure === 'waiting' ? [] : pausesUntil(facts.questions, stoppedAt);
  const counting: Counting = { counts, calendar, pauses };
  const aim = startedAt && deadline({ start: startedAt, minutes: targetMinutes, ...counting });
  const dueAt = aim?.due ?? null;
  const to = stoppedAt ?? at;
  const late = dueAt !== null && to > dueAt;
  const state = stateOf({ metAt, endedAt: facts.endedAt, startedAt, late, paused: isPaused(aim) });
  return {
    target,
    measure,
    state,
    counts,
    targetMinutes,
    startedAt,
    dueAt,
    metAt,
    paused: state === 'paused' ? standingSince(pauses) : null,
    elapsedMinutes: startedAt === null ? 0 : counted({ from: startedAt, to, ...counting }),
    late,
    lateMinutes: late ? counted({ from: dueAt, to, ...counting }) : 0,
    explanation: aim?.explanation ?? null,
    policyVersion,
    calendarVersion: calendar.version,
    timeSource,
  };
}

function stateOf(clock: {
  metAt: Date | null;
  endedAt: Date | null;
  startedAt: Date | null;
  late: boolean;
  paused: boolean;
}): ClockState {
  if (clock.metAt !== null) return 'met';
  if (clock.endedAt !== null) return 'ended';
  if (clock.startedAt === null) return 'not-started';
  if (clock.late) return 'pending';
  return clock.paused ? 'paused' : 'running';
}

/** Answering implies acknowledging; what follows the end of the line meets nothing. */
function metAtOf({ acknowledgedAt, answeredAt, endedAt }: LineFacts, target: Target): Date | null {
  const met = target === 'acknowledge' ? earliest([acknowledgedAt, answeredAt]) : answeredAt;
  return met !== null && endedAt !== null && met > endedAt ? null : met;
}

/**
 * At the first acceptance or sign-in, whichever came first; never before it was sent. Who acts has seen it, even when
 * word of an acceptance comes later.
 */
function netStart(facts: LineFacts): Date | null {
  const { sentAt, firstAcceptedAt, firstViewedAt, acknowledgedAt, answeredAt, questions } = facts;
  const shown = earliest([
    firstAcceptedAt,
    firstViewedAt,
    acknowledgedAt,
    answeredAt,
    ...questions.map(({ askedAt }) => askedAt),
  ]);
  return shown !== null && shown < sentAt ? sentAt : shown;
}

/** Pauses of the net clock; what stopped the clock ended a pause that was open then, and no later one begins. */
function pausesUntil(questions: readonly Question[], stoppedAt: Date | null): Pause[] {
  return questions.map(({ askedAt, answeredAt }) => ({
    from: askedAt,
    until: earliest([answeredAt, stoppedAt]),
    because: 'question-open',
  }));
}

function standingSince(pauses: readonly Pause[]): ClockView['paused'] {
  const [first] = pauses
    .filter(({ until }) => until === null)
    .toSorted((one, other) => one.from.getTime() - other.from.getTime());
  return first === undefined ? null : { since: first.from, because: first.because };
}

const isPaused = (aim: ReturnType<typeof deadline> | null): boolean =>
  aim !== null && aim.due === null && aim.because === 'paused';

function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((instant) => instant !== null).map((instant) => instant.getTime());
  return known.length === 0 ? null : new Date(Math.min(...known));
}

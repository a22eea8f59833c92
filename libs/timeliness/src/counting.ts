import { hasDutyHours, type Calendar } from './calendar.js';
import { dutySpans, type Span } from './duty-hours.js';

/** What counts: every minute, or those inside the duty hours of a calendar. */
export type Counts = 'elapsed' | 'working';

/** Why a clock stands still. */
export type PauseReason = 'question-open';

/** A stretch that does not count; open, and without an end yet, while `until` is null. */
export interface Pause {
  readonly from: Date;
  readonly until: Date | null;
  readonly because: PauseReason;
}

/**
 * How time is counted. The calendar is one without faults (`calendarFaults`); pauses may overlap, in any order,
 * and one that ends before it begins is none.
 */
export interface Counting {
  readonly counts: Counts;
  readonly calendar: Calendar;
  readonly pauses: readonly Pause[];
}

export const millisecondsPerMinute = 60_000;

/** Whether no minute can ever count. */
export const countsNothing = ({ counts, calendar }: Counting): boolean =>
  counts === 'working' && !hasDutyHours(calendar);

/** The time that counts between two instants, in order and without overlap. Ends where an open pause begins. */
export function* countedSpans(
  { counts, calendar, pauses }: Counting,
  { from, until }: Span,
): Generator<Span> {
  if (countsNothing({ counts, calendar, pauses })) return;
  const standing = pauses
    .map((pause) => ({ from: pause.from.getTime(), until: pause.until?.getTime() ?? Infinity }))
    .filter((pause) => pause.from < pause.until)
    .sort((one, other) => one.from - other.from);
  const open = standing.filter((pause) => pause.until === Infinity).map((pause) => pause.from);
  const end = Math.min(until, ...open);
  if (end <= from) return;
  const spans = counts === 'working' ? dutySpans(calendar, { from, until: end }) : [{ from, until: end }];
  for (const span of spans) yield* outside(standing, span);
}

function* outside(pauses: readonly Span[], { from, until }: Span): Generator<Span> {
  let next = from;
  for (const pause of pauses) {
    if (pause.from >= until) break;
    if (pause.from > next) yield { from: next, until: pause.from };
    next = Math.max(next, pause.until);
  }
  if (next < until) yield { from: next, until };
}

/** The minutes that count between two instants, with their fractions; 0 when `to` is not after `from`. */
export function counted({ from, to, ...counting }: Counting & { from: Date; to: Date }): number {
  let milliseconds = 0;
  for (const span of countedSpans(counting, { from: from.getTime(), until: to.getTime() }))
    milliseconds += span.until - span.from;
  return milliseconds / millisecondsPerMinute;
}

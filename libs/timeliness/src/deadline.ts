import {
  countedSpans,
  countsNothing,
  millisecondsPerMinute,
  type Counting,
  type Pause,
  type PauseReason,
} from './counting.js';
import { daysOff, type DayOff } from './duty-hours.js';

/** Why there is no due instant: a pause is open; the calendar has no duty hours; it lies more than ten years ahead. */
export type NoDue = 'paused' | 'no-working-time' | 'too-far';

/** One step of the way from the start to the due instant. Minutes are those to be counted, in all. */
export type Step =
  | { readonly step: 'started'; readonly at: Date }
  | { readonly step: 'counted'; readonly counts: 'elapsed'; readonly minutes: number }
  | {
      readonly step: 'counted';
      readonly counts: 'working';
      readonly minutes: number;
      readonly calendarVersion: number;
      readonly zone: string;
      readonly ofDuty?: true;
    }
  | {
      readonly step: 'paused';
      readonly from: Date;
      readonly until: Date | null;
      readonly because: PauseReason;
    }
  /** Local dates, `YYYY-MM-DD`, in the zone of the calendar. */
  | { readonly step: 'not-counted'; readonly dates: readonly string[]; readonly because: DayOff }
  | { readonly step: 'due'; readonly at: Date }
  | { readonly step: 'no-due'; readonly because: NoDue };

/** How a deadline came about, as data; `explain` puts it into words. */
export type Explanation = readonly Step[];

/** When counting reaches its minutes, or why that cannot be said. */
export type Deadline =
  | { readonly due: Date; readonly explanation: Explanation }
  | { readonly due: null; readonly because: NoDue; readonly explanation: Explanation };

/** Minutes to count from an instant: 0 or more. */
export type Task = Counting & { readonly start: Date; readonly minutes: number };

// Days without a duty hour could otherwise be searched for ever.
const horizon = 3653 * 24 * 60 * millisecondsPerMinute;

/** The first instant at which the minutes are counted; the start itself for 0 minutes, whatever the calendar. */
export function deadline(task: Task): Deadline {
  const due = dueOf(task);
  if (typeof due !== 'string')
    return { due, explanation: [...beginning(task, due), { step: 'due', at: due }] };
  const openPauses = task.pauses.filter(({ until }) => until === null).map(({ from }) => from.getTime());
  const reached = due === 'paused' ? new Date(Math.max(task.start.getTime(), ...openPauses)) : task.start;
  return {
    due: null,
    because: due,
    explanation: [...beginning(task, reached), { step: 'no-due', because: due }],
  };
}

function dueOf(task: Task): Date | NoDue {
  const start = task.start.getTime();
  let left = Math.round(task.minutes * millisecondsPerMinute);
  if (left <= 0) return task.start;
  for (const span of countedSpans(task, { from: start, until: start + horizon })) {
    const length = span.until - span.from;
    if (length >= left) return new Date(span.from + left);
    left -= length;
  }
  if (countsNothing(task)) return 'no-working-time';
  return task.pauses.some(({ until }) => until === null) ? 'paused' : 'too-far';
}

/** All steps but the last, as far as they bear on the time until `reached`. */
function beginning(task: Task, reached: Date): Step[] {
  const { start, minutes, counts, calendar, pauses } = task;
  const bearing = ({ from, until }: Pause): boolean =>
    until === null ? from <= reached : from < reached && from < until && start < until;
  const steps: Step[] = [
    { step: 'started', at: start },
    counts === 'elapsed'
      ? { step: 'counted', counts, minutes }
      : {
          ...{ step: 'counted', counts, minutes, calendarVersion: calendar.version, zone: calendar.zone },
          ...(calendar.ofDuty ? { ofDuty: true } : {}),
        },
    ...pauses
      .filter(bearing)
      .toSorted((one, other) => one.from.getTime() - other.from.getTime())
      .map((pause): Step => ({ step: 'paused', ...pause })),
  ];
  if (counts === 'elapsed') return steps;
  const off = daysOff(calendar, { from: start.getTime(), until: reached.getTime() });
  for (const because of ['no-duty-hours', 'holiday'] as const)
    if (off[because].length > 0) steps.push({ step: 'not-counted', dates: off[because], because });
  return steps;
}

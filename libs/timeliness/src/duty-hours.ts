import { Temporal } from 'temporal-polyfill';
import { weekdays, type Calendar, type DutyHours } from './calendar.js';

/** From an instant to a later one, in milliseconds since 1970; `until` is outside. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** A span within the hours of one local date, `YYYY-MM-DD`. */
export interface DutySpan extends Span {
  readonly on: string;
}

/** Why no time of a local date is counted. */
export type DayOff = 'holiday' | 'no-duty-hours';

/** The local date of an instant. */
const localDate = (at: number, zone: string): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();

function hoursOn({ week }: Calendar, day: Temporal.PlainDate): readonly DutyHours[] {
  const weekday = weekdays[day.dayOfWeek - 1];
  return weekday === undefined ? [] : week[weekday];
}

function wallTime(day: Temporal.PlainDate, time: string): Temporal.PlainDateTime {
  if (time === '24:00') return day.add({ days: 1 }).toPlainDateTime();
  return day.toPlainDateTime({ hour: Number(time.slice(0, 2)), minute: Number(time.slice(3)) });
}

/**
 * The instant of a time on the local clock. In an overlap, when the local clock shows it twice, the earlier or the
 * later of the two; in a gap, when it is skipped, the first instant after the gap.
 */
function instantOf(wall: Temporal.PlainDateTime, zone: string, inOverlap: 'earlier' | 'later'): number {
  const chosen = wall.toZonedDateTime(zone, { disambiguation: inOverlap });
  if (chosen.toPlainDateTime().equals(wall)) return chosen.epochMilliseconds;
  const beforeGap = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  return (beforeGap.getTimeZoneTransition('next') ?? beforeGap).epochMilliseconds;
}

/**
 * The real time inside duty hours between two instants, in order and without overlap. Duty hours are times on the
 * local clock: a night that contains a gap is shorter, one that contains an overlap is longer.
 */
export function* dutySpans(calendar: Calendar, { from, until }: Span): Generator<DutySpan> {
  const { zone } = calendar;
  const holidays = new Set(calendar.holidays);
  let counted = from;
  // Where midnight itself is repeated, hours of the day before can last into the local day of `from`.
  let day = localDate(from, zone).subtract({ days: 1 });
  while (instantOf(day.toPlainDateTime(), zone, 'earlier') < until) {
    const hours = holidays.has(day.toString()) ? [] : hoursOn(calendar, day);
    for (const [opens, closes] of hours.toSorted(([one], [other]) => (one < other ? -1 : 1))) {
      // Two intervals that touch inside an overlap share real time; it counts once.
      const span = {
        on: day.toString(),
        from: Math.max(counted, instantOf(wallTime(day, opens), zone, 'earlier')),
        until: Math.min(until, instantOf(wallTime(day, closes), zone, 'later')),
      };
      if (span.from >= span.until) continue;
      yield span;
      counted = span.until;
    }
    day = day.add({ days: 1 });
  }
}

/** The local dates touched between two instants on which nothing is counted, by the reason why, in order. */
export function daysOff(calendar: Calendar, { from, until }: Span): Readonly<Record<DayOff, string[]>> {
  const holidays = new Set(calendar.holidays);
  const found: Record<DayOff, string[]> = { holiday: [], 'no-duty-hours': [] };
  const last = localDate(until, calendar.zone);
  let day = localDate(from, calendar.zone);
  while (Temporal.PlainDate.compare(day, last) <= 0) {
    if (hoursOn(calendar, day).length === 0) found['no-duty-hours'].push(day.toString());
    else if (holidays.has(day.toString())) found.holiday.push(day.toString());
    day = day.add({ days: 1 });
  }
  return found;
}

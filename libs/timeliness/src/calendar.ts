import { Temporal } from 'temporal-polyfill';

/** Days of the week in the order of ISO 8601. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

export type Weekday = (typeof weekdays)[number];

/** Duty hours of one day on the local clock, as `HH:MM`; an interval that lasts until midnight ends at `24:00`. */
export type DutyHours = readonly [from: string, to: string];

/**
 * When a party works: local duty hours by weekday, and the days on which there are none. A clock keeps the version it
 * was counted by. A night shift is two intervals, one on each side of midnight.
 */
export interface Calendar {
  readonly version: number;
  /** IANA name, such as `Africa/Nairobi`. */
  readonly zone: string;
  readonly week: Readonly<Record<Weekday, readonly DutyHours[]>>;
  /** Local dates, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Set where these are hours of duty that a party has said, in the version of its entry. */
  readonly ofDuty?: boolean;
}

/** What is wrong with a calendar, and where: path segments from its root. */
export interface CalendarFault {
  readonly path: readonly (string | number)[];
  readonly because:
    'not-a-version' | 'unknown-zone' | 'not-a-time' | 'reversed' | 'overlapping' | 'not-a-date';
}

const officeDay: readonly DutyHours[] = [['09:00', '17:00']];

/** The calendar of a party that has set none, version 1: Monday to Friday, 09:00 to 17:00, no holidays. */
export const officeCalendar = (zone: string): Calendar => ({
  version: 1,
  zone,
  week: {
    mon: officeDay,
    tue: officeDay,
    wed: officeDay,
    thu: officeDay,
    fri: officeDay,
    sat: [],
    sun: [],
  },
  holidays: [],
});

/** Whether there is any duty hour in the week at all. */
export const hasDutyHours = ({ week }: Calendar): boolean =>
  weekdays.some((weekday) => week[weekday].length > 0);

/** Everything wrong with a calendar; empty when it can be counted by. All other functions rely on that. */
export function calendarFaults(calendar: Calendar): CalendarFault[] {
  const faults: CalendarFault[] = [];
  if (!Number.isSafeInteger(calendar.version) || calendar.version < 1)
    faults.push({ path: ['version'], because: 'not-a-version' });
  if (!isZone(calendar.zone)) faults.push({ path: ['zone'], because: 'unknown-zone' });
  for (const weekday of weekdays) faults.push(...dayFaults(calendar.week[weekday], weekday));
  calendar.holidays.forEach((date, index) => {
    if (!isDate(date)) faults.push({ path: ['holidays', index], because: 'not-a-date' });
  });
  return faults;
}

function dayFaults(hours: readonly DutyHours[], weekday: Weekday): CalendarFault[] {
  return hours.flatMap(([from, to], index): CalendarFault[] => {
    const path = ['week', weekday, index];
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(from)) return [{ path: [...path, 0], because: 'not-a-time' }];
    if (!/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/.test(to)) return [{ path: [...path, 1], because: 'not-a-time' }];
    if (to <= from) return [{ path, because: 'reversed' }];
    const overlaps = hours.slice(0, index).some((earlier) => from < earlier[1] && earlier[0] < to);
    return overlaps ? [{ path, because: 'overlapping' }] : [];
  });
}

/** An offset such as `+02:00` is refused: it does not know when the clocks change. */
export function isZone(zone: string): boolean {
  if (!/^[a-z]/i.test(zone)) return false;
  try {
    new Temporal.ZonedDateTime(0n, zone);
    return true;
  } catch {
    return false;
  }
}

function isDate(date: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return false;
  try {
    return Temporal.PlainDate.from(date).toString() === date;
  } catch {
    return false;
  }
}

import type { Calendar } from '#libs/timeliness';
import { asCalendar, knowsHours, type DutyCalendar } from '../duty-calendar.js';
import type { DutyPoint } from '../duty-view.js';
import { reachableStates, type ContactState, type Level } from '../entry-words.js';

const day = 86_400_000;
/** As far ahead as holidays are written down: beyond any target, whatever pauses it. */
const ahead = 3 * 366 * day;

/** The primary point of contact of the best level that there is. */
export const primaryOf = <P extends { level: Level; position: number; state: ContactState }>(
  points: readonly P[],
  levels: readonly Level[],
): P | undefined => {
  const reachable = points.filter(({ state }) => reachableStates.some((one) => one === state));
  const level = levels.find((one) => reachable.some((point) => point.level === one));
  return reachable
    .filter((point) => point.level === level)
    .toSorted((one, other) => one.position - other.position)[0];
};

/**
 * The hours in which deadlines of a party are counted: those of duty at its primary technical point of contact, with
 * their holidays, as they stand now. Null where it has said none. Absences stop no clock: others stand in.
 */
export function calendarOfDuty(
  { level, version }: Pick<DutyPoint, 'level' | 'version'>,
  calendar: DutyCalendar,
  at: Date,
): Calendar | null {
  if (level !== 'technical' || !knowsHours(calendar.duty)) return null;
  const counted = calendar.duty.aroundTheClock
    ? asCalendar({ ...calendar, duty: everyHour, holidays: () => [] }, { from: 0, until: 0 })
    : asCalendar(calendar, { from: at.getTime() - day, until: at.getTime() + ahead });
  return { ...counted, version, ofDuty: true };
}

const everyHour = { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }] };

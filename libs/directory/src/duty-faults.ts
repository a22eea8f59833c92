import { isZone } from '#libs/timeliness';
import type { Duty, WeeklyHours } from './duty.js';
import { knowsHolidaysIn, knowsHolidaysOf } from './holidays.js';

/** What is wrong with hours of duty, and where: path segments from their root. */
export interface DutyFault {
  readonly path: readonly (string | number)[];
  readonly detail: string;
}

const minutesOfWeek = 7 * 24 * 60;
const minutes = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** Everything wrong with hours whose fields are well formed each by itself; empty when they can be counted by. */
export function dutyFaults(duty: Duty, zone: string): DutyFault[] {
  const { aroundTheClock, weekly = [], holidays, ownHolidays = [] } = duty;
  const faults: DutyFault[] = [];
  if (!isZone(zone)) faults.push({ path: ['zone'], detail: 'is no time zone of the IANA database' });
  if (aroundTheClock && weekly.length > 0)
    faults.push({ path: ['weekly'], detail: 'must be left out where somebody is on duty around the clock' });
  if (holidays && !knowsHolidaysOf(holidays.country))
    faults.push({
      path: ['holidays', 'country'],
      detail: 'public holidays of this State are not known: name your own',
    });
  else if (holidays?.region !== undefined && !knowsHolidaysIn(holidays.country, holidays.region))
    faults.push({
      path: ['holidays', 'region'],
      detail: 'is no region of this State with holidays of its own that are known',
    });
  ownHolidays.forEach(({ on }, index) => {
    if (ownHolidays.findIndex((other) => other.on === on) < index)
      faults.push({ path: ['ownHolidays', index, 'on'], detail: 'is named twice' });
  });
  return [...faults, ...weekFaults(weekly)];
}

function weekFaults(weekly: readonly WeeklyHours[]): DutyFault[] {
  const taken: { from: number; until: number; index: number }[] = [];
  return weekly.flatMap(({ days, from, to }, index): DutyFault[] => {
    if (new Set(days).size < days.length)
      return [{ path: ['weekly', index, 'days'], detail: 'names a day twice' }];
    const length = minutes(to) - minutes(from) + (to > from ? 0 : 24 * 60);
    const spans = days.map((of) => {
      const start = (of - 1) * 24 * 60 + minutes(from);
      return { from: start, until: start + length, index };
    });
    // The end of Sunday is the beginning of Monday.
    const clash = spans.flatMap((span, place) =>
      [...taken, ...spans.slice(0, place)].filter((other) =>
        [-minutesOfWeek, 0, minutesOfWeek].some(
          (turn) => span.from + turn < other.until && other.from < span.until + turn,
        ),
      ),
    );
    taken.push(...spans);
    const [first] = clash;
    return first ? [{ path: ['weekly', index], detail: `overlaps the hours at ${first.index}` }] : [];
  });
}

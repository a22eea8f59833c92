import Holidays from 'date-holidays';
import { memberStates } from '#libs/parties';
import type { Duty } from './duty.js';

/** A day on which nobody is on duty but around the clock. */
export interface Holiday {
  /** Local date, `YYYY-MM-DD`. */
  readonly on: string;
  /** In a language of the State, or as the party wrote it. */
  readonly name: string;
}

const day = 86_400_000;
const mostYears = 2000;

/** The public holidays of States, as the library date-holidays gives them, and what parties name beside them. */
export class HolidayCalendar {
  private readonly known = new Map<string, readonly Holiday[]>();

  /** The holidays of a calendar year by date; of two on one date the party's own name holds. */
  of({ holidays, ownHolidays = [] }: Duty, year: number): readonly Holiday[] {
    const own = ownHolidays.filter(({ on }) => on.startsWith(String(year)));
    return holidays ? [...this.public(holidays, year), ...own] : own;
  }

  // Working them out takes milliseconds, and a list asks for those of many.
  private public(place: NonNullable<Duty['holidays']>, year: number): readonly Holiday[] {
    const key = `${place.country} ${place.region ?? ''} ${year}`;
    if (this.known.size >= mostYears) this.known.clear();
    const found = this.known.get(key) ?? publicHolidays(place, year);
    this.known.set(key, found);
    return found;
  }
}

/** Whether the public holidays of a State (ISO 3166-1) are known. */
export const knowsHolidaysOf = (country: string): boolean =>
  Object.hasOwn(new Holidays().getCountries(), country);

/** Whether those of a region in it (ISO 3166-2, such as `DE-BY`) are: others have those of the whole State. */
export function knowsHolidaysIn(country: string, region: string): boolean {
  const within = regionOf(country, region);
  return within !== undefined && Object.hasOwn(new Holidays().getStates(country) ?? {}, within);
}

/** Codes of the Member States whose public holidays are not known. */
export const statesWithoutHolidays = (): string[] =>
  memberStates.map(({ code }) => code).filter((code) => !knowsHolidaysOf(code));

/**
 * Each public holiday of a year, a day at a time, with days that stand in for those on a day of rest. Days of which only
 * a part is free are left out. What the moon decides can fall a day earlier or later than it was reckoned.
 */
export function publicHolidays(
  { country, region }: NonNullable<Duty['holidays']>,
  year: number,
): readonly Holiday[] {
  const options = { types: ['public' as const] };
  const within = region === undefined ? undefined : regionOf(country, region);
  const rules =
    within === undefined ? new Holidays(country, options) : new Holidays(country, within, options);
  // A feast that begins in the last days of a year lasts into the next.
  const found = [year - 1, year].flatMap((one) => rules.getHolidays(one));
  const days = found.flatMap(({ date, start, end, name }) => {
    if (!date.includes(' 00:00:00')) return [];
    const first = Date.parse(`${date.slice(0, 10)}T00:00:00Z`);
    const length = Math.round((end.getTime() - start.getTime()) / day);
    return Array.from({ length }, (_, index) => ({
      on: new Date(first + index * day).toISOString().slice(0, 10),
      name,
    }));
  });
  return days.filter(({ on }) => on.startsWith(`${year}-`));
}

function regionOf(country: string, region: string): string | undefined {
  const [of, within] = region.split('-');
  return of === country && within !== undefined && /^[A-Z0-9]{1,3}$/.test(within) ? within : undefined;
}

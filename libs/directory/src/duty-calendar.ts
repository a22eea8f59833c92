import {
  dutySpans,
  weekdays,
  type Calendar,
  type DutyHours,
  type Span,
  type Weekday,
} from '#libs/timeliness';
import type { Duty } from './duty.js';
import type { Holiday } from './holidays.js';

const day = 86_400_000;
/** How far around a moment is looked for when duty began, ends or begins again. */
const near = 4 * day;
const lookBack = 14 * day;
const lookAhead = 62 * day;
const furthest = 400 * day;

/** A time in which a point of contact is not there, and who stands in: a point of contact, or nobody. */
export interface Absence extends Span {
  readonly substitute: string | null;
}

/** Everything that duty at a point of contact is counted by. */
export interface DutyCalendar {
  readonly duty: Duty;
  /** IANA name. */
  readonly zone: string;
  /** Those of a calendar year, by local date. */
  readonly holidays: (year: number) => readonly Holiday[];
  readonly absences: readonly Absence[];
}

/** Whether somebody is on duty. Where no hours are known nothing is said: `unknown` is never `off`. */
export interface DutyStatus {
  readonly status: 'on' | 'off' | 'unknown';
  /** When it began; null: more than two weeks ago. */
  readonly since: Date | null;
  /** When it ends; null: not within the time that is looked ahead (62 days, 400 for the next duty). */
  readonly until: Date | null;
}

/** Time on duty, or time that would be but for a holiday or an absence, with the reason. */
export interface DutyInterval {
  readonly from: Date;
  readonly until: Date;
  readonly onDuty: boolean;
  readonly because: 'around-the-clock' | 'weekly-hours' | 'holiday' | 'absence';
  /** The holiday's name, in a language of the State. */
  readonly holiday?: string;
  /** Who stands in during the absence; null: nobody. */
  readonly substitute?: string | null;
}

/** Whether anything is known of when somebody is on duty. */
export const knowsHours = ({ aroundTheClock, weekly }: Duty): boolean =>
  aroundTheClock === true || (weekly?.length ?? 0) > 0;

/** Whether somebody is on duty at an instant, since when and until when. */
export function onDutyAt(calendar: DutyCalendar, at: Date): DutyStatus {
  if (!knowsHours(calendar.duty)) return { status: 'unknown', since: null, until: null };
  const now = at.getTime();
  // The days next to now nearly always tell; a list asks for hundreds.
  const close = { from: now - near, until: now + near };
  const spansClose = spansOnDuty(calendar, close);
  const tells = spansClose.some(({ until }) => until <= now) && spansClose.some(({ from }) => from > now);
  const around = tells ? close : { from: now - lookBack, until: now + lookAhead };
  const spans = tells ? spansClose : spansOnDuty(calendar, around);
  const current = spans.find(({ from, until }) => from <= now && now < until);
  if (current)
    return {
      status: 'on',
      since: current.from === around.from ? null : new Date(current.from),
      until: current.until === around.until ? null : new Date(current.until),
    };
  const before = spans.findLast(({ until }) => until <= now);
  return { status: 'off', since: before ? new Date(before.until) : null, until: nextOnDuty(calendar, at) };
}

/** The first instant from now on at which somebody is on duty: now, if they are. Null: none within 400 days, or unknown. */
export function nextOnDuty(calendar: DutyCalendar, at: Date): Date | null {
  const now = at.getTime();
  for (let from = now, until = now + near; from < now + furthest; from = until, until += lookAhead) {
    const [first] = spansOnDuty(calendar, { from, until });
    if (first) return new Date(first.from);
  }
  return null;
}

/** The absence that an instant lies in; of several the one that was told last. */
export const absenceAt = <A extends Absence>(absences: readonly A[], at: Date): A | undefined =>
  absences.findLast(({ from, until }) => from <= at.getTime() && at.getTime() < until);

/** Time on duty between two instants, and what takes the rest of the hours away: in order, without overlap. */
export function intervals(calendar: DutyCalendar, from: Date, until: Date): DutyInterval[] {
  const asked = { from: from.getTime(), until: until.getTime() };
  if (asked.from >= asked.until) return [];
  const absent = takenAbsences(calendar.absences, asked);
  const because = calendar.duty.aroundTheClock ? 'around-the-clock' : 'weekly-hours';
  const found = [
    ...spansOnDuty(calendar, asked).map((span) => ({ ...asDates(span), onDuty: true, because }) as const),
    ...spansOfHolidays(calendar, asked)
      .flatMap(({ name, ...span }) => without([span], absent).map((rest) => ({ ...rest, name })))
      .map(({ name, ...span }) => ({
        ...{ ...asDates(span), onDuty: false, because: 'holiday' as const, holiday: name },
      })),
    ...absent.map(({ substitute, ...span }) => ({
      ...{ ...asDates(span), onDuty: false, because: 'absence' as const, substitute },
    })),
  ];
  return found.toSorted((one, other) => one.from.getTime() - other.from.getTime());
}

const asDates = ({ from, until }: Span) => ({ from: new Date(from), until: new Date(until) });

function spansOnDuty(calendar: DutyCalendar, asked: Span): Span[] {
  const { duty } = calendar;
  if (!knowsHours(duty)) return [];
  const hours = duty.aroundTheClock ? [asked] : [...dutySpans(asCalendar(calendar, asked), asked)];
  return without(joined(hours), calendar.absences);
}

/** What holidays take away, each with its name. Around the clock there are none. */
function spansOfHolidays(calendar: DutyCalendar, asked: Span): (Span & { name: string })[] {
  if (calendar.duty.aroundTheClock) return [];
  const counting = asCalendar(calendar, asked);
  const names = holidaysIn(calendar, asked);
  const onDuty = [...dutySpans(counting, asked)];
  return [...dutySpans({ ...counting, holidays: [] }, asked)].flatMap(({ on, ...span }) => {
    const name = names.get(on);
    return name === undefined ? [] : without([span], onDuty).map((rest) => ({ ...rest, name }));
  });
}

/** The week as the clocks count it: hours that last over midnight are two, one on each side. */
export function asCalendar(calendar: DutyCalendar, asked: Span): Calendar {
  const week = Object.fromEntries(weekdays.map((name) => [name, [] as DutyHours[]])) as Record<
    Weekday,
    DutyHours[]
  >;
  const add = (isoDay: number, hours: DutyHours) => week[weekdays[(isoDay - 1) % 7] ?? 'mon'].push(hours);
  for (const { days, from, to } of calendar.duty.weekly ?? [])
    for (const isoDay of days) {
      add(isoDay, [from, to > from ? to : '24:00']);
      if (to <= from && to !== '00:00') add(isoDay + 1, ['00:00', to]);
    }
  const holidays = [...holidaysIn(calendar, asked).keys()];
  return { version: 1, zone: calendar.zone, week, holidays };
}

function holidaysIn({ holidays }: DutyCalendar, { from, until }: Span): Map<string, string> {
  const first = new Date(from - 2 * day).getUTCFullYear();
  const last = new Date(until + 2 * day).getUTCFullYear();
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  return new Map(years.flatMap((year) => holidays(year).map(({ on, name }) => [on, name] as const)));
}

/** Spans that touch or overlap become one. */
function joined(spans: readonly Span[]): Span[] {
  const found: Span[] = [];
  for (const { from, until } of spans) {
    const before = found.at(-1);
    if (before && from <= before.until)
      found[found.length - 1] = { from: before.from, until: Math.max(until, before.until) };
    else found.push({ from, until });
  }
  return found;
}

/** What is left of spans in order when others are taken out of them. */
const without = (spans: readonly Span[], taken: readonly Span[]): Span[] =>
  taken.reduce<Span[]>((left, out) => left.flatMap((span) => cut(span, out)), [...spans]);

function cut(span: Span, out: Span): Span[] {
  if (out.from >= span.until || out.until <= span.from) return [span];
  const rest = [
    { from: span.from, until: out.from },
    { from: out.until, until: span.until },
  ];
  return rest.filter(({ from, until }) => from < until);
}

/** Absences within what is asked, cut so that of several at once the one told last holds. */
function takenAbsences(absences: readonly Absence[], asked: Span): Absence[] {
  const found = absences.flatMap(({ substitute, ...absence }, index) =>
    without([within(absence, asked)], absences.slice(index + 1)).map((span) => ({ ...span, substitute })),
  );
  return found.filter(({ from, until }) => from < until);
}

const within = ({ from, until }: Span, asked: Span): Span => ({
  from: Math.max(from, asked.from),
  until: Math.min(until, asked.until),
});

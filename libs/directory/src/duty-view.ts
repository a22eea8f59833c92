import { timesIn } from '#libs/timeliness';
import { absenceAt, onDutyAt, type Absence, type DutyCalendar } from './duty-calendar.js';
import type { Duty } from './duty.js';
import type { Level } from './entry-words.js';

interface Written {
  text: string;
  language: string;
}

/** A point of contact as far as its duty is asked for. */
export interface DutyPoint {
  id: string;
  party: string;
  bodyId: string;
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  zone: string;
  duty: Duty;
  version: number;
}

/** Whether somebody is on duty at a point of contact now, since and until when, when next, and who stands in. */
export interface OnDutyView {
  pointOfContact: string;
  party: string;
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  zone: string;
  /** ISO 8601 with the offset there. */
  localTime: string;
  status: 'on' | 'off' | 'unknown';
  since: string | null;
  until: string | null;
  /** Null while somebody is on duty, where nothing is known, and where nobody is within 400 days. */
  nextAt: string | null;
  absent: { from: string; until: string } | null;
  /** Another point of contact of the party, during an absence. */
  standsIn: { pointOfContact: string; status: 'on' | 'off' | 'unknown' } | null;
}

/** What an absence is for the own party. */
export interface AbsenceView {
  id: string;
  from: string;
  until: string;
  substitute: string | null;
  reason: Written | null;
}

/** Who has a shift, for the own party. */
export interface ShiftView {
  id: string;
  account: string | null;
  name: string;
  from: string;
  until: string | null;
  note: Written | null;
}

/** The hours that a point of contact is asked to be reached in, with the version that the next change names. */
export interface HoursView {
  pointOfContact: string;
  party: string;
  zone: string;
  hours: Duty;
  version: number;
}

/** Duty at one point of contact between two instants; `own` is for its party alone. */
export interface DutyPlanView extends HoursView {
  items: {
    from: string;
    until: string;
    onDuty: boolean;
    because: 'around-the-clock' | 'weekly-hours' | 'holiday' | 'absence';
    holiday: string | null;
    substitute: string | null;
  }[];
  own: { absences: AbsenceView[]; shift: ShiftView | null } | null;
}

export const hoursView = ({ id, party, zone, duty, version }: DutyPoint): HoursView => ({
  ...{ pointOfContact: id, party, zone, hours: duty, version },
});

/** Who stands in, directly or behind others who are absent too, as the route to the party goes; undefined: nobody does. */
function standingIn(
  id: string,
  absence: Absence | undefined,
  at: Date,
  points: ReadonlyMap<string, DutyPoint>,
  calendarOf: (point: DutyPoint) => DutyCalendar,
): DutyPoint | undefined {
  const seen = new Set([id]);
  let away = absence;
  while (away?.substitute) {
    const next = points.get(away.substitute);
    if (!next || seen.has(next.id)) return undefined;
    seen.add(next.id);
    away = absenceAt(calendarOf(next).absences, at);
    if (!away) return next;
  }
  return undefined;
}

/** How duty stands at a point of contact; `calendarOf` is asked for it, and for who stands in. */
export function onDutyView(
  point: DutyPoint,
  at: Date,
  points: ReadonlyMap<string, DutyPoint>,
  calendarOf: (point: DutyPoint) => DutyCalendar,
): OnDutyView {
  const { id, party, level, position, roleNames, zone } = point;
  const calendar = calendarOf(point);
  const { status, since, until } = onDutyAt(calendar, at);
  const absence: Absence | undefined = absenceAt(calendar.absences, at);
  const other = standingIn(id, absence, at, points, calendarOf);
  return {
    ...{ pointOfContact: id, party, level, position, roleNames, zone, status },
    localTime: timesIn(at, [zone]).local[0]?.at ?? at.toISOString(),
    since: since?.toISOString() ?? null,
    until: until?.toISOString() ?? null,
    // Nobody is on duty until somebody is.
    nextAt: status === 'off' ? (until?.toISOString() ?? null) : null,
    absent: absence
      ? { from: new Date(absence.from).toISOString(), until: new Date(absence.until).toISOString() }
      : null,
    standsIn: other ? { pointOfContact: other.id, status: onDutyAt(calendarOf(other), at).status } : null,
  };
}

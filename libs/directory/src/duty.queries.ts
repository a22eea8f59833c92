import { personOf, recordView, type Caller, type Person, type Work } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import { AbsenceRow, type ShiftRow } from './absence.entity.js';
import { intervals, type Absence, type DutyCalendar } from './duty-calendar.js';
import {
  hoursView,
  onDutyView,
  type AbsenceView,
  type DutyPlanView,
  type DutyPoint,
  type OnDutyView,
  type ShiftView,
} from './duty-view.js';
import type { Level } from './entry-words.js';
import { EntryReadings } from './finding/entry-readings.service.js';
import { HolidayCalendar } from './holidays.js';
import { VisibilityQueries } from './networks/visibility.queries.js';
import { shownDuty } from './networks/visible-fields.js';

export const reasonOf = (id: string) => ({ table: 'absences', row: id, field: 'reason' });
export const shiftPersonOf = (id: string) => ({ table: 'shifts', row: id, field: 'person' });
export const noteOf = (id: string) => ({ table: 'shifts', row: id, field: 'note' });

const day = 86_400_000;
/** As far around now as duty is looked for when it is asked how it stands. */
const around = 465 * day;

const notFound = () => new Problem('not-found', 'There is no such point of contact.');
const columns = `p.id, p.party_code AS party, p.body_id AS "bodyId", p.level, p.position, p.role_names AS "roleNames",
  p.zone, p.duty, p.version FROM points_of_contact p`;
const reachable = `p.state IN ('verified', 'active', 'stale')`;

/** Reads of duty: by every member of the network; reasons, names and notes by the party alone. */
export class DutyQueries {
  private readonly holidays = new HolidayCalendar();
  private readonly visibility = new VisibilityQueries();
  private readonly readings = new EntryReadings();

  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** How duty stands now at each point of contact, in the order in which they are told; the look is recorded. */
  async now(
    caller: Caller,
    { party, level }: { party?: string | undefined; level?: Level | undefined },
    isHead = false,
  ): Promise<OnDutyView[]> {
    return this.work.read(caller, async (tx) => {
      // Of all levels: who stands in may be at another one.
      const found = await tx.query<DutyPoint>(
        `SELECT ${columns} WHERE ($1::text IS NULL OR p.party_code = $1) AND ${reachable}
         ORDER BY p.party_code, array_position(ARRAY['technical', 'diplomatic', 'policy', 'law-enforcement-liaison'], p.level), p.position`,
        [party ?? null],
      );
      const sight = await this.visibility.of(tx, caller);
      const points = found.flatMap((point) => shownDuty(point, sight.fields(point.party, point.level)));
      const at = await tx.now();
      const absences = await this.absences(
        tx,
        new Date(at.getTime() - around),
        new Date(at.getTime() + around),
      );
      for (const { id, hidden } of points) if (hidden) absences.delete(id);
      const byId = new Map(points.map((point) => [point.id, point]));
      const calendarOf = (point: DutyPoint) => this.calendar(point, absences.get(point.id) ?? []);
      const asked = points.filter((point) => level === undefined || point.level === level);
      if (!isHead) {
        await this.readings.count(tx, caller, asked);
        await recordView(tx, caller, { kind: 'look-up', sought: party ?? null });
      }
      return asked.map((point) => onDutyView(point, at, byId, calendarOf));
    });
  }

  /**
   * Duty at one point of contact between two instants, which are two weeks from now on unless they are named; the look
   * is recorded. Raises `not-found`, and `invalid-input` for more than 62 days.
   */
  async plan(
    caller: Caller,
    id: string,
    asked: { from?: string | undefined; until?: string | undefined },
    isHead = false,
  ): Promise<DutyPlanView> {
    return this.work.read(caller, async (tx) => {
      const sight = await this.visibility.of(tx, caller);
      const found = await this.point(tx, id);
      const [point] = shownDuty(found, sight.fields(found.party, found.level));
      if (!point) throw notFound();
      const from = asked.from === undefined ? await tx.now() : new Date(asked.from);
      const until = asked.until === undefined ? new Date(from.getTime() + 14 * day) : new Date(asked.until);
      demandWindow(from, until);
      const absences = point.hidden ? [] : ((await this.absences(tx, from, until)).get(id) ?? []);
      if (!isHead) await recordView(tx, caller, { kind: 'look-up', sought: point.party });
      return {
        ...hoursView(point),
        items: intervals(this.calendar(point, absences), from, until).map((one) => ({
          ...{ from: one.from.toISOString(), until: one.until.toISOString() },
          ...{ onDuty: one.onDuty, because: one.because },
          ...{ holiday: one.holiday ?? null, substitute: one.substitute ?? null },
        })),
        own:
          caller.party === point.party
            ? { absences: await this.ownAbsences(tx, id, from, until), shift: await this.shift(tx, id) }
            : null,
      };
    });
  }

  /** One that is told of things. Raises `not-found` for any other. */
  async point(tx: Tx, id: string): Promise<DutyPoint> {
    const [point] = await tx.query<DutyPoint>(
      `SELECT ${columns} WHERE p.id = $1 AND (${reachable} OR p.party_code = app.party() AND p.state <> 'retired')`,
      [id],
    );
    if (!point) throw notFound();
    return point;
  }

  /** The current shift; null: nobody has said who has it. */
  async shift(tx: Tx, pointOfContactId: string): Promise<ShiftView | null> {
    const [row] = await tx.query<ShiftRow & { accountPerson: Sealed | null }>(
      `SELECT s.id, s.account_id AS "accountId", s.person, s.starts_at AS "startsAt", s.ends_at AS "endsAt", s.note,
         (SELECT a.person FROM accounts a WHERE a.id = s.account_id) AS "accountPerson"
       FROM shifts s WHERE s.point_of_contact_id = $1 AND s.handed_over_at IS NULL`,
      [pointOfContactId],
    );
    if (!row) return null;
    const { id, accountId: account, person, accountPerson, startsAt, endsAt, note } = row;
    const place = account === null ? shiftPersonOf(id) : personOf(account);
    const sealed = account === null ? person : accountPerson;
    return {
      ...{ id, account, from: startsAt.toISOString(), until: endsAt?.toISOString() ?? null },
      // What was sealed of an account is gone once the account is forgotten.
      name: sealed ? (await this.vault.openPartys<Pick<Person, 'name'>>(place, sealed)).name : '',
      note: note && (await this.vault.openPartys<WrittenText>(noteOf(id), note)),
    };
  }

  async absenceView(row: AbsenceRow): Promise<AbsenceView> {
    const { id, startsAt, endsAt, substituteId: substitute, reason } = row;
    return {
      ...{ id, from: startsAt.toISOString(), until: endsAt.toISOString(), substitute },
      reason: reason && (await this.vault.openPartys<WrittenText>(reasonOf(id), reason)),
    };
  }

  private async ownAbsences(
    tx: Tx,
    pointOfContactId: string,
    from: Date,
    until: Date,
  ): Promise<AbsenceView[]> {
    const rows = await tx.manager
      .createQueryBuilder(AbsenceRow, 'a')
      .where('a.pointOfContactId = :id AND a.startsAt < :until AND a.endsAt > :from', {
        ...{ id: pointOfContactId, from, until },
      })
      .orderBy('a.startsAt')
      .getMany();
    return Promise.all(rows.map((row) => this.absenceView(row)));
  }

  private async absences(tx: Tx, from: Date, until: Date): Promise<Map<string, Absence[]>> {
    const rows = await tx.query<
      Pick<AbsenceRow, 'startsAt' | 'endsAt' | 'substituteId' | 'pointOfContactId'>
    >(
      `SELECT point_of_contact_id AS "pointOfContactId", starts_at AS "startsAt", ends_at AS "endsAt",
         substitute_id AS "substituteId" FROM app.absences($1, $2)`,
      [from, until],
    );
    const found = new Map<string, Absence[]>();
    for (const { pointOfContactId, startsAt, endsAt, substituteId: substitute } of rows) {
      const absence = { from: startsAt.getTime(), until: endsAt.getTime(), substitute };
      found.set(pointOfContactId, [...(found.get(pointOfContactId) ?? []), absence]);
    }
    return found;
  }

  private calendar({ duty, zone }: DutyPoint, absences: readonly Absence[]): DutyCalendar {
    return { duty, zone, absences, holidays: (year) => this.holidays.of(duty, year) };
  }
}

function demandWindow(from: Date, until: Date): void {
  const fault = (parameter: string, detail: string) =>
    new Problem('invalid-input', 'Duty cannot be told for that time.', { errors: [{ parameter, detail }] });
  const year = from.getUTCFullYear();
  if (year < 2000 || year > 2100) throw fault('from', 'must lie between the years 2000 and 2100');
  if (until <= from) throw fault('until', 'must be later than from');
  if (until.getTime() - from.getTime() > 62 * day) throw fault('until', 'must be within 62 days of from');
}

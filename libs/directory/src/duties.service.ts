import { AccountRow, demandPermission, recordBy, type Caller, type Work } from '#libs/access';
import { newId, Problem, toPointer, type Fault, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import { AbsenceRow } from './absence.entity.js';
import type { Duty } from './duty.js';
import { dutyFaults } from './duty-faults.js';
import type { AbsenceView, DutyPoint, HoursView, ShiftView } from './duty-view.js';
import { hoursView } from './duty-view.js';
import { noteOf, reasonOf, shiftPersonOf, type DutyQueries } from './duty.queries.js';

const longestAbsence = 400 * 86_400_000;

/** Hours as they are put in place of those before; the zone stays where none is named. */
export interface HoursInput extends Duty {
  version: number;
  zone?: string | undefined;
}

export interface AbsenceInput {
  from: string;
  until: string;
  substitute?: string | undefined;
  reason?: WrittenText | undefined;
}

/** Who has the duty from now on: an account of the party, or somebody by name. */
export interface ShiftInput {
  account?: string | undefined;
  name?: string | undefined;
  until?: string | undefined;
  note?: WrittenText | undefined;
}

/** Keeping duty at a point of contact: by officers of its body and administrators of its party, others are refused. */
export class Duties {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly queries: DutyQueries,
  ) {}

  /** Puts other hours in place. Raises `invalid-input`, field by field, and `conflict` for a version that is stale. */
  async change(caller: Caller, id: string, { version, zone, ...duty }: HoursInput): Promise<HoursView> {
    return this.keeping(caller, id, async (tx, point) => {
      const place = zone ?? point.zone;
      demandNone(dutyFaults(duty, place).map(({ path, detail }) => ({ pointer: toPointer(path), detail })));
      const [changed] = await tx.query<{ version: number | null }>(
        'SELECT app.change_duty($1, $2, $3, $4) AS version',
        [id, JSON.stringify(duty), place, version],
      );
      if (typeof changed?.version !== 'number') {
        const { version: current } = await this.queries.point(tx, id);
        throw new Problem('conflict', `The entry has changed meanwhile: its version is ${current}.`, {
          version: current,
        });
      }
      await recordBy(tx, caller, 'duty-changed', id);
      return hoursView(await this.queries.point(tx, id));
    });
  }

  /** Tells an absence, and who stands in. Raises `invalid-input` for a time that is over and a substitute elsewhere. */
  async tellAbsence(caller: Caller, point: string, input: AbsenceInput): Promise<AbsenceView> {
    return this.keeping(caller, point, async (tx, { party }) => {
      const at = await tx.now();
      const [startsAt, endsAt] = [new Date(input.from), new Date(input.until)];
      demandNone([
        ...absenceFaults(startsAt, endsAt, at),
        ...(await this.substituteFaults(tx, point, party, input.substitute)),
      ]);
      const id = newId();
      const key = await this.vault.partyKey(party);
      const row: AbsenceRow = {
        ...{ id, pointOfContactId: point, partyCode: party, traffic: 'actual', startsAt, endsAt },
        ...{ substituteId: input.substitute ?? null, toldBy: caller.actor, toldAt: at },
        reason: input.reason ? this.vault.seal(key, reasonOf(id), input.reason) : null,
      };
      await tx.manager.insert(AbsenceRow, row);
      await recordBy(tx, caller, 'absence-told', point);
      return this.queries.absenceView(row);
    });
  }

  /** Takes an absence back; nothing of it stays but the word on the record. Raises `not-found`. */
  async withdrawAbsence(caller: Caller, point: string, id: string): Promise<void> {
    await this.keeping(caller, point, async (tx) => {
      const { affected } = await tx.manager.delete(AbsenceRow, { id, pointOfContactId: point });
      if (!affected) throw new Problem('not-found', 'There is no such absence.');
      await recordBy(tx, caller, 'absence-withdrawn', point);
      return null;
    });
  }

  /** Ends the current shift and begins the next, at one moment. Raises `conflict` when somebody else just has. */
  async handOver(caller: Caller, point: string, input: ShiftInput): Promise<ShiftView> {
    return this.keeping(caller, point, async (tx, { party }) => {
      await tx.query(
        'SELECT 1 FROM shifts WHERE point_of_contact_id = $1 AND handed_over_at IS NULL FOR UPDATE',
        [point],
      );
      const at = await tx.now();
      demandNone(await this.shiftFaults(tx, party, input, at));
      await tx.query(
        'UPDATE shifts SET handed_over_at = $2 WHERE point_of_contact_id = $1 AND handed_over_at IS NULL',
        [point, at],
      );
      const begun = await this.begin(tx, caller, point, party, input, at);
      if (!begun)
        throw new Problem('conflict', 'The shift was handed over at this moment: see who has it now.');
      await recordBy(tx, caller, 'shift-handed-over', point);
      const shift = await this.queries.shift(tx, point);
      if (!shift) throw new Problem('internal', 'The shift was not kept.');
      return shift;
    });
  }

  /** False: another call has begun one meanwhile. */
  private async begin(
    tx: Tx,
    caller: Caller,
    point: string,
    party: string,
    { account, name, until, note }: ShiftInput,
    at: Date,
  ): Promise<boolean> {
    const id = newId();
    const key = await this.vault.partyKey(party);
    const added = await tx.query(
      `INSERT INTO shifts (id, point_of_contact_id, party_code, traffic, account_id, person, starts_at, ends_at, note, begun_by)
       VALUES ($1, $2, $3, 'actual', $4, $5, $6, $7, $8, $9)
       ON CONFLICT (point_of_contact_id) WHERE handed_over_at IS NULL DO NOTHING RETURNING id`,
      [
        ...[id, point, party, account ?? null],
        name === undefined ? null : JSON.stringify(this.vault.seal(key, shiftPersonOf(id), { name })),
        ...[at, until ?? null],
        note ? JSON.stringify(this.vault.seal(key, noteOf(id), note)) : null,
        caller.actor,
      ],
    );
    return added.length > 0;
  }

  private async keeping<T>(
    caller: Caller,
    id: string,
    work: (tx: Tx, point: DutyPoint) => Promise<T>,
  ): Promise<T> {
    demandPermission(caller, 'keep-duty');
    return this.work.change(caller, 'keep-duty', async (tx) => {
      const point = await this.queries.point(tx, id);
      const [row] = await tx.query<{ keeps: boolean }>('SELECT app.keeps_duty($1) AS keeps', [id]);
      if (!row?.keeps)
        throw new Problem('forbidden', 'Duty is kept by the body that the point of contact belongs to.');
      return work(tx, point);
    });
  }

  private async substituteFaults(
    tx: Tx,
    point: string,
    party: string,
    substitute: string | undefined,
  ): Promise<Fault[]> {
    if (substitute === undefined) return [];
    const [found] = await tx.query(
      `SELECT 1 FROM points_of_contact
       WHERE id = $1 AND id <> $2 AND party_code = $3 AND state IN ('verified', 'active', 'stale')`,
      [substitute, point, party],
    );
    const detail = 'is no other point of contact of your party that is told of things';
    return found ? [] : [{ pointer: '#/substitute', detail }];
  }

  private async shiftFaults(tx: Tx, party: string, input: ShiftInput, at: Date): Promise<Fault[]> {
    const { account, name, until } = input;
    const faults: Fault[] = [];
    if ((account === undefined) === (name === undefined))
      faults.push({ pointer: '#/account', detail: 'either an account or a name must be given' });
    if (account !== undefined) {
      const found = await tx.manager.findOneBy(AccountRow, { id: account, partyCode: party });
      if (!found || found.deactivatedAt)
        faults.push({ pointer: '#/account', detail: 'is no account of your party' });
    }
    if (until !== undefined && new Date(until) <= at)
      faults.push({ pointer: '#/until', detail: 'must lie ahead' });
    return faults;
  }
}

function absenceFaults(from: Date, until: Date, at: Date): Fault[] {
  if (until <= from) return [{ pointer: '#/until', detail: 'must be later than from' }];
  if (until <= at) return [{ pointer: '#/until', detail: 'must lie ahead' }];
  if (until.getTime() - from.getTime() > longestAbsence)
    return [{ pointer: '#/until', detail: 'must be within 400 days of from' }];
  return [];
}

function demandNone(errors: readonly Fault[]): void {
  if (errors.length > 0) throw new Problem('invalid-input', 'Duty cannot be kept so.', { errors });
}

import { demandFresh, recordBy, type Caller, type Work } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import { Problem, type Tx } from '#libs/runtime';
import { partyKept } from '../bodies.service.js';
import type { EntryQueries, EntryView } from '../entries.queries.js';
import { withConfirmation } from '../entry-life.js';
import type { ContactState, Level } from '../entry-words.js';
import { PointOfContactRow } from '../point-of-contact.entity.js';
import { hasProven, openEntry } from '../points-of-contact.service.js';
import { provenMailbox } from '../readers.queries.js';
import { wantedAhead } from './ahead-warnings.service.js';
import { confirmationDaysOf } from './confirmation-days.queries.js';
import { dueDates, isFresh, type ConfirmationDays, type Confirmed } from './confirmation-schedule.js';
import { confirmationOf } from './confirming.service.js';
import { entryFields, type EntryField } from './correction-words.js';

/** How it stands with the confirmation of one entry. */
export interface ConfirmationView {
  pointOfContact: string;
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  state: ContactState;
  version: number;
  confirmedAt: string | null;
  goneThroughAt: string | null;
  /** When it is next to be confirmed, and gone through; and which of them is over. */
  dueAt: string;
  goThroughBy: string;
  due: 'no' | 'confirm' | 'go-through';
  /** The newest mail that asks for it, and whether there is a mailbox to ask at. */
  asked: { channel: string; askedAt: string; mailedAt: string; used: 'confirmed' | 'reported' | null } | null;
  askable: boolean;
}

interface Row extends Confirmed {
  pointOfContact: string;
  level: Level;
  position: number;
  roleNames: Record<string, string>;
  state: ContactState;
  version: number;
  askable: boolean;
  channel: string | null;
  askedAt: Date | null;
  mailedAt: Date | null;
  used: 'confirmed' | 'reported' | null;
}

/** Confirmations of the entries of one's own party. Raises `forbidden` by role, `not-found` for those of others. */
export class Confirmations {
  constructor(
    private readonly work: Work,
    private readonly outbox: Outbox,
    private readonly queries: EntryQueries,
  ) {}

  /** All that others are told of, what is due first. Nobody's, for the staff of the network. */
  async own(tx: Tx, caller: Caller): Promise<ConfirmationView[]> {
    const rows = await tx.query<Row>(
      `SELECT p.id AS "pointOfContact", p.level, p.position, p.role_names AS "roleNames", p.state, p.version,
         p.created_at AS "createdAt", p.verified_at AS "verifiedAt", p.confirmed_at AS "confirmedAt",
         p.confirmed_hard_at AS "confirmedHardAt", f.channel_id AS channel, f.asked_at AS "askedAt",
         f.mailed_at AS "mailedAt", f.outcome AS used,
         EXISTS (SELECT 1 FROM channels c WHERE c.point_of_contact_id = p.id AND ${provenMailbox('c')}) AS askable
       FROM points_of_contact p LEFT JOIN LATERAL (SELECT a.* FROM confirmations a
         WHERE a.point_of_contact_id = p.id ORDER BY a.asked_at DESC, a.mailed_at DESC LIMIT 1) f ON true
       WHERE p.party_code = $1 AND p.state IN ('verified', 'active', 'stale')
       ORDER BY greatest(p.confirmed_at, p.verified_at, p.created_at), p.id`,
      [caller.party],
    );
    const at = await tx.now();
    if (caller.party === null) return [];
    const days = await confirmationDaysOf(tx, caller.party);
    return rows.map((row) => viewOf(row, days, at));
  }

  /** Says that an entry is right as it is. Raises `conflict` for a version that is not the newest. */
  async confirm(caller: Caller, id: string, version: number): Promise<EntryView> {
    return this.say(caller, id, version, false);
  }

  /**
   * Says so after going through all of it, with a second factor given just now: every field is named. Raises
   * `invalid-input` where one is missing, `step-up-needed`, `conflict`.
   */
  async goThrough(
    caller: Caller,
    id: string,
    version: number,
    fields: readonly EntryField[],
  ): Promise<EntryView> {
    partyKept(caller);
    const missing = entryFields.filter((field) => !fields.includes(field));
    if (missing.length > 0)
      throw new Problem('invalid-input', 'The whole entry is gone through, field by field.', {
        errors: [{ pointer: '#/fields', detail: `leaves out: ${missing.join(', ')}` }],
      });
    return this.say(caller, id, version, true);
  }

  private async say(caller: Caller, id: string, version: number, whole: boolean): Promise<EntryView> {
    partyKept(caller);
    return this.work.change(caller, 'keep-entries', async (tx) => {
      const at = await tx.now();
      if (whole) demandFresh(caller, 'confirm-whole-entry', at);
      const row = await openEntry(tx, id, version);
      if (row.state === 'nominated' || row.state === 'suspended')
        throw new Problem('act-not-possible', `An entry that is ${row.state} is not confirmed.`);
      const days = await confirmationDaysOf(tx, row.partyCode);
      const confirmed = { ...row, confirmedAt: at, ...(whole ? { confirmedHardAt: at } : {}) };
      const state = withConfirmation(row.state, isFresh(confirmed, days, at), await hasProven(tx, id));
      await tx.manager.update(PointOfContactRow, id, {
        ...{ state, confirmedAt: at, version: row.version + 1 },
        ...(whole ? { confirmedHardAt: at } : {}),
      });
      await this.outbox.cancel(tx, confirmationOf(id));
      if (whole) await this.outbox.cancel(tx, wantedAhead(id));
      await recordBy(tx, caller, whole ? 'entry-gone-through' : 'entry-confirmed', id);
      return this.queries.one(tx, caller, id);
    });
  }
}

function viewOf(row: Row, days: ConfirmationDays, at: Date): ConfirmationView {
  const { createdAt, verifiedAt, confirmedAt, confirmedHardAt, channel, askedAt, mailedAt, used, ...rest } =
    row;
  const { soft, hard } = dueDates({ createdAt, verifiedAt, confirmedAt, confirmedHardAt }, days);
  return {
    ...rest,
    confirmedAt: confirmedAt?.toISOString() ?? null,
    goneThroughAt: confirmedHardAt?.toISOString() ?? null,
    ...{ dueAt: soft.toISOString(), goThroughBy: hard.toISOString() },
    due: at >= hard ? 'go-through' : at >= soft ? 'confirm' : 'no',
    asked:
      channel && askedAt && mailedAt
        ? { channel, askedAt: askedAt.toISOString(), mailedAt: mailedAt.toISOString(), used }
        : null,
  };
}

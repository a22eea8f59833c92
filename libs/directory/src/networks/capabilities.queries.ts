import { includes, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { chooseLanguage, fixedSentence, type FixedSentence, type WrittenText } from '#libs/wording';
import { audienceOf, type Audience, type CapabilityKind, type Cost, type Place } from './capability-words.js';
import type { CapabilityRow } from './capability.entity.js';
import { VisibilityQueries } from './visibility.queries.js';
import { showsCapabilities } from './visible-fields.js';

/** What people wrote of a capability. */
export interface CapabilityContent {
  description: WrittenText[];
  conditions: WrittenText[];
}

/** What a party says that it could offer. */
export interface CapabilityFacts extends CapabilityContent {
  kind: CapabilityKind;
  /** BCP 47. */
  languages: string[];
  leadHours: number;
  place: Place;
  lastsDays: number | null;
  cost: Cost;
  validUntil: string | null;
  pointOfContact: string;
}

export interface CapabilityView extends CapabilityFacts {
  id: string;
  party: string;
  /** Of the own party alone: who else is shown it is told to nobody. */
  audience: Audience | null;
  changedAt: string;
  endedAt: string | null;
  version: number;
  /** That it is said without commitment (A/76/135, 53). */
  fixedSentences: FixedSentence[];
  allowedActs: ('change' | 'end')[];
}

export interface CapabilityFilter {
  kind?: CapabilityKind | undefined;
  /** A BCP 47 tag; `fr` finds `fr-CA` too. */
  language?: string | undefined;
  /** At most this lead time, in hours. */
  within?: number | undefined;
  party?: string | undefined;
  /** Those behind this one in their order. */
  after?: string | undefined;
}

/** What one answer holds at most. */
export const capabilitiesAtOnce = 100;

export const contentOf = (id: string) => ({ table: 'capabilities', row: id, field: 'content' });

type Row = Omit<CapabilityRow, 'traffic' | 'createdAt'>;

/** What parties could offer, as each caller is shown it; the walls let nothing else through. */
export class CapabilityQueries {
  private readonly visibility = new VisibilityQueries();

  constructor(private readonly vault: Vault) {}

  /** Those that hold, by lead time and party, a hundred at a time. Of the own party also what has ended or is over, last. */
  async all(tx: Tx, caller: Caller, filter: CapabilityFilter): Promise<CapabilityView[]> {
    const ids = await this.shown(tx, caller, filter);
    const begin = filter.after === undefined ? 0 : ids.indexOf(filter.after) + 1;
    if (filter.after !== undefined && begin === 0) return [];
    return this.some(tx, caller, ids.slice(begin, begin + capabilitiesAtOnce));
  }

  /** Raises `not-found` also for what is not shown to the caller. */
  async one(tx: Tx, caller: Caller, id: string): Promise<CapabilityView> {
    const ids = await this.shown(tx, caller, {}, id);
    const [found] = await this.some(tx, caller, ids);
    if (!found) throw new Problem('not-found', 'There is no such capability.');
    return found;
  }

  /** Ids of those that networks show to the caller, in their order. */
  private async shown(
    tx: Tx,
    caller: Caller,
    { kind, language, within, party }: CapabilityFilter,
    id: string | null = null,
  ): Promise<string[]> {
    const sight = await this.visibility.of(tx, caller);
    const rows = await tx.query<{ id: string; partyCode: string }>(
      `SELECT id, party_code AS "partyCode" FROM capabilities WHERE ($1::uuid IS NULL OR id = $1) AND ($2::text IS NULL OR kind = $2)
         AND ($3::text IS NULL OR EXISTS (SELECT 1 FROM unnest(languages) l
           WHERE lower(l) = lower($3) OR starts_with(lower(l), lower($3) || '-')))
         AND ($4::int IS NULL OR lead_hours <= $4) AND ($5::text IS NULL OR party_code = $5)
       ORDER BY ended_at IS NOT NULL, coalesce(valid_until < (app.now() AT TIME ZONE 'UTC')::date, false),
         lead_hours, party_code, id`,
      [id, kind ?? null, language ?? null, within ?? null, party ?? null],
    );
    return rows.filter(({ partyCode }) => showsCapabilities(sight.shared(partyCode))).map((row) => row.id);
  }

  private async some(tx: Tx, caller: Caller, ids: readonly string[]): Promise<CapabilityView[]> {
    if (ids.length === 0) return [];
    const rows = await tx.query<Row>(
      `SELECT id, party_code AS "partyCode", kind, content, languages, lead_hours AS "leadHours", place,
         lasts_days AS "lastsDays", cost, to_char(valid_until, 'YYYY-MM-DD') AS "validUntil",
         point_of_contact_id AS "pointOfContactId", visible_to AS "visibleTo", visible_networks AS "visibleNetworks",
         visible_parties AS "visibleParties", changed_at AS "changedAt", ended_at AS "endedAt", version
       FROM capabilities WHERE id = ANY ($1::uuid[]) ORDER BY array_position($1::uuid[], id)`,
      [ids],
    );
    return Promise.all(rows.map((row) => this.opened(row, caller)));
  }

  private async opened(row: Row, caller: Caller): Promise<CapabilityView> {
    const { content, partyCode, pointOfContactId, changedAt, endedAt } = row;
    const { id, kind, languages, leadHours, place, lastsDays, cost, validUntil, version } = row;
    const own = partyCode === caller.party;
    const keeps = own && endedAt === null && includes(caller, 'keep-capabilities');
    return {
      ...{ id, party: partyCode, kind, languages, leadHours, place, lastsDays, cost, validUntil },
      ...(await this.vault.openPartys<CapabilityContent>(contentOf(id), content)),
      ...{ pointOfContact: pointOfContactId, audience: own ? audienceOf(row) : null },
      ...{ changedAt: changedAt.toISOString(), endedAt: endedAt?.toISOString() ?? null, version },
      fixedSentences: [fixedSentence('fs.capability.no-commitment', chooseLanguage([caller.language]))],
      allowedActs: keeps ? ['change', 'end'] : [],
    };
  }
}

import { recordView, type Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { EntryBrief, EntryQueries, HeldBrief, Holder } from '../entries.queries.js';
import type { EntryReadings } from './entry-readings.service.js';
import { foundKinds } from './finding.entity.js';
import { FindingQueries } from './finding.queries.js';
import { fold, wordsOf } from './fold.js';
import { isNamed } from './name-tokens.js';
import { boundInSql, PersonSearch } from './person-search.service.js';
import type { Hit, WayOfFinding } from './ranking.js';

export const soughtKinds = [...foundKinds, 'person'] as const;
export type SoughtKind = (typeof soughtKinds)[number];

/** One thing that was found, with what identifies it. */
export interface Found {
  kind: SoughtKind;
  how: WayOfFinding;
  party: { code: string; names: Record<string, string> };
  /** Of bodies, points of contact and persons. */
  body: { id: string; names: Record<string, string> } | null;
  /** Of points of contact and persons. */
  pointOfContact: Pick<EntryBrief, 'id' | 'level' | 'position' | 'roleNames'> | null;
  person: Holder | null;
}

export interface Sought {
  text: string;
  kinds: readonly SoughtKind[];
  limit: number;
}

type Unnamed = Omit<Found, 'party'> & { party: string };
type BodyBrief = NonNullable<Found['body']>;

/** Persons are shown ten at a time at most: their names lead to entries, and these are counted. */
const personsAtMost = 10;

/** The search in the directory, as a caller sees it. */
export class Finding {
  private readonly queries = new FindingQueries();
  private readonly persons: PersonSearch;

  constructor(
    vault: Vault,
    private readonly entries: EntryQueries,
    private readonly readings: EntryReadings,
  ) {
    this.persons = new PersonSearch(vault);
  }

  /** What is found, the surest first. The look-up is on the record, what was typed is not. */
  async find(tx: Tx, caller: Caller, { text, kinds, limit }: Sought, isRecorded: boolean): Promise<Found[]> {
    const named = foundKinds.filter((kind) => kinds.includes(kind));
    const name = wordsSought(text);
    const [, hits, bearers] = await tx.atOnce([
      tx.keepPlans(),
      this.queries.find(tx, caller, text, named, limit),
      kinds.includes('person') ? this.bearers(tx, caller, name, limit) : [],
    ]);
    const points = hits.filter(({ kind }) => kind === 'point-of-contact').map(({ subject }) => subject);
    const [briefs, bodies] = await tx.atOnce([
      this.entries.briefs(tx, caller, [...points, ...bearers], bearers),
      this.bodies(tx, hits),
    ]);
    const found = identified(hits, briefs, bodies);
    const people = bearers
      .flatMap((id) => personIn(briefs.get(id), name))
      .toSorted((one, other) => Number(other.isExact) - Number(one.isExact));
    await this.readings.count(
      tx,
      caller,
      people.map(({ entry }) => entry),
    );
    // Whole names before what only begins so; never behind what is merely like it.
    const sure = found.filter(({ how }) => how === 'code' || how === 'name');
    const rest = found.filter((one) => !sure.includes(one));
    const all = [...sure, ...people.map(({ found: one }) => one), ...rest].slice(0, limit);
    const parties = [...new Set(all.map(({ party }) => party))];
    const sought = parties.length === 1 ? (parties[0] ?? null) : null;
    const [shown] = await tx.atOnce([
      this.withParties(tx, all),
      isRecorded ? recordView(tx, caller, { kind: 'look-up', sought }) : undefined,
    ]);
    return shown;
  }

  private async bodies(tx: Tx, hits: readonly Hit[]): Promise<Map<string, BodyBrief>> {
    const ids = hits.filter(({ kind }) => kind === 'body').map(({ subject }) => subject);
    const sql = 'SELECT id, names FROM bodies WHERE id = ANY ($1::uuid[])';
    const rows = ids.length === 0 ? [] : await tx.prepared<BodyBrief>(sql, [ids]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  /**
   * Entries whose holders may be called so: those that bear a token for each word, of those that are the caller's to read,
   * the own party's first. No further than there are enough: a name that thousands bear costs no more than a rare one.
   */
  private async bearers(tx: Tx, { party }: Caller, name: string, limit: number): Promise<string[]> {
    if (name === '') return [];
    const words = await this.persons.asked(name);
    const others = words.slice(1).map(
      (_, nth) => `AND EXISTS (SELECT 1 FROM unnest($${nth + 4}::bytea[]) w (keyed) JOIN person_tokens o
        ON o.token = ${boundInSql('w.keyed', 't.party_code')} AND o.point_of_contact_id = t.point_of_contact_id)`,
    );
    const tokensOf = (parties: string) => `SELECT ARRAY(SELECT ${boundInSql('w.keyed', 'p.code')}
      FROM ${parties} p (code) CROSS JOIN unnest($3::bytea[]) w (keyed)) AS tokens`;
    const all = party === null ? 'parties' : 'app.parties_met()';
    // The walls of points of contact leave those of parties that share a network.
    const rows = await tx.prepared<{ id: string }>(
      `SELECT t.id FROM (${tokensOf('(VALUES ($2::text))')} UNION ALL
         ${tokensOf(`(SELECT p.code FROM ${all} p (code) WHERE p.code IS DISTINCT FROM $2)`)} OFFSET 0) b
       CROSS JOIN LATERAL (SELECT p.id FROM person_tokens t JOIN points_of_contact p ON p.id = t.point_of_contact_id
         WHERE t.token = ANY (b.tokens) ${others.join(' ')} AND p.state <> 'retired'
           AND (p.party_code = $2 OR p.state IN ('verified', 'active', 'stale')) LIMIT $1) t LIMIT $1`,
      [Math.min(limit, personsAtMost), party, ...words],
    );
    return rows.map(({ id }) => id);
  }

  private async withParties(tx: Tx, found: readonly Unnamed[]): Promise<Found[]> {
    const rows = await tx.prepared<Found['party']>('SELECT code, names FROM parties WHERE code = ANY ($1)', [
      [...new Set(found.map(({ party }) => party))],
    ]);
    const parties = new Map(rows.map((row) => [row.code, row]));
    return found.flatMap((one) => {
      const party = parties.get(one.party);
      return party ? [{ ...one, party }] : [];
    });
  }
}

/** The first words of what was typed, folded: a name has no more. */
const wordsSought = (typed: string): string => wordsOf(fold(typed)).slice(0, 6).join(' ');

const identityOf = ({ id, level, position, roleNames }: EntryBrief) => ({ id, level, position, roleNames });

function identified(
  hits: readonly Hit[],
  briefs: ReadonlyMap<string, HeldBrief>,
  bodies: ReadonlyMap<string, BodyBrief>,
): Unnamed[] {
  return hits.flatMap(({ kind, party, subject, how }): Unnamed[] => {
    const one = { kind, how, party, body: null, pointOfContact: null, person: null };
    if (kind === 'party') return [one];
    if (kind === 'body') {
      const body = bodies.get(subject);
      return body ? [{ ...one, body }] : [];
    }
    const brief = briefs.get(subject);
    return brief ? [{ ...one, body: brief.body, pointOfContact: identityOf(brief) }] : [];
  });
}

interface FoundPerson {
  entry: EntryBrief;
  isExact: boolean;
  found: Unnamed;
}

function personIn(entry: HeldBrief | undefined, text: string): FoundPerson[] {
  if (!entry?.person) return [];
  const { person, party, body } = entry;
  const { fits, exact: isExact } = isNamed(person.name, text);
  if (!fits) return [];
  const how = isExact ? 'name' : 'beginning';
  const found: Unnamed = { kind: 'person', how, party, body, pointOfContact: identityOf(entry), person };
  return [{ entry, isExact, found }];
}

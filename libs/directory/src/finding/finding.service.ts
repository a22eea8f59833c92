import { recordView, type Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { EntryBrief, EntryQueries, EntryView, Holder } from '../entries.queries.js';
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
    await tx.keepPlans();
    const named = foundKinds.filter((kind) => kinds.includes(kind));
    const hits = await this.queries.find(tx, caller, text, named, limit);
    const found = await this.identified(tx, caller, hits);
    const people = kinds.includes('person') ? await this.people(tx, caller, text, limit) : [];
    // Whole names before what only begins so; never behind what is merely like it.
    const sure = found.filter(({ how }) => how === 'code' || how === 'name');
    const rest = found.filter((one) => !sure.includes(one));
    const exact = people.filter(({ how }) => how === 'name');
    const all = [...sure, ...exact, ...people.filter((one) => !exact.includes(one)), ...rest].slice(0, limit);
    if (isRecorded) {
      const parties = [...new Set(all.map(({ party }) => party))];
      await recordView(tx, caller, {
        kind: 'look-up',
        sought: parties.length === 1 ? (parties[0] ?? null) : null,
      });
    }
    return this.withParties(tx, all);
  }

  private async identified(tx: Tx, caller: Caller, hits: readonly Hit[]): Promise<Unnamed[]> {
    const idsOf = (kind: Hit['kind']) =>
      hits.filter((hit) => hit.kind === kind).map(({ subject }) => subject);
    const points = idsOf('point-of-contact');
    const briefs =
      points.length === 0 ? new Map<string, EntryBrief>() : await this.entries.briefs(tx, caller, points);
    const ids = idsOf('body');
    const rows =
      ids.length === 0
        ? []
        : await tx.prepared<{ id: string; names: Record<string, string> }>(
            'SELECT id, names FROM bodies WHERE id = ANY ($1::uuid[])',
            [ids],
          );
    const bodies = new Map(rows.map((row) => [row.id, row]));
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

  /** Those whose names fit, of the entries in which the caller is shown the person. */
  private async people(tx: Tx, caller: Caller, typed: string, limit: number): Promise<Unnamed[]> {
    const text = wordsOf(fold(typed)).slice(0, 6).join(' ');
    if (text === '') return [];
    const asked = await this.persons.asked(text);
    const rows = await this.bearing(tx, caller.party, asked, Math.min(limit, personsAtMost));
    const entries = await this.entries.these(
      tx,
      caller,
      rows.map(({ id }) => id),
    );
    const found = entries.flatMap((entry) => personIn(entry, text));
    await this.readings.count(
      tx,
      caller,
      found.map(({ entry }) => entry),
    );
    return found.toSorted((a, b) => Number(b.exact) - Number(a.exact)).map(({ found: one }) => one);
  }

  /**
   * Entries that bear a token for each word, of those that are the caller's to read, the own party's first. Party by party,
   * and no further than there are enough: a name that thousands bear costs no more than a rare one.
   */
  private async bearing(
    tx: Tx,
    party: string | null,
    words: readonly Buffer[][],
    limit: number,
  ): Promise<{ id: string }[]> {
    const tokens = words.map(
      (_, nth) =>
        `ARRAY(SELECT ${boundInSql('w.keyed', 'p.code')} FROM unnest($${nth + 3}::bytea[]) w (keyed)) AS word${nth}`,
    );
    const others = words.slice(1).map(
      (_, nth) => `AND EXISTS (SELECT 1 FROM person_tokens o
        WHERE o.token = ANY (b.word${nth + 1}) AND o.point_of_contact_id = t.point_of_contact_id)`,
    );
    // The walls of points of contact leave those of parties that share a network.
    return tx.prepared(
      `SELECT t.id FROM (SELECT ${tokens.join(', ')} FROM parties p
         ORDER BY coalesce(p.code = $2, false) DESC, p.code OFFSET 0) b
       CROSS JOIN LATERAL (SELECT p.id FROM person_tokens t JOIN points_of_contact p ON p.id = t.point_of_contact_id
         WHERE t.token = ANY (b.word0) ${others.join(' ')} AND p.state <> 'retired'
           AND (p.party_code = $2 OR p.state IN ('verified', 'active', 'stale')) LIMIT $1) t LIMIT $1`,
      [limit, party, ...words],
    );
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

const identityOf = ({ id, level, position, roleNames }: EntryBrief) => ({ id, level, position, roleNames });

function personIn(entry: EntryView, text: string): { entry: EntryView; exact: boolean; found: Unnamed }[] {
  const { person, party, body, state } = entry;
  if (person === null || state === 'retired') return [];
  const { fits, exact } = isNamed(person.name, text);
  if (!fits) return [];
  const how = exact ? 'name' : 'beginning';
  const found = {
    kind: 'person' as const,
    how,
    party,
    body,
    pointOfContact: identityOf(entry),
    person,
  } as const;
  return [{ entry, exact, found }];
}

import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { personHolding, type Holder } from '../entries.queries.js';
import { noSubject, type FoundKind } from './finding.entity.js';
import { foldVersion, wordsOf } from './fold.js';
import { keysOf } from './near.js';
import { PersonSearch } from './person-search.service.js';
import { findableNames, usualForms, weights, type FindableName } from './terms.js';

interface Due {
  kind: FoundKind;
  party: string;
  subject: string;
  traffic: string;
  /** Null: it is not there any more, or has ended for good. */
  names: Record<string, string> | null;
  codes: (string | null)[];
  person: Sealed | null;
}

/** What kind a body is, as it is called by those who look for one. */
const kindNames: Readonly<Record<string, readonly string[]>> = { cert: ['CERT', 'CSIRT'] };

const batch = 200;
/** Who keeps more has other things to do in between. */
const batchesAtOnce = 10;
const sweep = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/**
 * Keeps under what everything is found. The database marks whatever has had a name changed; it is folded in the same
 * transaction where that calls {@link keep}, else by the worker within seconds.
 */
export class Findables {
  private readonly persons: PersonSearch;

  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {
    this.persons = new PersonSearch(vault);
  }

  /** Folds what is marked, of one party or of all, as far as the one who works may. Answers how many there were. */
  async keep(tx: Tx, party: string | null): Promise<number> {
    for (let kept = 0; ;) {
      const found = await due(tx, party);
      if (found.length === 0) return kept;
      await this.fold(tx, found);
      kept += found.length;
    }
  }

  /** What is marked, in small transactions, so many in one go: the next go follows within seconds. Safe to run in several workers at once. Answers how many there were. */
  async run(): Promise<number> {
    let kept = 0;
    for (let found = batch, done = 0; found === batch && done < batchesAtOnce; kept += found, done++)
      found = await this.units.run(sweep, async (tx) => {
        const some = await due(tx, null);
        if (some.length > 0) await this.fold(tx, some);
        return some.length;
      });
    return kept;
  }

  private async fold(tx: Tx, found: readonly Due[]): Promise<void> {
    const named = found.map((one) => ({ ...one, found: namesOf(one) }));
    await storeNames(tx, named);
    const keyId = this.persons.keyId;
    const tokens: { token: string; id: string; party: string; traffic: string }[] = [];
    for (const { subject: id, party, traffic, person } of named) {
      // What does not open is not found by the name; it must not keep everything else from being found.
      const holder =
        person && (await this.vault.openPartys<Holder>(personHolding(id), person).catch(() => null));
      if (holder === null) continue;
      for (const token of await this.persons.stored(party, holder.name))
        tokens.push({ token, id, party, traffic });
    }
    const points = found.filter(({ kind }) => kind === 'point-of-contact').map(({ subject }) => subject);
    await tx.query('DELETE FROM person_tokens WHERE point_of_contact_id = ANY ($1::uuid[])', [points]);
    await tx.query(
      `INSERT INTO person_tokens (token, point_of_contact_id, party_code, traffic, key_id)
       SELECT token, id, party, traffic, $2 FROM jsonb_to_recordset($1) t (token text, id uuid, party text, traffic text)`,
      [JSON.stringify(tokens), keyId],
    );
    await tx.query(
      `UPDATE findables f SET version = $4 FROM unnest($1::text[], $2::text[], $3::uuid[]) t (kind, party, subject)
       WHERE f.kind = t.kind AND f.party_code = t.party AND f.subject = t.subject`,
      [
        ...[found.map(({ kind }) => kind), found.map(({ party }) => party)],
        ...[found.map(({ subject }) => subject), foldVersion],
      ],
    );
  }
}

function namesOf({ kind, party, names, codes }: Due): FindableName[] {
  if (names === null) return [];
  const given = codes.filter((code) => code !== null);
  const all = kind === 'party' ? [...given, ...(usualForms[party] ?? [])] : given;
  const short = kind === 'body' ? all.flatMap((code) => kindNames[code] ?? []) : all;
  return findableNames(Object.values(names), short);
}

/** Locked, so that of two who fold the same, one does; with what is in force now. */
async function due(tx: Tx, party: string | null): Promise<Due[]> {
  return tx.query<Due>(
    `WITH marked AS MATERIALIZED (
       SELECT kind, party_code, subject, traffic FROM findables
       WHERE version < $1 AND ($2::text IS NULL OR party_code = $2) ORDER BY version, kind, party_code, subject LIMIT ${batch}
       FOR UPDATE SKIP LOCKED)
     SELECT m.kind, m.party_code AS party, m.subject, m.traffic, coalesce(a.names, b.names, p.role_names) AS names,
       CASE m.kind WHEN 'party' THEN ARRAY[a.code, a.alpha3, a.numeric] WHEN 'body' THEN ARRAY[b.kind] ELSE '{}' END AS codes,
       p.person
     FROM marked m
     LEFT JOIN parties a ON m.subject = '${noSubject}' AND a.code = m.party_code
     LEFT JOIN bodies b ON m.kind = 'body' AND b.id = m.subject
     LEFT JOIN points_of_contact p ON m.kind = 'point-of-contact' AND p.id = m.subject AND p.state <> 'retired'`,
    [foldVersion, party],
  );
}

type Named = Due & { found: FindableName[] };

/** In one order always: two who store the same name wait for each other, and not both for each other at once. */
async function storeNames(tx: Tx, all: readonly Named[]): Promise<void> {
  const terms = new Map<string, readonly [kind: string, name: string, term: string, weight: number]>();
  const words = new Map<string, readonly [rest: string, word: string]>();
  for (const { kind, found } of all)
    for (const { name, terms: some } of found) {
      for (const { term, weight } of some)
        terms.set(`${kind} ${name}\n${term}\n${weight}`, [kind, name, term, weight]);
      if (some.some(({ weight }) => weight !== weights.code))
        for (const word of wordsOf(name))
          for (const rest of keysOf(word)) words.set(`${rest} ${word}`, [rest, word]);
    }
  const inOrder = <T>(map: ReadonlyMap<string, T>): T[] =>
    [...map].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value);
  const holders = all.flatMap(({ kind, party, subject, traffic, found }) =>
    found.map(({ name }) => ({ kind, name, party, subject, traffic })),
  );
  const subjects = all.map(({ kind, party, subject }) => ({ kind, party, subject }));
  await tx.query(
    `DELETE FROM finding_holders h USING jsonb_to_recordset($1) t (kind text, party text, subject uuid)
     WHERE h.kind = t.kind AND h.party_code = t.party AND h.subject = t.subject`,
    [JSON.stringify(subjects)],
  );
  await tx.query(
    `INSERT INTO finding_terms (kind, name, term, weight)
     SELECT t ->> 0, t ->> 1, t ->> 2, (t ->> 3)::integer FROM jsonb_array_elements($1) t
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(inOrder(terms))],
  );
  await tx.query(
    `INSERT INTO finding_words (rest, word) SELECT t ->> 0, t ->> 1 FROM jsonb_array_elements($1) t
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(inOrder(words))],
  );
  await tx.query(
    `INSERT INTO finding_holders (kind, name, party_code, subject, traffic)
     SELECT kind, name, party, subject, traffic
     FROM jsonb_to_recordset($1) t (kind text, name text, party text, subject uuid, traffic text)`,
    [JSON.stringify(holders)],
  );
}

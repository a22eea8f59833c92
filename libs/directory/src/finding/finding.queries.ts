import type { Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import type { FoundKind } from './finding.entity.js';
import { fold, variantsOf, wordsOf } from './fold.js';
import { besideLevel, levelNamed } from './level-words.js';
import { errorsAllowed, errorsBetween, keysAsked } from './near.js';
import { errorsIn, ranked, type Hit, type WayOfFinding } from './ranking.js';
import { weights } from './terms.js';

/** After everything that may follow in a term: by byte, as the database compares. */
const above = 'chr(1114111)';
/** How many names that one word begins in are looked through for the others. */
const lookedThrough = 500;
const mostWords = 8;
const spare = 4;
const enough = 5;
const nearWords = 6;

interface Row {
  kind: FoundKind;
  party: string;
  subject: string;
  name: string;
  term: string;
  weight: number;
}

/** What others may know of: no body that has ended, no entry that is not theirs to read. `$1` is the caller's party. */
const shown = (h: string): string => `CASE ${h}.kind WHEN 'party' THEN true
  WHEN 'body' THEN EXISTS (SELECT 1 FROM bodies b WHERE b.id = ${h}.subject AND b.state = 'active')
  ELSE EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = ${h}.subject AND p.state <> 'retired'
    AND (p.party_code = $1 OR p.state IN ('verified', 'active', 'stale'))) END`;

/** Whether one of the words begins some word of a name `n`. What does not hold it anywhere is not looked up. */
const begun = (words: string, patterns: string): string => `n.name LIKE ANY (${patterns}::text[])
  AND EXISTS (SELECT 1 FROM unnest(${words}::text[]) o (word) JOIN finding_terms t
    ON t.kind = n.kind AND t.name = n.name AND t.term >= o.word AND t.term <= o.word || ${above})`;

/** Where names that a word begins in stand; from `q (word)`, `k (kind)` and `w (weight)`. */
const beginningSo = `finding_terms t WHERE t.kind = k.kind AND t.weight = w.weight
  AND t.term >= q.word AND t.term <= q.word || ${above}`;

/** Names that the rarest of the words begins in: then a word that thousands share costs nothing. */
function rarestBegun(kinds: string, words: string, nths: string, count: number): string {
  const each = `unnest(${words}::text[], ${nths}::integer[]) q (word, nth)
    CROSS JOIN unnest(${kinds}::text[]) k (kind) CROSS JOIN generate_series(1, 2) w (weight)`;
  const rarest = `SELECT q.nth FROM ${each} CROSS JOIN LATERAL (
      SELECT count(*) AS names FROM (SELECT FROM ${beginningSo} LIMIT ${lookedThrough}) t) c
    GROUP BY q.nth ORDER BY sum(c.names), q.nth LIMIT 1`;
  return `SELECT DISTINCT t.kind, t.name FROM ${each}
    CROSS JOIN LATERAL (SELECT t.kind, t.name FROM ${beginningSo} ORDER BY t.term LIMIT ${lookedThrough}) t
    WHERE q.nth = ${count === 1 ? '0' : `(${rarest})`}`;
}

/** Names in which each of some words begins one: a few texts, by how many words there are and within what. */
function together(
  { party, kinds, limit }: Asked,
  words: readonly (readonly string[])[],
  within: Within,
): [sql: string, given: unknown[]] {
  const given: unknown[] = [party, kinds, limit * spare];
  const put = (value: unknown): string => `$${given.push(value)}`;
  // Of what is folded, nothing means anything to LIKE.
  const eachBegun = words.map((list) => begun(put(list), put(list.map((word) => `%${word}%`)))).join(' AND ');
  const ofParty = within.party === undefined ? undefined : `party_code = ${put(within.party)}`;
  const atLevel = within.level === undefined ? undefined : `p.level = ${put(within.level)}`;
  const names = ofParty
    ? `SELECT DISTINCT kind, name FROM finding_holders WHERE ${ofParty} AND kind = ANY ($2::text[])`
    : rarestBegun(
        '$2',
        put(words.flat()),
        put(words.flatMap((list, nth) => list.map(() => nth))),
        words.length,
      );
  const sql = `WITH names AS MATERIALIZED (SELECT n.kind, n.name FROM (${names}) n WHERE ${eachBegun} LIMIT ${lookedThrough})
    SELECT h.kind, h.party, h.subject, h.name FROM names n CROSS JOIN LATERAL (
      SELECT h.kind, h.party_code AS party, h.subject, h.name FROM finding_holders h
      WHERE h.kind = n.kind AND h.name = n.name ${ofParty ? `AND h.${ofParty}` : ''} AND ${shown('h')}
        ${atLevel ? `AND EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = h.subject AND ${atLevel})` : ''}
      LIMIT $3) h LIMIT $3`;
  return [sql, given];
}

/**
 * Finds States, bodies and points of contact by what is typed. Each statement reads a bounded number of rows from an
 * index, however many names begin alike.
 */
export class FindingQueries {
  /** What is found, the surest first; nothing where nothing was typed that could be looked for. */
  async find(
    tx: Tx,
    caller: Caller,
    typed: string,
    kinds: readonly FoundKind[],
    limit: number,
  ): Promise<Hit[]> {
    const text = fold(typed);
    const words = wordsOf(text).slice(0, mostWords);
    if (words.length === 0 || kinds.length === 0) return [];
    const asked = { tx, party: caller.party, kinds, limit };
    const variants = words.map((word) => variantsOf(word));
    const others =
      words.length === 1 ? [] : [this.together(asked, variants, 'words'), this.ofParty(asked, words)];
    const ways = [this.beginning(asked, text), this.atLevel(asked, words), ...others];
    let hits = (await tx.atOnce<Hit[][]>(ways)).flat();
    if (hits.length < Math.min(enough, limit)) hits = [...hits, ...(await this.similar(asked, words))];
    return ranked(hits, limit);
  }

  /** By a code, by a name, and by what begins so at any word of a name. */
  private async beginning({ tx, party, kinds, limit }: Asked, text: string): Promise<Hit[]> {
    // The surest first: a code, a whole name, its first word, a later one; and no further than there are enough.
    const rows = await tx.prepared<Row>(
      `SELECT found.* FROM (SELECT w.weight, k.kind, q.text, q.text || w.after AS last
         FROM (VALUES (0, ''), (1, ''), (1, ${above}), (2, ${above})) w (weight, after)
         CROSS JOIN unnest($3::text[]) WITH ORDINALITY k (kind, nth) CROSS JOIN unnest($2::text[]) q (text)
         ORDER BY w.weight, w.after, k.nth OFFSET 0) q
       CROSS JOIN LATERAL (
         SELECT t.kind, h.party_code AS party, h.subject, t.name, t.term, t.weight
         FROM finding_terms t JOIN finding_holders h ON h.kind = t.kind AND h.name = t.name
         WHERE t.kind = q.kind AND t.weight = q.weight AND t.term >= q.text AND t.term <= q.last
           AND ${shown('h')}
         ORDER BY t.term LIMIT $4) found LIMIT 2 * $4`,
      [party, [...new Set([text, text.replaceAll(' ', ''), ...variantsOf(text)])], kinds, limit * spare],
    );
    return rows.map(({ term, weight, ...row }) => ({
      ...row,
      how:
        weight === weights.code ? 'code' : weight === weights.whole && term === text ? 'name' : 'beginning',
      distance: weight === weights.later ? 1 : 0,
    }));
  }

  /** By names in which each word, or one of those that may have been meant, begins some word. */
  private async together(
    asked: Asked,
    words: readonly (readonly string[])[],
    how: WayOfFinding,
    within: Within = {},
  ): Promise<Hit[]> {
    const [sql, given] = together(asked, words, within);
    const rows = await asked.tx.prepared<Omit<Row, 'term' | 'weight'>>(sql, given);
    return rows.map((row) => ({ ...row, how, distance: 0 }));
  }

  /** "France CERT": what a party has, where the first or last words name the party; and what is at a level of it. */
  private async ofParty(asked: Asked, words: readonly string[]): Promise<Hit[]> {
    const spans = words.slice(1).flatMap((_, at) => [
      { named: words.slice(0, at + 1), rest: words.slice(at + 1) },
      { named: words.slice(at + 1), rest: words.slice(0, at + 1) },
    ]);
    const texts = spans.map(({ named }) => named.join(' '));
    const found = await asked.tx.prepared<{ text: string; party: string }>(
      `SELECT DISTINCT q.text, h.party_code AS party FROM unnest($1::text[]) q (text)
       JOIN finding_terms t ON t.kind = 'party' AND t.weight IN (0, 1) AND t.term = q.text
       JOIN finding_holders h ON h.kind = t.kind AND h.name = t.name ORDER BY 1, 2`,
      [texts],
    );
    const ways = spans
      .flatMap(({ rest, named }) =>
        found
          .filter(({ text }) => text === named.join(' '))
          .map(({ party }) => ({ party, rest, length: named.length })),
      )
      .toSorted((a, b) => b.length - a.length)
      .slice(0, 3);
    const kinds = asked.kinds.filter((kind) => kind !== 'party');
    const hits: Hit[] = [];
    if (kinds.length > 0)
      for (const { party, rest } of ways) {
        const variants = rest.map((word) => variantsOf(word));
        hits.push(...(await this.together({ ...asked, kinds }, variants, 'words', { party })));
        hits.push(...(await this.atLevel(asked, rest, party)));
      }
    return hits;
  }

  /** Points of contact at the level that one of the words names, with the other words in the names of their roles. */
  private async atLevel(asked: Asked, words: readonly string[], party?: string): Promise<Hit[]> {
    const [level] = words.flatMap((word) => levelNamed(word) ?? []);
    if (level === undefined || !asked.kinds.includes('point-of-contact')) return [];
    const rest = besideLevel(words, level);
    const kinds = ['point-of-contact'] as const;
    if (rest.length > 0) {
      const variants = rest.map((word) => variantsOf(word));
      return this.together({ ...asked, kinds }, variants, 'words', { party, level });
    }
    const rows = await asked.tx.prepared<{ party: string; subject: string }>(
      `SELECT p.party_code AS party, p.id AS subject FROM points_of_contact p
       WHERE p.level = $2 ${party === undefined ? '' : 'AND p.party_code = $4'} AND p.state <> 'retired'
         AND (p.party_code = $1 OR p.state IN ('verified', 'active', 'stale'))
       ORDER BY p.party_code, p.level, p.position LIMIT $3`,
      [asked.party, level, asked.limit, ...(party === undefined ? [] : [party])],
    );
    return rows.map((row, nth) => ({
      ...row,
      kind: 'point-of-contact',
      name: '',
      how: 'words',
      distance: nth,
    }));
  }

  /** By names whose words are like those that were typed. */
  private async similar(asked: Asked, words: readonly string[]): Promise<Hit[]> {
    const keys = [...new Set(words.flatMap(keysAsked))];
    if (keys.length === 0) return [];
    const known = await asked.tx.prepared<{ word: string }>(
      'SELECT DISTINCT word FROM finding_words WHERE rest = ANY ($1::text[]) LIMIT 2000',
      [keys],
    );
    const meant = words.map((word) => [...variantsOf(word), ...nearest(word, known)]);
    if (meant.every(({ length }) => length === 1)) return [];
    const text = words.join(' ');
    const hits = await this.together(asked, meant, 'similar');
    return hits.map((hit) => ({ ...hit, distance: errorsIn(text, hit.name) }));
  }
}

interface Asked {
  tx: Tx;
  /** The caller's own. */
  party: string | null;
  kinds: readonly FoundKind[];
  limit: number;
}

interface Within {
  party?: string | undefined;
  level?: Level | undefined;
}

/** The words that are nearest to one that was typed, as far as errors are allowed in it. */
function nearest(typed: string, known: readonly { word: string }[]): string[] {
  const allowed = errorsAllowed(typed);
  return known
    .map(({ word }) => ({ word, errors: errorsBetween(typed, word), length: word.length }))
    .filter(({ word, errors }) => errors <= allowed && word !== typed)
    .toSorted((a, b) => a.errors - b.errors || a.length - b.length)
    .slice(0, nearWords)
    .map(({ word }) => word);
}

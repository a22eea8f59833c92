import type { Caller } from '#libs/access';
import type { Tx } from '#libs/runtime';
import type { Level } from '../entry-words.js';
import type { FoundKind } from './finding.entity.js';
import { fold, variantsOf, wordsOf } from './fold.js';
import { levelNamed } from './level-words.js';
import { errorsAllowed, errorsBetween, keysAsked } from './near.js';
import { errorsIn, ranked, type Hit, type WayOfFinding } from './ranking.js';
import { weights } from './terms.js';

/** After everything that may follow in a term: by byte, as the database compares. */
const above = 'chr(1114111)';
/** How many names that one word begins in are looked through for the others. */
const lookedThrough = 500;
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
    const words = wordsOf(text).slice(0, 8);
    if (words.length === 0 || kinds.length === 0) return [];
    const asked = { tx, party: caller.party, kinds, limit };
    let hits = await this.beginning(asked, text);
    if (hits.length < limit && words.length > 1) {
      const [together, ofParty] = [
        await this.together(
          asked,
          words.map((word) => variantsOf(word)),
          'words',
        ),
        await this.ofParty(asked, words),
      ];
      hits = [...hits, ...together, ...ofParty];
    }
    if (hits.length < limit && words.length === 1) hits = [...hits, ...(await this.atLevel(asked, words))];
    if (hits.length < Math.min(enough, limit)) hits = [...hits, ...(await this.similar(asked, words))];
    return ranked(hits, limit);
  }

  /** By a code, by a name, and by what begins so at any word of a name. */
  private async beginning({ tx, party, kinds, limit }: Asked, text: string): Promise<Hit[]> {
    const rows = await tx.query<Row>(
      `SELECT found.* FROM unnest($2::text[]) WITH ORDINALITY AS q (text, nth)
       CROSS JOIN unnest($3::text[]) AS k (kind) CROSS JOIN generate_series(0, 2) AS w (weight)
       CROSS JOIN LATERAL (
         SELECT t.kind, h.party_code AS party, h.subject, t.name, t.term, t.weight
         FROM finding_terms t JOIN finding_holders h ON h.kind = t.kind AND h.name = t.name
         WHERE t.kind = k.kind AND t.weight = w.weight AND t.term >= q.text
           AND t.term <= CASE w.weight WHEN 0 THEN q.text ELSE q.text || ${above} END AND ${shown('h')}
         ORDER BY t.term LIMIT $4) found`,
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
    { tx, party, kinds, limit }: Asked,
    words: readonly (readonly string[])[],
    how: WayOfFinding,
    within: Within = {},
  ): Promise<Hit[]> {
    const [anchor = [], ...others] = words.toSorted((a, b) => (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
    const begun = (
      list: string,
      of: string,
    ) => `EXISTS (SELECT 1 FROM unnest(${list}::text[]) o (word) JOIN finding_terms t
      ON t.kind = ${of}.kind AND t.name = ${of}.name AND t.term >= o.word AND t.term <= o.word || ${above})`;
    const alsoIn = (of: string) => others.map((_, at) => `AND ${begun(`$${at + 7}`, of)}`).join(' ');
    // Of one party all names are looked through, else those that the longest word begins in.
    const names =
      within.party === undefined
        ? `SELECT n.kind, n.name FROM (SELECT DISTINCT t.kind, t.name FROM unnest($2::text[]) q (word)
             CROSS JOIN unnest($3::text[]) k (kind) CROSS JOIN generate_series(1, 2) w (weight)
             CROSS JOIN LATERAL (SELECT t.kind, t.name FROM finding_terms t WHERE t.kind = k.kind AND t.weight = w.weight
               AND t.term >= q.word AND t.term <= q.word || ${above} ORDER BY t.term LIMIT ${lookedThrough}) t) n
           WHERE $5::text IS NULL ${alsoIn('n')} LIMIT ${lookedThrough}`
        : `SELECT n.kind, n.name FROM (SELECT DISTINCT kind, name FROM finding_holders
             WHERE party_code = $5 AND kind = ANY ($3)) n
           WHERE ${begun('$2', 'n')} ${alsoIn('n')}`;
    const rows = await tx.query<Omit<Row, 'term' | 'weight'>>(
      `WITH names AS MATERIALIZED (${names})
       SELECT h.* FROM names n CROSS JOIN LATERAL (
         SELECT h.kind, h.party_code AS party, h.subject, h.name FROM finding_holders h
         WHERE h.kind = n.kind AND h.name = n.name ${within.party === undefined ? '' : 'AND h.party_code = $5'} AND ${shown('h')}
           AND ($6::text IS NULL OR EXISTS (SELECT 1 FROM points_of_contact p WHERE p.id = h.subject AND p.level = $6))
         LIMIT $4) h LIMIT $4`,
      [party, anchor, kinds, limit * spare, within.party ?? null, within.level ?? null, ...others],
    );
    return rows.map((row) => ({ ...row, how, distance: 0 }));
  }

  /** "France CERT": what a party has, where the first or last words name the party; and what is at a level of it. */
  private async ofParty(asked: Asked, words: readonly string[]): Promise<Hit[]> {
    const spans = words.slice(1).flatMap((_, at) => [
      { named: words.slice(0, at + 1), rest: words.slice(at + 1) },
      { named: words.slice(at + 1), rest: words.slice(0, at + 1) },
    ]);
    const texts = spans.map(({ named }) => named.join(' '));
    const found = await asked.tx.query<{ text: string; party: string }>(
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
    const at = words.findIndex((word) => levelNamed(word) !== undefined);
    const level = levelNamed(words[at] ?? '');
    if (level === undefined || !asked.kinds.includes('point-of-contact')) return [];
    const rest = words.toSpliced(at, 1);
    const kinds = ['point-of-contact'] as const;
    if (rest.length > 0) {
      const variants = rest.map((word) => variantsOf(word));
      return this.together({ ...asked, kinds }, variants, 'words', { party, level });
    }
    const rows = await asked.tx.query<{ party: string; subject: string }>(
      `SELECT p.party_code AS party, p.id AS subject FROM points_of_contact p
       WHERE p.level = $2 AND ($3::text IS NULL OR p.party_code = $3) AND p.state <> 'retired'
         AND (p.party_code = $1 OR p.state IN ('verified', 'active', 'stale'))
       ORDER BY p.party_code, p.level, p.position LIMIT $4`,
      [asked.party, level, party ?? null, asked.limit],
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
    const known = await asked.tx.query<{ word: string }>(
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

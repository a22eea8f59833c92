import { wordsOf } from './fold.js';
import { errorsBetween } from './near.js';
import type { FoundKind } from './finding.entity.js';

/** How something was found, the surest first. */
export const waysOfFinding = ['code', 'name', 'beginning', 'words', 'similar'] as const;
export type WayOfFinding = (typeof waysOfFinding)[number];

/** Something that was found by one of its names. */
export interface Hit {
  kind: FoundKind;
  party: string;
  subject: string;
  name: string;
  how: WayOfFinding;
  /** Within one way the least is first: errors, or whether a later word begins so. */
  distance: number;
}

const kindOrder: Readonly<Record<FoundKind, number>> = { party: 0, body: 1, 'point-of-contact': 2 };
const keyOf = ({ kind, party, subject }: Hit): string => `${kind} ${party} ${subject}`;

/** Each thing once, by the surest way in which it was found; surest, nearest, then shortest first; then by party. */
export function ranked(hits: readonly Hit[], limit: number): Hit[] {
  const keyed = hits.map((hit) => ({ hit, key: keyOf(hit), way: waysOfFinding.indexOf(hit.how) }));
  keyed.sort(
    (a, b) =>
      a.way - b.way ||
      a.hit.distance - b.hit.distance ||
      kindOrder[a.hit.kind] - kindOrder[b.hit.kind] ||
      a.hit.name.length - b.hit.name.length ||
      (a.key < b.key ? -1 : 1),
  );
  const once = new Map<string, Hit>();
  for (const { key, hit } of keyed) {
    if (once.size === limit) break;
    if (!once.has(key)) once.set(key, hit);
  }
  return [...once.values()];
}

/** Errors between what was typed and a name, word by word: each against the word of the name that is nearest. */
export const errorsIn = (typed: string, name: string): number =>
  wordsOf(typed)
    .map((word) => Math.min(...wordsOf(name).map((one) => errorsBetween(word, one)), word.length))
    .reduce((sum, errors) => sum + errors, 0);

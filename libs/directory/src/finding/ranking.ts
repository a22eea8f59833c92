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
  const seen = new Set<string>();
  return hits
    .toSorted(
      (a, b) =>
        waysOfFinding.indexOf(a.how) - waysOfFinding.indexOf(b.how) ||
        a.distance - b.distance ||
        kindOrder[a.kind] - kindOrder[b.kind] ||
        a.name.length - b.name.length ||
        (keyOf(a) < keyOf(b) ? -1 : 1),
    )
    .filter((hit) => !seen.has(keyOf(hit)) && seen.add(keyOf(hit)))
    .slice(0, limit);
}

/** Errors between what was typed and a name, word by word: each against the word of the name that is nearest. */
export const errorsIn = (typed: string, name: string): number =>
  wordsOf(typed)
    .map((word) => Math.min(...wordsOf(name).map((one) => errorsBetween(word, one)), word.length))
    .reduce((sum, errors) => sum + errors, 0);

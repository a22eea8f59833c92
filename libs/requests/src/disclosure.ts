import type { Fault } from '#libs/runtime';
import { isOver, refusal, type LineState, type Refusal } from './lifecycle.js';

/** Whom the requester tells who else was asked, and of whom: codes of addressees, or all of them. */
export interface Disclosure {
  to: readonly string[] | 'all';
  parties: readonly string[] | 'all';
}

/** That the first addressee was told of the second. */
export interface Told {
  to: string;
  party: string;
}

type Line = { party: string; state: LineState };

/** Why there is nothing to disclose; undefined where there is. */
export const nothingToDisclose = (lines: readonly Pick<Line, 'party'>[]): Refusal | undefined =>
  new Set(lines.map(({ party }) => party)).size > 1
    ? undefined
    : refusal('not-yet', 'Nobody else was asked: there is nothing to disclose.');

/**
 * What a disclosure adds to what was told before, by the addressee that is told. `all` tells those whose lines are not
 * over. An addressee is never told of itself.
 */
export function disclosed(
  { to, parties }: Disclosure,
  lines: readonly Line[],
  before: readonly Told[],
): { faults: Fault[] } | { refused: Refusal } | { told: Map<string, string[]> } {
  const nothing = nothingToDisclose(lines);
  if (nothing) return { refused: nothing };
  const all = [...new Set(lines.map(({ party }) => party))];
  const open = lines.filter(({ state }) => !isOver(state)).map(({ party }) => party);
  const faults = [...strangers('to', to, all), ...strangers('parties', parties, all), ...over(to, all, open)];
  if (faults.length > 0) return { faults };
  const known = new Set(before.map((one) => `${one.to} ${one.party}`));
  const of = parties === 'all' ? all : [...new Set(parties)];
  const told = new Map<string, string[]>();
  for (const reader of to === 'all' ? open : new Set(to)) {
    const news = of.filter((party) => party !== reader && !known.has(`${reader} ${party}`));
    if (news.length > 0) told.set(reader, news);
  }
  return told.size > 0
    ? { told }
    : { refused: refusal('already-done', 'Those who are told know of these addressees already.') };
}

const strangers = (
  field: keyof Disclosure,
  codes: readonly string[] | 'all',
  all: readonly string[],
): Fault[] =>
  codes === 'all'
    ? []
    : codes.flatMap((code, index) =>
        all.includes(code)
          ? []
          : [{ pointer: `#/disclosure/${field}/${index}`, detail: 'is not an addressee of this request' }],
      );

const over = (to: readonly string[] | 'all', all: readonly string[], open: readonly string[]): Fault[] =>
  to === 'all'
    ? []
    : to.flatMap((code, index) =>
        all.includes(code) && !open.includes(code)
          ? [{ pointer: `#/disclosure/to/${index}`, detail: 'is told nothing more: its line is over' }]
          : [],
      );

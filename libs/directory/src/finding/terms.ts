import { fold, isUnspaced, variantsOf, wordsOf } from './fold.js';

/** What a term is of a name: a code of it, the whole name, or the name from a later word on. */
export const weights = { code: 0, whole: 1, later: 2 } as const;
export type Weight = (typeof weights)[keyof typeof weights];

export interface Term {
  term: string;
  weight: Weight;
}

/** A name under which something is found, folded, with the beginnings by which it is. */
export interface FindableName {
  name: string;
  terms: Term[];
}

/** Words that initials pass over in one way of making them, and keep in another: "DRC", but "ROK". */
const small = new Set(
  'of and the for on in to s d l de des du la le les et en aux a y el los las e i и по в о об при на من في و'.split(
    ' ',
  ),
);
const longestTerm = 100;
const cut = (text: string): string => [...text].slice(0, longestTerm).join('');

/** A name with all its beginnings: from each word, and in scripts without spaces from each letter. */
export function findableName(text: string): FindableName | undefined {
  const name = fold(text);
  if (name === '') return undefined;
  const letters = [...name];
  const starts = letters.flatMap((letter, at) =>
    at === 0 || letters[at - 1] === ' ' || (letter !== ' ' && isUnspaced(letter)) ? [at] : [],
  );
  const terms = starts.flatMap((at): Term[] =>
    variantsOf(letters.slice(at).join('')).map((variant, nth) => ({
      term: cut(variant),
      weight: at === 0 && nth === 0 ? weights.whole : weights.later,
    })),
  );
  return { name, terms: onceEach(terms) };
}

/** A code under which something is found: by itself alone, never by a part of it. */
export function findableCode(text: string): FindableName | undefined {
  const name = fold(text).replaceAll(' ', '');
  return name === '' ? undefined : { name, terms: [{ term: cut(name), weight: weights.code }] };
}

/** The short forms that people make of a name: its initials, with small words and without, and what it says in brackets. */
export function abbreviationsOf(text: string): string[] {
  const inBrackets = [...text.matchAll(/[(（]([^()（）]{2,20})[)）]/gu)].map(([, inside = '']) => inside);
  const capitals = [...text.matchAll(/(?<![\p{L}\p{N}])\p{Lu}[\p{Lu}\p{N}-]{1,11}(?![\p{L}\p{N}])/gu)].map(
    ([word]) => word,
  );
  const words = wordsOf(fold(text.replaceAll(/[(（][^()（）]*[)）]/gu, ' ')));
  const of = (some: readonly string[]): string[] =>
    some.length >= 2 && some.length <= 12 && some.every((word) => !isUnspaced(word))
      ? [some.map(([first]) => first).join('')]
      : [];
  const initials = [...of(words), ...of(words.filter((word) => !small.has(word)))];
  return [...new Set([...inBrackets, ...capitals, ...initials])];
}

/** Short forms of States that no rule makes of their names. By party code. */
export const usualForms: Readonly<Record<string, readonly string[]>> = {
  AE: ['UAE'],
  BA: ['BiH'],
  CN: ['PRC', 'КНР'],
  DE: ['BRD', 'ФРГ', 'RFA'],
  GB: ['UK', 'RU'],
  KP: ['DPRK', 'КНДР'],
  KR: ['ROK'],
  RU: ['РФ'],
  SA: ['KSA'],
  US: ['EEUU', 'EUA'],
  ZA: ['RSA'],
};

/** Under what a State, an organization, a body or a role is found. */
export function findableNames(names: readonly string[], codes: readonly string[]): FindableName[] {
  const found = [
    ...codes.map(findableCode),
    ...names.flatMap(abbreviationsOf).map(findableCode),
    ...names.map(findableName),
  ].filter((one) => one !== undefined);
  const byName = new Map<string, Term[]>();
  for (const { name, terms } of found) byName.set(name, [...(byName.get(name) ?? []), ...terms]);
  return [...byName].map(([name, terms]) => ({ name, terms: onceEach(terms) }));
}

/** Each term once, with the least weight that it has as a name; and once as a code. */
function onceEach(terms: readonly Term[]): Term[] {
  const least = new Map<string, Term>();
  for (const one of terms) {
    const key = `${one.weight === weights.code} ${one.term}`;
    if (one.term !== '' && (least.get(key)?.weight ?? Infinity) > one.weight) least.set(key, one);
  }
  return [...least.values()];
}

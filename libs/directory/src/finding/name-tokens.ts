import { fold, isUnspaced, wordsOf } from './fold.js';

const [shortest, longest] = [3, 12];
/** A stored name has a multiple of so many tokens: how many there are tells little of how long it is. */
export const tokenPadding = 16;

/** From how many letters on a part of a name is found by its beginning: one sign of Chinese says as much as two letters. */
const fromLetters = (part: string): number => (isUnspaced(part) ? 2 : shortest);

/** What is stored of a person's name, before it is keyed: its parts' beginnings, and short parts whole. */
export function tokensOfName(name: string): string[] {
  const tokens = wordsOf(fold(name)).flatMap((part) => {
    const letters = [...part];
    const beginnings = letters
      .slice(0, longest)
      .map((_, at) => letters.slice(0, at + 1).join(''))
      .slice(fromLetters(part) - 1);
    return beginnings.length > 0 ? beginnings : [whole(part)];
  });
  return [...new Set(tokens)];
}

/**
 * What to look for where this was typed: one token for each word, the longest first, which the fewest names have. Names are
 * compared afterwards ({@link isNamed}).
 */
export const tokensAsked = (folded: string): string[] =>
  wordsOf(folded)
    .map((word) => {
      const letters = [...word];
      return letters.length < fromLetters(word) ? whole(word) : letters.slice(0, longest).join('');
    })
    .toSorted((one, other) => other.length - one.length);

/** Whether each word that was typed is a part of the name, or the beginning of one. `exact`: each is a whole part. */
export function isNamed(name: string, folded: string): { fits: boolean; exact: boolean } {
  const parts = wordsOf(fold(name));
  const words = wordsOf(folded);
  const begins = (word: string) =>
    parts.some((part) => part === word || ([...word].length >= fromLetters(word) && part.startsWith(word)));
  return {
    fits: words.length > 0 && words.every(begins),
    exact: words.every((word) => parts.includes(word)),
  };
}

const whole = (part: string): string => `=${part}`;

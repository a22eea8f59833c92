import { isUnspaced, longest } from './fold.js';

/** Of longer words only the beginning is looked up; the rest is compared. */
const lookedUp = 7;
const shortestBeginning = 4;

/**
 * How many letters of a word may be wrong, missing, too many or changed with their neighbours: none in short words, where
 * each letter says too much; in scripts without spaces one in three.
 */
export function errorsAllowed(word: string): 0 | 1 | 2 {
  const { length } = [...word];
  if (length >= 8) return 2;
  return length >= 4 || (length === 3 && isUnspaced(word)) ? 1 : 0;
}

/**
 * The keys under which a word is kept to be found in spite of errors: what is left of its beginning when one or two
 * letters are taken out, and of shorter beginnings when one is. Two words that differ by so many errors share a key.
 */
export function keysOf(word: string): string[] {
  const letters = [...word];
  if (errorsAllowed(word) === 0) return [];
  const keys = new Set(without(letters.slice(0, lookedUp), letters.length >= lookedUp ? 2 : 1));
  for (let length = shortestBeginning; length < Math.min(lookedUp, letters.length); length++)
    for (const key of without(letters.slice(0, length), 1)) keys.add(key);
  return [...keys];
}

/** The keys under which to look for a word as it was typed. */
export const keysAsked = (word: string): string[] => {
  const allowed = errorsAllowed(word);
  return allowed === 0 ? [] : without([...word].slice(0, lookedUp), allowed);
};

/** A word, and all that is left of it when up to `count` letters are taken out. */
function without(letters: readonly string[], count: number): string[] {
  let found = new Set([letters.join('')]);
  for (let round = 0; round < count; round++)
    found = new Set([
      ...found,
      ...[...found].flatMap((text) => [...text].map((_, at, all) => all.toSpliced(at, 1).join(''))),
    ]);
  return [...found].filter((text) => text !== '');
}

/** What a comparison works on, used again: thousands of words are compared for one that was typed. */
const letters = [new Uint32Array(longest), new Uint32Array(longest)] as const;
const rows = Array.from({ length: 3 }, () => new Uint16Array(longest + 1)) as [Row, Row, Row];
type Row = Uint16Array;

/**
 * Errors between what was typed and the beginning of a word that is nearest to it: letters wrong, missing, too many, or
 * two neighbours exchanged (optimal string alignment). With `whole`, of the word to its end. Of each the first
 * {@link longest} letters are looked at.
 */
export function errorsBetween(typed: string, word: string, whole = false): number {
  const [a, b] = letters;
  const [typedLength, wordLength] = [read(typed, a), read(word, b)];
  let [before, last, row] = rows;
  for (let j = 0; j <= wordLength; j++) last[j] = j;
  for (let i = 1; i <= typedLength; i++) {
    row[0] = i;
    for (let j = 1; j <= wordLength; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row[j] = least;
    }
    const free = before;
    before = last;
    last = row;
    row = free;
  }
  let least = last[wordLength] ?? 0;
  if (!whole) for (let j = 0; j < wordLength; j++) least = Math.min(least, last[j] ?? 0);
  return least;
}

/** The letters of a text, as far as there is room: how many they are. */
function read(text: string, room: Uint32Array): number {
  let length = 0;
  for (let at = 0; at < text.length && length < room.length;) {
    const letter = text.codePointAt(at) ?? 0;
    room[length++] = letter;
    at += letter > 0xffff ? 2 : 1;
  }
  return length;
}

import type { Level } from '../entry-words.js';
import { fold } from './fold.js';

/** How the words that name a level begin in the six languages, whatever their ending. */
const beginnings: Readonly<Record<Level, readonly string[]>> = {
  policy: ['policy', 'policies', 'politi', 'полити', 'سياس', 'السياس', '政策'],
  diplomatic: ['diplom', 'диплом', 'دبلوماس', 'الدبلوماس', '外交'],
  technical: ['technic', 'techniq', 'tecnic', 'технич', 'تقن', 'التقن', '技术'],
  'law-enforcement-liaison': [
    ...['enforcement', 'police', 'policia', 'полици', 'правоохран', 'شرط', 'الشرط', '警', '执法'],
  ],
};
const folded = Object.entries(beginnings).map(
  ([level, words]) => [level as Level, words.map((word) => fold(word))] as const,
);
const shortest = 4;

/** The level that a folded word names, with any ending, or by four letters of its beginning. */
export function levelNamed(word: string): Level | undefined {
  const names = (beginning: string) =>
    word.startsWith(beginning) || (word.length >= shortest && beginning.startsWith(word));
  return folded.find(([, known]) => known.some(names))?.[0];
}

/** The words beside those that name a level: "law" says nothing more beside "enforcement". */
export const besideLevel = (words: readonly string[], level: Level): string[] =>
  words.filter(
    (word) =>
      levelNamed(word) !== level &&
      !(level === 'law-enforcement-liaison' && ['law', 'forces'].includes(word)),
  );

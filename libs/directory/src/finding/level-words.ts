import type { Level } from '../entry-words.js';
import { fold } from './fold.js';

/** What levels are called in the six languages, where somebody looks for one. */
const called: Readonly<Record<Level, readonly string[]>> = {
  policy: ['policy', 'politique', 'política', 'политический', 'السياسات', '政策'],
  diplomatic: ['diplomatic', 'diplomatique', 'diplomático', 'дипломатический', 'الدبلوماسي', '外交'],
  technical: ['technical', 'technique', 'técnico', 'технический', 'التقني', '技术'],
  'law-enforcement-liaison': ['law-enforcement', 'police', 'policía', 'полиция', 'الشرطة', '警务', '执法'],
};
const folded = Object.entries(called).map(
  ([level, words]) => [level as Level, words.map((word) => fold(word).split(' ')[0] ?? '')] as const,
);
const shortest = 4;

/** The level that a folded word names, in full or by four letters of its beginning. */
export function levelNamed(word: string): Level | undefined {
  const begins = (name: string) => name === word || (word.length >= shortest && name.startsWith(word));
  return folded.find(([, names]) => names.some(begins))?.[0];
}

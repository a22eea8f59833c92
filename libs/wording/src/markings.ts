import type { Language } from './language.js';
import { fixedBlock, type Block } from './mail-text.js';
import { textsIn } from './texts.js';
import type { TlpCode } from './tlp.js';

/** What is marked on whatever goes out: where it comes from, what it belongs to, who may read it. */
export interface Marked {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  readonly tlp: TlpCode;
}

/** What a subject begins with. */
export const subjectPrefix = { actual: '', exercise: '[EXERCISE] ', test: '[TEST] ' } as const;

const exercise = ({ traffic, language }: Marked): Block[] =>
  traffic === 'exercise' ? [fixedBlock('fs.exercise', language)] : [];

/** What stands before a text: exercise, test, sample, and the label immediately before the text (FIRST, TLP 2.0). */
export function markingsBefore(marked: Marked): Block[] {
  const { marking } = textsIn(marked.language);
  return [
    ...exercise(marked),
    ...(marked.traffic === 'test' ? [{ kind: 'marking', text: marking.test } as const] : []),
    ...(marked.instance === 'sample' ? [{ kind: 'marking', text: marking.sample } as const] : []),
    { kind: 'tlp', code: marked.tlp },
  ];
}

/** What stands after a text: the label immediately, and the exercise last. */
export const markingsAfter = (marked: Marked): Block[] => [
  { kind: 'tlp', code: marked.tlp },
  ...exercise(marked),
];

import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { fixedBlock, type FixedBlock } from './mail-text.js';
import { textsIn } from './texts.js';

/** What stands under the title: reference and time, then the document's own entries. */
export function leadingEntries(doc: DocumentText): DocumentEntry[] {
  const { label } = textsIn(doc.language);
  return [
    { label: label.reference, value: { kind: 'plain', text: doc.reference } },
    { label: label.producedAt, value: { kind: 'plain', text: formatInstant(doc.producedAt) } },
    ...doc.entries,
  ];
}

/** The fixed sentences at the end of a document; the exercise's own belongs to the markings. */
export const closingSentences = ({ fixed, language }: DocumentText): FixedBlock[] =>
  fixed.filter((id) => id !== 'fs.exercise').map((id) => fixedBlock(id, language));

/** The exact words that were shown, as people cite them. */
export const identityOf = ({ id, version }: FixedBlock): string => `[${id}, ${version}]`;

/** Items that hold several values each are counted, so that one can be spoken of. */
export const isNumbered = (items: readonly DocumentValue[]): boolean =>
  items.some(({ kind }) => kind === 'group');

/** The words around the number of a page and the number of pages: `['Page ', ' of ', '']`. */
export function pageWords(language: Language): [before: string, between: string, after: string] {
  const [before = '', between = '', after = ''] = textsIn(language).pageOf('\n', '\n').split('\n');
  return [before, between, after];
}

import { closingSentences, identityOf, leadingEntries } from './document-parts.js';
import type { DocumentSection, DocumentText } from './document.js';
import { entryLines, titleLines } from './entry-lines.js';
import type { Language } from './language.js';
import { blockLines } from './mail-plain-text.js';
import { markingsAfter, markingsBefore } from './markings.js';
import { plainLine } from './plain-line.js';
import { wrapText } from './wrap-text.js';

function sectionLines({ title, level, source, entries }: DocumentSection, language: Language): string[] {
  return [
    ...titleLines(title, level === 1 ? '=' : '-'),
    ...(source === undefined ? [] : wrapText(plainLine(source))),
    ...(entries.length === 0 ? [] : ['', ...entryLines(entries, language)]),
  ];
}

/**
 * The document as plain text, wrapped at 76 characters; an address or a hash is never wrapped. Markings stand around
 * it as around a mail, and each line that somebody wrote is marked.
 */
export function renderDocumentText(doc: DocumentText): string {
  const { language } = doc;
  const parts = [
    ...markingsBefore(doc).map((block) => blockLines(block, language)),
    titleLines(doc.title.toLocaleUpperCase(language), '='),
    entryLines(leadingEntries(doc), language),
    ...doc.sections.map((section) => sectionLines(section, language)),
    ...closingSentences(doc).map((block) => [...blockLines(block, language), identityOf(block)]),
    ...markingsAfter(doc).map((block) => blockLines(block, language)),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

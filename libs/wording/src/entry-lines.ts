import type { DocumentEntry, DocumentValue } from './document.js';
import { isNumbered } from './document-parts.js';
import type { Language } from './language.js';
import { plainLine, plainText } from './plain-line.js';
import { textsIn } from './texts.js';
import { wrapText } from './wrap-text.js';

/** However deep a value stands, its lines keep this many characters. */
const narrowest = 24;

const indented = (lines: readonly string[], by: string): string[] =>
  lines.map((line) => (line === '' ? line : by + line));

/** A title with a line under it. */
export function titleLines(title: string, underline: '=' | '-', width = 76): string[] {
  const lines = wrapText(plainLine(title), width);
  return [...lines, underline.repeat(Math.min(width, Math.max(...lines.map((line) => line.length))))];
}

/** Labels and one-line values in two columns; a label that would make the first column too wide has its own line. */
export function factLines(
  language: Language,
  rows: readonly (readonly [label: string, value: string])[],
  width = 76,
): string[] {
  const labels = rows.map(([label]) => textsIn(language).labelled(plainLine(label)));
  const fitting = labels.map(({ length }) => length).filter((length) => length < width / 2);
  const column = Math.max(1, ...fitting) + 1;
  return rows.flatMap(([, value], index) => {
    const label = labels[index] ?? '';
    const [first = '', ...more] = wrapText(plainLine(value), width - column);
    const rest = indented(more, ' '.repeat(column));
    return label.length < column
      ? [(label.padEnd(column) + first).trimEnd(), ...rest]
      : [...wrapText(label, width), ...indented([first], ' '.repeat(column)), ...rest];
  });
}

function listLines(items: readonly DocumentValue[], language: Language, width: number): string[] {
  const numbered = isNumbered(items);
  return items.flatMap((item, index) => {
    const marker = numbered ? `${index + 1}. ` : '- ';
    const hanging = ' '.repeat(marker.length);
    const [first = '', ...rest] = valueLines(item, language, Math.max(narrowest, width - marker.length));
    const lines = [(marker + first).trimEnd(), ...indented(rest, hanging)];
    return numbered && index > 0 ? ['', ...lines] : lines;
  });
}

function valueLines(value: DocumentValue, language: Language, width: number): string[] {
  switch (value.kind) {
    case 'written':
      // The mark on each line keeps what somebody wrote apart from what the system says.
      return wrapText(plainText(value.text), width, '> ');
    case 'plain':
      return wrapText(plainLine(value.text), width);
    case 'absent':
      return wrapText(`(${plainLine(value.text)})`, width);
    case 'list':
      return listLines(value.items, language, width);
    case 'group':
      return entryLines(value.entries, language, width);
  }
}

/** Labels and values as lines of at most `width` characters: one-line values in columns, others under their label. */
export function entryLines(entries: readonly DocumentEntry[], language: Language, width = 76): string[] {
  const parts: string[][] = [];
  let facts: [string, string][] = [];
  const endFacts = () => {
    if (facts.length > 0) parts.push(factLines(language, facts, width));
    facts = [];
  };
  for (const { label, value } of entries) {
    if (value.kind === 'plain') facts.push([label, value.text]);
    else if (value.kind === 'absent') facts.push([label, `(${plainLine(value.text)})`]);
    else {
      endFacts();
      const by = value.kind === 'written' ? '' : '  ';
      const lines = valueLines(value, language, Math.max(narrowest, width - by.length));
      parts.push([...wrapText(textsIn(language).labelled(plainLine(label)), width), ...indented(lines, by)]);
    }
  }
  endFacts();
  return parts.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';

/**
 * In characters and in lines, to which each value adds two for its place in the layout. Usual text of that size takes 2 s
 * and 300 MB, hundreds of pages of lists 5 s and 700 MB, the worst that was tried 12 s and 1 GB.
 */
const most = { characters: 1_000_000, lines: 20_000 };

function* textsIn(value: DocumentValue): Generator<string> {
  if (value.kind === 'list') for (const item of value.items) yield* textsIn(item);
  else if (value.kind === 'group') yield* textsOf(value.entries);
  else yield value.text;
}

function* textsOf(entries: readonly DocumentEntry[]): Generator<string> {
  for (const { value } of entries) {
    yield* textsIn(value);
  }
}

/** Whether a document is short enough to be set as a PDF; page and text have no such limit. */
export function fitsPdf(doc: DocumentText): boolean {
  let [characters, lines] = [0, 0];
  for (const entries of [doc.entries, ...doc.sections.map((section) => section.entries)])
    for (const text of textsOf(entries)) {
      characters += text.length;
      lines += 2 + text.split(/[\n\r\u0085\u2028\u2029]/).length;
      if (characters > most.characters || lines > most.lines) return false;
    }
  return true;
}

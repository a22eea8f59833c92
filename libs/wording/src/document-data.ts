import { closingSentences, identityOf, isNumbered, leadingEntries, pageWords } from './document-parts.js';
import type { DocumentEntry, DocumentText, DocumentValue } from './document.js';
import { directionOf, type Language } from './language.js';
import type { FixedBlock } from './mail-text.js';
import { markingsBefore } from './markings.js';
import { plainLine, plainText } from './plain-line.js';
import { textsIn } from './texts.js';
import { tlpColour, tlpLabel } from './tlp.js';

// JSON of a lone surrogate is no UTF-8, a tab and a byte order mark have no shape in any font.
const settable = (text: string): string =>
  text.toWellFormed().replaceAll('\t', '    ').replaceAll('\ufeff', '');

const line = (text: string): string => settable(plainLine(text));

/** ISO 639 and ISO 3166 parts of a BCP 47 tag, as Typst takes them; what it does not know is undetermined. */
function languageAndRegion(tag: string): { language: string; region: string | null } {
  const [primary = '', ...rest] = tag.split('-');
  return {
    language: /^[a-z]{2,3}$/i.test(primary) ? primary.toLowerCase() : 'und',
    region: rest.find((part) => /^[a-z]{2}$/i.test(part))?.toUpperCase() ?? null,
  };
}

function value(given: DocumentValue): object {
  switch (given.kind) {
    case 'written':
      return {
        kind: given.kind,
        ...languageAndRegion(given.language),
        direction: directionOf(given.language),
        paragraphs: settable(plainText(given.text)).split(/\n[ ]*(?:\n[ ]*)+/),
      };
    case 'plain':
    case 'absent':
      return { kind: given.kind, text: line(given.text) };
    case 'list':
      return { kind: given.kind, numbered: isNumbered(given.items), items: given.items.map(value) };
    case 'group':
      return { kind: given.kind, entries: given.entries.map(entry) };
  }
}

/** Groups take the width of the page under their label. */
const isWide = (given: DocumentValue): boolean =>
  given.kind === 'group' || (given.kind === 'list' && isNumbered(given.items));

const entry = ({ label, value: given }: DocumentEntry): object => ({
  label: line(label),
  value: { ...value(given), wide: isWide(given) },
});

const note = ({ status }: FixedBlock, language: Language): string | null =>
  status === 'unofficial' ? textsIn(language).unofficialTranslation : null;

/** The exercise stands first and last, the others before the text alone. */
const marks = (doc: DocumentText): object[] =>
  markingsBefore(doc).flatMap((block) => {
    if (block.kind === 'fixed') return [{ text: block.text, last: true, note: note(block, doc.language) }];
    return block.kind === 'marking' ? [{ text: block.text, last: false, note: null }] : [];
  });

const dateParts = (at: Date): object => ({
  year: at.getUTCFullYear(),
  month: at.getUTCMonth() + 1,
  day: at.getUTCDate(),
  hour: at.getUTCHours(),
  minute: at.getUTCMinutes(),
  second: at.getUTCSeconds(),
});

/**
 * The document as the JSON that `documentTypst` sets, free of controls and direction overrides.
 */
export function documentData(doc: DocumentText): string {
  const { language, tlp, sections } = doc;
  const texts = textsIn(language);
  // A heading of level 2 has one of level 1 before it (PDF/UA-1, 7.4.2).
  const first = sections.findIndex(({ level }) => level === 1);
  return JSON.stringify({
    title: line(doc.title),
    reference: line(doc.reference),
    language,
    direction: directionOf(language),
    date: dateParts(doc.producedAt),
    dense: doc.dense ?? false,
    tlp: { label: tlpLabel(tlp), colour: tlpColour(tlp).text },
    marks: marks(doc),
    page: pageWords(language),
    notice: texts.unprintable,
    entries: [
      { label: texts.label.marking, value: { kind: 'label', wide: false } },
      ...leadingEntries(doc).map(entry),
    ],
    sections: sections.map(({ title, level, source, entries }, index) => ({
      title: line(title),
      level: first === -1 || index < first ? 1 : level,
      source: source === undefined ? null : line(source),
      entries: entries.map(entry),
    })),
    closing: closingSentences(doc).map((block) => ({
      text: block.text,
      identity: identityOf(block),
      note: note(block, language),
    })),
  });
}

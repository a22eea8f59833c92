import { loosely, withAsciiDigits } from './loose-words.js';
import { isSection, sectionByWords, type Section } from './rfc2350-sections.js';
import type { Tell } from './findings.js';

/** A line, and where it stands in the document as it came. */
export interface Piece {
  line: number;
  text: string;
}

/** A document by its sections; `before`: what stands before the first heading. */
export interface Sectioned {
  of: ReadonlyMap<Section, Piece[]>;
  before: Piece[];
  /** In which the headings are, BCP 47. */
  language: string;
  headings: number;
}

const pageEnd =
  /(?:^|[\s[(])(?:page|seite|pagina|strona|strana|страница|стр\.?) ?\d{1,3}(?: ?(?:of|\/|de|di|von|sur|z|из|van) ?\d{1,3})?[\])]?$/;
const withoutDigits = (text: string): string => loosely(text).replace(/\d+/g, '').trim();

/** Lines without the page numbers of printed text, and the running heads around them. */
export function withoutPages(lines: readonly Piece[]): Piece[] {
  const ends = new Set<number>();
  lines.forEach(({ text }, at) => {
    if (text.includes('\f') || (text.length < 160 && pageEnd.test(loosely(text.trim())))) ends.add(at);
  });
  const count = new Map<string, number>();
  const near: number[] = [];
  for (const end of ends)
    for (let at = Math.max(0, end - 4); at <= Math.min(lines.length - 1, end + 5); at += 1)
      if (!ends.has(at) && lines[at]?.text.trim()) near.push(at);
  const places = new Set(near);
  for (const at of places) {
    const head = withoutDigits(lines[at]?.text ?? '');
    count.set(head, (count.get(head) ?? 0) + 1);
  }
  const repeats = (at: number): boolean => (count.get(withoutDigits(lines[at]?.text ?? '')) ?? 0) > 1;
  return lines.flatMap((piece, at) => {
    if (ends.has(at) && !piece.text.includes('\f')) return [];
    const text = piece.text.replace(/^[^\f]*\f/, (part) =>
      pageEnd.test(loosely(part.replace('\f', '').trim())) ? '' : part.replace('\f', ''),
    );
    return places.has(at) && repeats(at) ? [] : [{ ...piece, text }];
  });
}

interface Heading {
  section: Section | undefined;
  /** Deeper than the sections that are known. */
  deeper: boolean;
  numbered: boolean;
  title: string;
  value: string;
  language: string | undefined;
  /** The words of the heading say another section than its number. */
  renumbered: boolean;
}

const numbered =
  /^(?:#{1,6} ?)?(?:section |chapter |§ ?)?(\d{1,2}(?:\.\d{1,2}){0,3}|[IVX]{1,4}(?=[.):\s]))[.):]?[\s–-]*(?=[^\d\s.])(.{1,160})$/iu;
const romans = ['I', 'II', 'III', 'IV', 'V', 'VI', 'VII'];
const leaders = /[\s.·…_]{4,}\d{1,3}$/;

/** Title and value of `Title: value`. */
function parted(text: string): [title: string, value: string] {
  const colon = text.search(/[:：]/);
  return colon < 0
    ? [text, '']
    : ([text.slice(0, colon), text.slice(colon + 1)].map((part) => part.trim()) as [string, string]);
}

function numberedHeading(text: string): Heading | undefined {
  const [, given = '', rest = ''] = numbered.exec(text) ?? [];
  if (rest === '') return undefined;
  const roman = romans.indexOf(given.toUpperCase());
  const number = roman >= 0 ? String(roman + 1) : given.replace(/\.0+$/, '');
  const [title, value] = parted(rest.replace(/^\*+|\*+$/g, ''));
  const words = sectionByWords(title);
  // A number alone may be that of a house, or of an item of a list.
  if (!words && !number.includes('.')) return undefined;
  const parent = number.split('.').slice(0, 2).join('.');
  const deeper = !isSection(number) && isSection(parent) && number !== parent;
  const sentence = title.length > 90 || title.includes('@') || (!words && /[.;,]$/.test(title));
  if (sentence) return undefined;
  const byNumber = isSection(number) ? number : deeper && isSection(parent) ? parent : undefined;
  const renumbered = words?.whole === true && !deeper && words.section !== byNumber;
  const section = renumbered ? words.section : (byNumber ?? (words?.whole ? words.section : undefined));
  if (!section) return undefined;
  return {
    section,
    deeper,
    numbered: true,
    title,
    value,
    language: words?.language,
    renumbered: renumbered && isSection(number),
  };
}

function wordHeading(text: string): Heading | undefined {
  const [title, value] = parted(text.replace(/^[#*\s]+|[*\s]+$/g, ''));
  const words = title.length <= 60 ? sectionByWords(title) : undefined;
  if (!words?.whole) return undefined;
  return {
    section: words.section,
    deeper: false,
    numbered: false,
    title,
    value,
    language: words.language,
    renumbered: false,
  };
}

const headingOf = (text: string, words: boolean): Heading | undefined => {
  if (text === '' || text.length > 260) return undefined;
  return numberedHeading(text) ?? (words ? wordHeading(text) : undefined);
};

/** What a title says beyond its words: "Time zone CET/CEST". */
function besides({ section, title, value }: Heading): string {
  if (value !== '') return value;
  const said = section === '2.3' ? /[\d/]|\b[A-Z]{3,4}\b/ : /@|\+\d|\d{5}/;
  return said.test(title) ? title : '';
}

/** Lines put under the sections that their headings name: by number first, then by words in twelve languages. */
export function sectionsOf(lines: readonly Piece[], tell: Tell): Sectioned {
  const of = new Map<Section, Piece[]>();
  const before: Piece[] = [];
  const votes = new Map<string, number>();
  const plain = lines.map((piece) => ({
    ...piece,
    text: withAsciiDigits(piece.text)
      .replace(/[\s\u00a0]+/g, ' ')
      .trim(),
  }));
  const few = plain.filter(({ text }) => headingOf(text, false)).length < 5;
  const put = (section: Section | undefined, piece: Piece): void => {
    const list = section ? (of.get(section) ?? []) : before;
    list.push(piece);
    if (section) of.set(section, list);
  };
  let current: Section | undefined;
  let headings = 0;
  for (const piece of plain) {
    if (leaders.test(piece.text) || /^[-=_*~+#]{3,}$/.test(piece.text)) continue;
    const heading = headingOf(piece.text, true);
    const oneLine = heading && !heading.numbered && heading.value !== '';
    if (!heading?.section || (!heading.numbered && !oneLine && !few)) {
      put(current, piece);
      continue;
    }
    headings += 1;
    if (heading.language) votes.set(heading.language, (votes.get(heading.language) ?? 0) + 1);
    if (heading.renumbered)
      tell(
        'warn',
        'ambiguous',
        `The heading "${heading.title}" is numbered otherwise than in RFC 2350: its words decided.`,
        { line: piece.line },
      );
    const value = heading.deeper
      ? [heading.title, heading.value].filter((part) => part !== '').join(': ')
      : besides(heading);
    if (!of.has(heading.section)) of.set(heading.section, []);
    if (value !== '') put(heading.section, { line: piece.line, text: heading.deeper ? `* ${value}` : value });
    // A labelled line within a section is a word on another one, not its beginning.
    if (!oneLine || few) current = heading.section;
  }
  const [language = 'en'] = [...votes].sort(([, one], [, other]) => other - one)[0] ?? [];
  return { of, before, language, headings };
}

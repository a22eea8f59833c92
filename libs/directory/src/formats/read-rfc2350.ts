import type { WrittenIn } from '#libs/parties';
import { takeSigned, tellSignature } from './clear-signed.js';
import { readDate } from './date-text.js';
import { decodeText } from './decode-text.js';
import {
  newDraft,
  newPointOfContact,
  type Draft,
  type Finding,
  type Reading,
  type ReadOptions,
} from './draft-entry.js';
import { quoted, teller, type Tell } from './findings.js';
import { loosely } from './loose-words.js';
import { isHtml, textOfHtml } from './html-text.js';
import { paragraphs, readConstituents, readNames, stateNamed, textsOf } from './rfc2350-body.js';
import * as contacts from './rfc2350-contact.js';
import { sectionsOf, withoutPages, type Piece, type Sectioned } from './rfc2350-document.js';
import { keyOfBlock, keysNamed, takeBlocks } from './rfc2350-keys.js';
import { sections, type Section } from './rfc2350-sections.js';
import { tidyEntry } from './tidy-entry.js';

/** Lines longer than this say nothing that is read. */
const longest = 10_000;

/** A document of a team has some hundreds of lines. */
const mostLines = 20_000;

/** Sections that say how a team works, not how it is reached. */
const withoutPlace: readonly Section[] = ['1.2', '1.3', '1.4', '2.9', '4', '4.1', '4.2', '4.3', '6', '7'];

interface Reader extends contacts.ContactReader {
  draft: Draft;
  document: Sectioned;
  unread: Piece[];
}

const piecesOf = ({ document }: Reader, ...of: Section[]): Piece[] =>
  of
    .flatMap((section) => document.of.get(section) ?? [])
    .filter(({ text }, at, all) => text !== '' || at < all.length - 1);

function readDateOf(reader: Reader): void {
  const [piece] = piecesOf(reader, '1.1').filter(({ text }) => readDate(text));
  const read = piece && readDate(piece.text);
  if (!read) return;
  const { at, tell } = reader;
  const place = { line: piece.line };
  const old = at.getTime() - new Date(read.on).getTime() > 366 * 86_400_000;
  if (read.ambiguous) tell('warn', 'ambiguous', `${quoted(piece.text)} was read as ${read.on}.`, place);
  if (old)
    tell('warn', 'expired', `The document was last changed on ${read.on}, more than a year ago.`, place);
  else tell('accept', 'understood', `The document was last changed on ${read.on}.`, place);
}

/** A text as long as the directory keeps it; what is cut off is told. */
function fitted({ tell }: Reader, section: Section, text: string, most: number): string {
  if (text.length <= most) return text;
  tell('warn', 'cut-short', `Section ${section} is longer than ${most} characters, and was cut there.`);
  return text.slice(0, most).toWellFormed();
}

const bullet = /^[-*•·–▪◦]+ ?/;

function servicesOf(reader: Reader): string[] {
  const items = paragraphs(piecesOf(reader, '5', '5.1', '5.2')).filter(({ text }) => bullet.test(text));
  if (items.length > 50) reader.tell('warn', 'cut-short', 'Of the services the first fifty were read.');
  return items
    .slice(0, 50)
    .map(({ text }) => fitted(reader, '5', text.replace(bullet, '').replace(/[:：;]$/, ''), 200));
}

function readBody(reader: Reader): void {
  const { draft, document, tell, unread } = reader;
  const { body } = draft;
  const written = (...of: Section[]): WrittenIn[] =>
    textsOf(piecesOf(reader, ...of), document.language).map(({ text, language }) => ({
      ...{ text: fitted(reader, of[0] ?? '3', text, 4000), language },
    }));
  readNames(draft, piecesOf(reader, '2.1'), document.language);
  for (const [language, name] of Object.entries(body.names))
    body.names[language] = fitted(reader, '2.1', name, 200);
  const joined = (section: Section, pieces: Piece[], between: string, most: number): string =>
    fitted(reader, section, pieces.map(({ text }) => text).join(between), most);
  body.postalAddress = joined('2.2', piecesOf(reader, '2.2'), '\n', 2000);
  body.affiliation = joined('3.3', paragraphs(piecesOf(reader, '3.3')), ' ', 500);
  body.profile.mandate = written('3.1', '3');
  body.profile.authority = written('3.4');
  body.profile.services = servicesOf(reader);
  const constituents = readConstituents(piecesOf(reader, '3.2'), tell);
  body.constituency = constituents.items.slice(0, 500);
  const other = contacts.unreadBy(constituents.unread, () => false);
  const [first] = other;
  if (first)
    tell(
      'warn',
      'no-place',
      'What section 3.2 says beside networks and domains has no place in the directory.',
      {
        line: first.line,
      },
    );
  unread.push(...other);
}

function readWays(reader: Reader): void {
  const { unread } = reader;
  const zone = piecesOf(reader, '2.3');
  if (!contacts.readZoneOf(reader, zone)) unread.push(...contacts.unreadBy(zone, () => false));
  unread.push(
    ...contacts.unreadBy(piecesOf(reader, '2.7'), (piece) => contacts.readMails(reader, piece)),
    ...contacts.unreadBy(piecesOf(reader, '2.4'), (piece) =>
      contacts.readNumbers(reader, piece, 'telephone'),
    ),
    ...contacts.unreadBy(piecesOf(reader, '2.5'), (piece) => contacts.readNumbers(reader, piece, 'fax')),
    ...contacts.unreadBy(piecesOf(reader, '2.6'), (piece) =>
      [contacts.readMessengers(reader, piece), contacts.readNumbers(reader, piece, 'telephone')].includes(
        true,
      ),
    ),
  );
  const hours = piecesOf(reader, '2.11');
  const read = contacts.readHoursOf(reader, hours);
  const other = contacts.unreadBy(hours, (piece) =>
    [
      contacts.readMails(reader, piece),
      contacts.readNumbers(reader, piece, 'telephone'),
      contacts.readLanguagesOf(reader, piece),
    ].includes(true),
  );
  if (!read) unread.push(...other);
}

const website = /https:\/\/[^\s<>"']{4,490}/;

function readOther(reader: Reader): void {
  const { draft, unread } = reader;
  const other = contacts.unreadBy(piecesOf(reader, '2', '2.10'), (piece) => {
    const url = website.exec(piece.text)?.[0].replace(/[.,;)]+$/, '');
    if (url) draft.body.profile.website ??= url;
    const ways = [
      contacts.readLanguagesOf(reader, piece),
      contacts.readMails(reader, piece),
      contacts.readNumbers(reader, piece, 'telephone'),
    ];
    return url !== undefined || ways.includes(true);
  });
  unread.push(...other);
}

async function readKeys(reader: Reader, blocks: readonly Piece[]): Promise<void> {
  const { contact, at, tell, unread } = reader;
  const held = await Promise.all(
    blocks.map(async (block) => ({
      ...(await keyOfBlock(block, at, tell)),
      at: { line: block.line },
    })),
  );
  const named = keysNamed(piecesOf(reader, '2.8'), at, tell);
  const others = named.keys.filter(
    ({ fingerprint }) => !fingerprint || !held.some((key) => key.fingerprint === fingerprint),
  );
  contact.keys.push(...held, ...(held.length > 0 ? others.filter(({ fingerprint }) => fingerprint) : others));
  unread.push(...contacts.unreadBy(held.length > 0 ? [] : named.unread, () => false));
}

/** What is read first: the text of a page, what was signed, the lines without page numbers, the keys. */
async function opened(
  text: string,
  options: ReadOptions,
  tell: Tell,
): Promise<{ lines: Piece[]; blocks: Piece[] }> {
  const html = isHtml(text);
  if (html) tell('warn', 'from-html', 'The document is a page of the web: lines are counted in its text.');
  const plain = (html ? textOfHtml(text) : text)
    .replace(/^\uFEFF/, '')
    .replace(/\r\n|[\r\u0085\u2028\u2029\v]/g, '\n');
  const signed = takeSigned(plain);
  const all = (signed?.text ?? plain).split('\n');
  if (all.length > mostLines)
    tell('warn', 'cut-short', `Of ${all.length} lines the first ${mostLines} were read.`, {
      line: mostLines,
    });
  const lines = all
    .slice(0, mostLines)
    .map((line, at): Piece => ({ line: at + 1, text: line.slice(0, longest) }));
  const { blocks, rest } = takeBlocks(lines);
  if (signed) {
    const inside = blocks.map((block) => block.text);
    await tellSignature(signed, options.at, { known: options.keys ?? [], inside }, tell);
  }
  return { lines: withoutPages(rest), blocks };
}

function settle(reader: Reader, findings: Finding[]): Reading {
  const { draft, document, contact, unread, tell } = reader;
  const title =
    /rfc ?2350|^(?:table of )?contents|sommaire|inhalt|indice|оглавление|содержание|目录|description|^[\p{L}\d-]{2,20}$|csirt|cert/iu;
  unread.push(...document.before.filter(({ text }) => text !== '' && !title.test(text.slice(0, 200))));
  for (const section of withoutPlace)
    if (document.of.get(section)?.some(({ text }) => text !== ''))
      tell('accept', 'no-place', `Section ${section} (${sections[section]}) has no place in the directory.`, {
        line: document.of.get(section)?.[0]?.line ?? 1,
      });
  const sorted = unread.sort((one, other) => one.line - other.line).slice(0, 500);
  if (sorted.length > 0)
    tell('warn', 'unread', `${unread.length} lines were not understood.`, {
      line: sorted[0]?.line ?? 1,
      draft: 0,
    });
  if (Object.keys(draft.body.names).length === 0) tell('warn', 'missing', 'The document names no team.');
  if (contact.channels.length === 0) tell('warn', 'missing', 'The document names no way to reach the team.');
  tell(
    'accept',
    'understood',
    `${document.headings} headings, ${contact.channels.length} channels and ${contact.keys.length} keys were read.`,
    { draft: 0 },
  );
  const read = sorted.map(({ line, text }) => ({ line, text: text.slice(0, 2000) }));
  return { drafts: [{ ...tidyEntry(draft), unread: read }], findings };
}

/**
 * The best draft of a document about a team (RFC 2350): signed or not, from the web or from print, with its headings in
 * twelve languages. What was not understood is in `unread`.
 */
export async function readRfc2350(bytes: Uint8Array, options: ReadOptions): Promise<Reading> {
  const findings: Finding[] = [];
  const tell = teller(findings);
  const text = decodeText(bytes, tell);
  if (text === undefined) return { drafts: [], findings };
  const { lines, blocks } = await opened(text, options, tell);
  const document = sectionsOf(lines, tell);
  if (document.headings < 2) {
    tell('refuse', 'not-this-format', 'The document has none of the headings of RFC 2350.');
    return { drafts: [], findings };
  }
  const party =
    options.party ?? stateNamed([...(document.of.get('2.1') ?? []), ...(document.of.get('2.2') ?? [])]);
  if (party && !options.party)
    tell('warn', 'guessed', `The party was taken to be ${party}, by the State in its name or address.`, {
      draft: 0,
    });
  const contact = newPointOfContact('technical');
  const draft: Draft = { ...newDraft(party), pointsOfContact: [contact] };
  const reader: Reader = { ...{ draft, document, contact, party, tell, at: options.at }, unread: [] };
  readDateOf(reader);
  readBody(reader);
  readWays(reader);
  readOther(reader);
  await readKeys(reader, blocks);
  return settle(reader, findings);
}

/** Whether the beginning of a document looks like one about a team. */
export const looksLikeRfc2350 = (beginning: string): boolean =>
  /rfc ?-?2350/i.test(beginning) ||
  sectionsOf(
    (isHtml(beginning) ? textOfHtml(beginning) : loosely(beginning))
      .split(/\r\n|\r|\n/)
      .map((line, at) => ({ line: at + 1, text: line })),
    () => undefined,
  ).headings >= 4;

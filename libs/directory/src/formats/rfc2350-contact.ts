import type { ChannelKind } from '../entry-words.js';
import type { DraftPointOfContact } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { loosely } from './loose-words.js';
import { readHours } from './hours-text.js';
import { readChannel, withPlainAddresses } from './read-channel.js';
import { readLanguage } from './read-values.js';
import type { Piece } from './rfc2350-document.js';
import { readZone } from './zone-text.js';

/** What readers of sections fill, and what they know beside it. */
export interface ContactReader {
  contact: DraftPointOfContact;
  at: Date;
  party: string | undefined;
  tell: Tell;
}

const none =
  /^(?:none|no\b|not (?:specified|available|applicable|provided|known|published)|n\/?a\b|nil|neant|aucun|sans objet|kein|nicht |нет|не |отсут|ningun|no disponible|nenhum|nao |nessun|non |brak|nie |zadn|neni|geen|niet |无|没有|暂无|لا يوجد|غير متاح|-+$)/;
const saysNone = (text: string): boolean => none.test(loosely(text.slice(0, 200)).trim());
const urgent =
  /emergenc|urgen|hot ?line|24 ?[x/h]|notfall|astreinte|экстрен|круглосуточ|alarm|nagl|nouz|tisnov|nood|around the clock|non-stop|out of hours|after hours|紧急|应急|طوارئ/;
const facsimile = /\bfax|facsimil|telefax|telecop|факс|传真|فاكس/;
const numbers = /(?<![\d.])\+?\(?\d[\d ().\u00a0/–-]{5,30}\d(?!\d)/g;
const mails = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9.-]{3,250}/g;
const spoken =
  /(?<![\w.+-])([A-Za-z0-9._+-]{1,64}) (?:at|arroba|chez) ((?:[A-Za-z0-9-]{1,63}(?: dot | punto | point |\.)){1,8}[A-Za-z]{2,24})(?![\w-])/gi;

function add({ contact, tell }: ContactReader, kind: ChannelKind, text: string, line: number): boolean {
  const read = readChannel(kind, text);
  if ('fault' in read) {
    tell('warn', 'bad-value', `${quoted(text)} ${read.fault}, and was left out.`, { line });
    return false;
  }
  const known = contact.channels.some(
    ({ address, kind: of }) => address === read.channel.address && of === kind,
  );
  if (!known) contact.channels.push({ ...read.channel, at: { line } });
  return true;
}

/** Telephone numbers of a line; which of them are for emergencies or faxes its words say. False: it holds none. */
export function readNumbers(reader: ContactReader, { text, line }: Piece, kind: ChannelKind): boolean {
  const said = loosely(text.slice(0, 1000));
  const of = facsimile.test(said)
    ? 'fax'
    : kind === 'telephone' && urgent.test(said)
      ? 'emergency-telephone'
      : kind;
  const found = [...text.slice(0, 1000).matchAll(numbers)].map(([number]) => number);
  return found
    .filter((number) => number.replace(/\D/g, '').length >= 7)
    .map((number) => add(reader, of, number, line))
    .some((one) => one);
}

/** Mail addresses of a line, hidden ones too. False: it holds none. */
export function readMails(reader: ContactReader, { text, line }: Piece): boolean {
  const given = text.slice(0, 2000);
  const open = withPlainAddresses(given);
  const plain = [...open.matchAll(mails)].map(([address]) => address.replace(/[.-]+$/, ''));
  const hidden =
    plain.length > 0
      ? []
      : [...open.matchAll(spoken)].map(
          ([, local = '', domain = '']) => `${local}@${domain.replace(/ (?:dot|punto|point) /gi, '.')}`,
        );
  const taken = [...plain, ...hidden].map((address) => add(reader, 'mail', address, line));
  if (taken.includes(true) && (hidden.length > 0 || open !== given))
    reader.tell('warn', 'obfuscated', `${quoted(text)} was read as ${[...plain, ...hidden].join(', ')}.`, {
      line,
    });
  return taken.includes(true);
}

const handles =
  /(?<![\w.])(?:(?:xmpp|sip|sips|matrix|signal|threema|sgnl|ircs?):[^\s"<>\\^`{|}]{2,200}|@[A-Za-z0-9_][\w.-]{1,59}(?![\w@]))/gi;

/** Messengers of a line. False: it holds none. */
export const readMessengers = (reader: ContactReader, { text, line }: Piece): boolean =>
  [...text.slice(0, 1000).matchAll(handles)]
    .map(([address]) => add(reader, 'messenger', address.replace(/[.,;)]+$/, ''), line))
    .some((one) => one);

/** The time zone of a section. False: it names none that is known. */
export function readZoneOf({ contact, at, party, tell }: ContactReader, pieces: readonly Piece[]): boolean {
  const text = pieces.map((piece) => piece.text).join(' ');
  const read = readZone(text, at, party);
  if (!read) return false;
  contact.zone ??= read.zone;
  if (read.assumed) tell('warn', 'assumed', read.assumed, { line: pieces[0]?.line ?? 1 });
  return true;
}

const labelOfLanguages =
  /^[^:]{0,40}(?:langu|sprach|idioma|язык|jezyk|jazyk|taal|talen|lingu|语言|اللغ)[^:]{0,40}[:：](.*)$/;

/** Languages that a line lists after a label. False: it lists none. */
export function readLanguagesOf({ contact }: ContactReader, { text }: Piece): boolean {
  const list = labelOfLanguages.exec(loosely(text.slice(0, 300)))?.[1] ?? '';
  const tags = list
    .split(/[,;/]| and | et | und | y | и | e /)
    .flatMap((word) => readLanguage(word.trim().replace(/\.$/, '')) ?? []);
  contact.languages.push(...tags.filter((tag) => !contact.languages.includes(tag)));
  return tags.length > 0;
}

/** Hours of duty of a section, which is read whole, for they are broken over lines. False: it names none. */
export function readHoursOf({ contact, tell }: ContactReader, pieces: readonly Piece[]): boolean {
  const read = readHours(pieces.map(({ text }) => text).join('\n'));
  if (!read) return false;
  contact.duty = read.duty;
  if (read.assumed)
    tell('warn', 'assumed', 'The hours name no days: Monday to Friday was assumed.', {
      line: pieces[0]?.line ?? 1,
    });
  return true;
}

/** The pieces of which a reader could make nothing; words for "none" are understood. */
export const unreadBy = (pieces: readonly Piece[], reads: (piece: Piece) => boolean): Piece[] =>
  pieces.filter((piece) => piece.text !== '' && !reads(piece) && !saysNone(piece.text));

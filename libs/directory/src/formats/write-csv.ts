import { stringify } from 'csv-stringify/sync';
import type { BodyProfile, WrittenIn } from '#libs/parties';
import { defuse, joinItems } from './csv-cell.js';
import { columns, inLanguages, type Column, type InLanguages } from './csv-columns.js';
import type {
  DirectoryEntry,
  DraftBody,
  DraftChannel,
  DraftKey,
  DraftPointOfContact,
} from './draft-entry.js';
import { writeHours } from './hours-text.js';
import { tidyEntry } from './tidy-entry.js';

/** Cells of a row by the name of their column, `role:fr` among them. */
type Row = Record<string, string | undefined>;

const titleOf = (column: InLanguages, language: string): string =>
  language === 'und' ? column : `${column}:${language}`;

const ofNames = (column: InLanguages, names: Readonly<Record<string, string>>): Row =>
  Object.fromEntries(Object.entries(names).map(([language, text]) => [titleOf(column, language), text]));
const ofTexts = (column: InLanguages, texts: readonly WrittenIn[] = []): Row =>
  Object.fromEntries(texts.map(({ text, language }) => [titleOf(column, language), text]));

const cells = (row: Partial<Record<Column, string | undefined>>): Row => row;

function ofProfile({ website, established, services = [], nonMisuse, ...texts }: BodyProfile): Row {
  return {
    ...cells({ website, established, services: joinItems(services) }),
    ...ofTexts('status', texts.status),
    ...ofTexts('authority', texts.authority),
    ...ofTexts('mandate', texts.mandate),
    ...cells({ 'non-misuse declared on': nonMisuse?.declaredOn, 'non-misuse url': nonMisuse?.url }),
    ...ofTexts('non-misuse', nonMisuse?.text),
  };
}

const ofBody = (body: DraftBody): Row => ({
  ...ofNames('body', body.names),
  ...cells({
    'body short name': body.shortName,
    'body kind': body.kind,
    'sharing boundary': body.sharingBoundary,
    constituency: joinItems(body.constituency.map(({ kind, value }) => `${kind}:${value}`)),
    'postal address': body.postalAddress,
    affiliation: body.affiliation,
  }),
  ...ofProfile(body.profile),
});

function ofContact(contact: DraftPointOfContact): Row {
  const { level, position, person, languages, zone, duty, readiness, note } = contact;
  const { holidays, ownHolidays = [] } = duty;
  return {
    ...ofNames('role', contact.roleNames),
    ...cells({
      ...{ level, position: position?.toString(), person: person?.name, title: person?.title, zone },
      languages: joinItems(languages),
      hours: writeHours(duty),
      holidays: holidays && [holidays.country, holidays.region ?? ''].join(' ').trim(),
      'own holidays': joinItems(ownHolidays.map(({ on, name }) => `${on} ${name}`)),
      'expected roles': joinItems(contact.expectedRoles),
      coordination: joinItems(contact.coordination),
      readiness: joinItems(Object.entries(readiness).map(([name, met]) => `${name}=${met ? 'yes' : 'no'}`)),
      ...{ note: note?.text, 'note language': note?.language },
    }),
  };
}

const ofChannel = (channel: DraftChannel | undefined): Row =>
  channel
    ? cells({
        ...{ channel: channel.kind, address: channel.address, purpose: channel.purpose },
        ...{ encryption: channel.encryption, 'expires on': channel.expiresOn ?? undefined },
      })
    : {};
const ofKey = (key: DraftKey | undefined): Row =>
  key
    ? cells({
        ...{ 'key standard': key.standard, 'key fingerprint': key.fingerprint },
        ...{ 'key expires on': key.expiresOn, 'key url': key.url, 'key material': key.material },
      })
    : {};

function rowsOf(entry: DirectoryEntry, number: number): Row[] {
  const first = { ...cells({ entry: String(number), party: entry.party }), ...ofBody(entry.body) };
  if (entry.pointsOfContact.length === 0) return [first];
  return entry.pointsOfContact.flatMap((contact, at): Row[] => {
    const said = { ...first, ...cells({ contact: String(at + 1) }), ...ofContact(contact) };
    const rows = Math.max(1, contact.channels.length, contact.keys.length);
    return Array.from({ length: rows }, (_, row) => ({
      ...{ ...said, order: String(row + 1) },
      ...{ ...ofChannel(contact.channels[row]), ...ofKey(contact.keys[row]) },
    }));
  });
}

/** Titles of the columns: the documented ones, and those of languages once for each language that occurs. */
function titlesOf(rows: readonly Row[]): string[] {
  const used = new Set(rows.flatMap((row) => Object.keys(row)));
  return columns.flatMap((column) =>
    inLanguages.some((one) => one === column)
      ? [...used].filter((title) => title === column || title.startsWith(`${column}:`)).sort()
      : [column],
  );
}

/**
 * A table with one row for each channel, what is said of its point of contact and body on each (RFC 4180, with a byte
 * order mark, by which spreadsheets know UTF-8). No cell is a formula.
 */
export function writeCsv(entries: readonly DirectoryEntry[]): string {
  const rows = entries.map(tidyEntry).flatMap((entry, at) => rowsOf(entry, at + 1));
  const titles = titlesOf(rows);
  const table = rows.map((row) => titles.map((title) => defuse(row[title] ?? '')));
  return stringify([titles, ...table], { bom: true, record_delimiter: '\r\n' });
}

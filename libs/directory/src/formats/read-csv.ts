import type { ColumnRead } from './csv-columns.js';
import { channelColumns, inLanguages, type ChannelColumn, type Column } from './csv-columns.js';
import { readRowBody } from './csv-body.js';
import { readRowChannels, readRowContact, readRowKey } from './csv-contact.js';
import { readTable, type TableRow } from './csv-table.js';
import { decodeText } from './decode-text.js';
import type { Draft, DraftPointOfContact, Finding, Reading, ReadOptions } from './draft-entry.js';
import { teller, type Tell } from './findings.js';
import { tidyEntry } from './tidy-entry.js';

const bodyColumns: readonly Column[] = [
  ...([
    'party',
    'body',
    'body short name',
    'body kind',
    'sharing boundary',
    'website',
    'established',
  ] as const),
  ...(['services', 'status', 'authority', 'mandate', 'non-misuse declared on', 'non-misuse url'] as const),
  ...(['non-misuse', 'constituency', 'postal address', 'affiliation'] as const),
];
const contactColumns: readonly Column[] = [
  ...(['level', 'position', 'role', 'person', 'title', 'languages', 'zone', 'hours', 'holidays'] as const),
  ...(['own holidays', 'expected roles', 'coordination', 'readiness', 'note', 'note language'] as const),
];
const waysColumns: readonly ColumnRead['name'][] = [
  ...(['channel', 'address', 'key fingerprint', 'key url', 'key material'] as const),
  ...(Object.keys(channelColumns) as ChannelColumn[]),
];

/** All that a row says in some columns, to see whether another says the same. */
const saidIn = (row: TableRow, names: readonly Column[]): string =>
  JSON.stringify(
    names.map((name) => (inLanguages.some((one) => one === name) ? row.inLanguages(name) : row.cell(name))),
  );
const isEmpty = (said: string): boolean => !/[^[\]",]/.test(said);

interface Group<T> {
  value: T;
  said: string;
  line: number;
}
interface Contact extends Group<DraftPointOfContact> {
  rows: { row: TableRow; order: number }[];
}
interface Entry extends Group<Draft> {
  contacts: Map<string, Contact>;
}

function differs(group: Group<unknown>, said: string, of: string, line: number, tell: Tell): void {
  if (said !== group.said && !isEmpty(said))
    tell(
      'warn',
      'ambiguous',
      `It says something else of the ${of} than line ${group.line} does, which was kept.`,
      { line },
    );
}

/** Rows by entry and contact: by their numbers, and without those by what is said of them. */
function grouped(rows: readonly TableRow[], options: ReadOptions, tell: Tell): Entry[] {
  const entries = new Map<string, Entry>();
  for (const row of rows) {
    const { line } = row;
    const said = saidIn(row, bodyColumns);
    const key = row.cell('entry') || `said ${JSON.stringify([row.cell('party'), row.inLanguages('body')])}`;
    let entry = entries.get(key);
    if (!entry) {
      const value = readRowBody(row, options.party, (severity, code, detail, place) =>
        tell(severity, code, detail, { line, ...place, draft: entries.size }),
      );
      entry = { ...{ value, said, line }, contacts: new Map() };
      entries.set(key, entry);
    } else differs(entry, said, 'body', line, tell);
    const draft = [...entries.keys()].indexOf(key);
    addContact(entry, row, (severity, code, detail, place) =>
      tell(severity, code, detail, { ...place, draft }),
    );
  }
  return [...entries.values()];
}

function addContact(entry: Entry, row: TableRow, tell: Tell): void {
  const { line } = row;
  const said = saidIn(row, contactColumns);
  const number = row.cell('contact');
  if (number === '' && isEmpty(said) && waysColumns.every((name) => row.cell(name) === '')) return;
  const key = number || `said ${said}`;
  let contact = entry.contacts.get(key);
  if (!contact) {
    const value = readRowContact(row, (severity, code, detail, place) =>
      tell(severity, code, detail, { line, ...place }),
    );
    contact = { ...{ value, said, line }, rows: [] };
    entry.contacts.set(key, contact);
  } else differs(contact, said, 'point of contact', line, tell);
  const order = Number(row.cell('order'));
  contact.rows.push({ row, order: Number.isInteger(order) && order > 0 ? order : contact.rows.length + 1 });
}

/**
 * What a table says (RFC 4180; cells parted by commas, semicolons or tabs). Rows of one body, and of one point of
 * contact, are put together, wherever they stand.
 */
export function readCsv(bytes: Uint8Array, options: ReadOptions): Reading {
  const findings: Finding[] = [];
  const tell = teller(findings);
  const text = decodeText(bytes, tell);
  if (text === undefined) return { drafts: [], findings };
  const { rows, named } = readTable(text, tell);
  const entries = grouped(rows, options, tell);
  const drafts = entries.map((entry, draft): Draft => {
    const pointsOfContact = [...entry.contacts.values()].map(({ value, rows: ways }) => {
      ways.sort((one, other) => one.order - other.order);
      for (const { row } of ways) {
        const tellRow: Tell = (severity, code, detail, place) =>
          tell(severity, code, detail, { line: row.line, ...place, draft });
        value.channels.push(...readRowChannels(row, options.at, tellRow));
        value.keys.push(...readRowKey(row, options.at, tellRow));
      }
      return value;
    });
    return tidyEntry({ ...entry.value, pointsOfContact, at: { line: entry.line } });
  });
  if (named && drafts.length === 0) tell('refuse', 'empty', 'The table has no rows under its first one.');
  drafts.forEach(({ pointsOfContact }, draft) =>
    tell('accept', 'understood', `${pointsOfContact.length} points of contact were read.`, {
      ...{ draft, line: entries[draft]?.line ?? 1 },
    }),
  );
  return { drafts, findings };
}

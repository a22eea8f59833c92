import { isZone } from '#libs/timeliness';
import type { Duty } from '../duty.js';
import { channelPurposes, channelKinds, encryptions, levels, type ChannelKind } from '../entry-words.js';
import { asDay, asText, asWebsite, taken } from './csv-body.js';
import { splitItems } from './csv-cell.js';
import { channelColumns, type ChannelColumn, type Column } from './csv-columns.js';
import type { TableRow } from './csv-table.js';
import {
  newPointOfContact,
  type DraftChannel,
  type DraftKey,
  type DraftPointOfContact,
} from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { readHours } from './hours-text.js';
import { readChannel } from './read-channel.js';
import { isDay, readHolidays, readLanguage, readWord, readWords, type Value } from './read-values.js';
import { bareFingerprint } from './tidy-entry.js';

const keyStandards = ['openpgp', 'smime', 'unknown'] as const;
const asPosition = (text: string): Value<number> =>
  /^[1-9]\d{0,2}$/.test(text)
    ? { value: Number(text) }
    : { fault: `must be a number from 1, not ${quoted(text)}` };

function dutyOf(row: TableRow, tell: Tell): Duty {
  const hours = taken(row, 'hours', tell, (text): Value<Duty> => {
    const read = readHours(text);
    if (read?.assumed)
      tell('warn', 'assumed', 'The hours name no days: Monday to Friday was assumed.', { column: 'hours' });
    return read
      ? { value: read.duty }
      : { fault: `must be hours such as Mon-Fri 09:00-17:00, or 24/7, not ${quoted(text)}` };
  });
  const ownHolidays = splitItems(row.cell('own holidays')).flatMap((item) => {
    const [on = '', name = ''] = [item.slice(0, 10), item.slice(10).trim()];
    if (isDay(on) && name !== '') return [{ on, name }];
    tell('refuse', 'bad-value', `${quoted(item)} must be a day and a name, as 2026-07-01 Day of rest.`, {
      column: 'own holidays',
    });
    return [];
  });
  return { ...hours, holidays: taken(row, 'holidays', tell, readHolidays), ownHolidays };
}

function wordsOf(row: TableRow, column: Column, tell: Tell): string[] {
  const { words, unfit } = readWords(splitItems(row.cell(column)));
  for (const item of unfit)
    tell('refuse', 'bad-value', `${quoted(item)} must be small letters, joined by hyphens.`, { column });
  return words;
}

function readinessOf(row: TableRow, tell: Tell): Record<string, boolean> {
  const answers = splitItems(row.cell('readiness')).flatMap((item): [string, boolean][] => {
    const [, name = '', answer = ''] =
      /^([a-z]+(?:-[a-z]+)*) ?= ?(yes|no|true|false)$/i.exec(item.slice(0, 100)) ?? [];
    if (name !== '') return [[name.toLowerCase(), /^[yt]/i.test(answer)]];
    tell('refuse', 'bad-value', `${quoted(item)} must be a word and yes or no, as night-duty=yes.`, {
      column: 'readiness',
    });
    return [];
  });
  return Object.fromEntries(answers);
}

function languagesOf(row: TableRow, tell: Tell): string[] {
  return row
    .cell('languages')
    .split(/[;,\n]/)
    .filter((item) => item.trim() !== '')
    .flatMap((item) => {
      const tag = readLanguage(item);
      if (!tag)
        tell('refuse', 'bad-value', `${quoted(item)} is no language (BCP 47).`, { column: 'languages' });
      return tag ? [tag] : [];
    });
}

/** What a row says of a point of contact, without the ways to it. */
export function readRowContact(row: TableRow, tell: Tell): DraftPointOfContact {
  const name = taken(row, 'person', tell, asText);
  const title = taken(row, 'title', tell, asText);
  const text = taken(row, 'note', tell, asText);
  const language = taken(row, 'note language', tell, (tag) => {
    const value = readLanguage(tag);
    return value ? { value } : { fault: 'must be a language (BCP 47)' };
  });
  if (title && !name)
    tell('warn', 'missing', 'The title has no person and was left out.', { column: 'title' });
  return {
    ...newPointOfContact(taken(row, 'level', tell, (word) => readWord(word, levels))),
    position: taken(row, 'position', tell, asPosition),
    roleNames: Object.fromEntries(row.inLanguages('role')),
    person: name ? { name, title } : null,
    languages: languagesOf(row, tell),
    zone: taken(row, 'zone', tell, (zone) =>
      isZone(zone) ? { value: zone } : { fault: `must be an IANA time zone, not ${quoted(zone)}` },
    ),
    duty: dutyOf(row, tell),
    expectedRoles: wordsOf(row, 'expected roles', tell),
    coordination: wordsOf(row, 'coordination', tell),
    readiness: readinessOf(row, tell),
    note: text ? { text, language: language ?? 'und' } : null,
    at: { line: row.line },
  };
}

function channelOf(
  row: TableRow,
  column: Column | ChannelColumn,
  kind: ChannelKind,
  text: string,
  at: Date,
  tell: Tell,
): DraftChannel[] {
  const read = readChannel(kind, text);
  if ('fault' in read) {
    tell('refuse', 'bad-value', `${quoted(text)} ${read.fault}.`, { column });
    return [];
  }
  if (read.hidden)
    tell('warn', 'obfuscated', `${quoted(text)} was read as ${read.channel.address}.`, { column });
  const expiresOn = taken(row, 'expires on', tell, asDay) ?? null;
  tellExpired(expiresOn ?? undefined, 'channel', at, tell);
  return [
    {
      ...{ ...read.channel, expiresOn, at: { line: row.line } },
      purpose: taken(row, 'purpose', tell, (word) => readWord(word, channelPurposes)) ?? 'any',
      encryption: taken(row, 'encryption', tell, (word) => readWord(word, encryptions)) ?? 'none',
    },
  ];
}

function tellExpired(on: string | undefined, what: 'channel' | 'key', at: Date, tell: Tell): void {
  if (on && on < at.toISOString().slice(0, 10)) tell('warn', 'expired', `The ${what} expired on ${on}.`);
}

/** The channels of a row: the one of its own columns, then those of simple lists. */
export function readRowChannels(row: TableRow, at: Date, tell: Tell): DraftChannel[] {
  const [address, word] = [row.cell('address'), row.cell('channel')];
  const guessed: ChannelKind = address.includes('@') && !/^[@a-z]+:/.test(address) ? 'mail' : 'telephone';
  const kind =
    word === '' ? guessed : taken(row, 'channel', tell, (text) => readWord<ChannelKind>(text, channelKinds));
  if (address !== '' && word === '')
    tell('warn', 'guessed', `Without a kind of channel ${quoted(address)} was taken for ${guessed}.`, {
      column: 'channel',
    });
  if (address === '' && word !== '')
    tell('refuse', 'missing', 'The channel has no address.', { column: 'address' });
  const own = kind && address !== '' ? channelOf(row, 'address', kind, address, at, tell) : [];
  const simple = (Object.keys(channelColumns) as ChannelColumn[]).flatMap((column) =>
    splitItems(row.cell(column)).flatMap((text) =>
      channelOf(row, column, channelColumns[column], text, at, tell),
    ),
  );
  return [...own, ...simple];
}

/** The key of a row; of claimed fingerprints, those that have the length of one. */
export function readRowKey(row: TableRow, at: Date, tell: Tell): DraftKey[] {
  const fingerprint = taken(row, 'key fingerprint', tell, (text) => {
    const value = bareFingerprint(text);
    return /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/.test(value)
      ? { value }
      : { fault: 'must be 40 or 64 hexadecimal digits' };
  });
  const url = taken(row, 'key url', tell, (text) =>
    /^(?:dns|openpgp4fpr):/i.test(text) ? { value: text } : asWebsite(text),
  );
  const material = taken(row, 'key material', tell, asText);
  if (!fingerprint && !url && !material) return [];
  const expiresOn = taken(row, 'key expires on', tell, asDay);
  tellExpired(expiresOn, 'key', at, tell);
  const standard = taken(row, 'key standard', tell, (word) => readWord(word, keyStandards));
  const key = { standard: standard ?? 'unknown', material, fingerprint, expiresOn, url };
  return [{ ...key, at: { line: row.line } }];
}

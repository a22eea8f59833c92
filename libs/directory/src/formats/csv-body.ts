import { bodyKinds, sharingBoundaries, type WrittenIn } from '#libs/parties';
import { readConstituency, type ConstituencyItem } from '../constituency.js';
import { constituencyKinds } from '../entry-words.js';
import { splitItems } from './csv-cell.js';
import type { Column } from './csv-columns.js';
import type { TableRow } from './csv-table.js';
import { newDraft, type Draft } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { isDay, readWord, type Value } from './read-values.js';

/** The value of a cell, told and left out where it does not fit. */
export function taken<T>(
  row: TableRow,
  column: Column,
  tell: Tell,
  read: (text: string) => Value<T>,
): T | undefined {
  const text = row.cell(column);
  if (text === '') return undefined;
  if (row.isFormula(column)) {
    tell('refuse', 'formula', `${quoted(text)} is a formula and not taken.`, { column });
    return undefined;
  }
  const found = read(text);
  if ('value' in found) return found.value;
  tell('refuse', 'bad-value', `The ${column} ${found.fault}.`, { column });
  return undefined;
}

export const asDay = (text: string): Value<string> =>
  isDay(text) ? { value: text } : { fault: `must be a day such as 2026-07-01, not ${quoted(text)}` };
export const asText = (value: string): Value<string> => ({ value });
/** An address of the web, https and without credentials. */
export function asWebsite(text: string): Value<string> {
  const url = text.length <= 500 && /^https:\/\//i.test(text) ? URL.parse(text) : null;
  return url && !url.username && !url.password
    ? { value: text }
    : { fault: `must be an https address without credentials, not ${quoted(text)}` };
}

const textsOf = (row: TableRow, column: Column): WrittenIn[] | undefined => {
  const texts = row.inLanguages(column).map(([language, text]) => ({ text, language }));
  return texts.length > 0 ? texts : undefined;
};

function constituencyOf(row: TableRow, tell: Tell): ConstituencyItem[] {
  const column = 'constituency';
  return splitItems(row.cell(column)).flatMap((item): ConstituencyItem[] => {
    const [, word, value = ''] = /^([a-z]+)\s*[:=]\s*(.+)$/i.exec(item) ?? [];
    const kind = constituencyKinds.find((one) => one === word?.toLowerCase());
    const read = kind
      ? readConstituency({ kind, value })
      : { fault: 'must be a kind and a value, as asn:AS64500' };
    if ('value' in read) return [{ kind: read.kind, value: read.value }];
    tell('refuse', 'bad-value', `${quoted(item)} ${read.fault}.`, { column });
    return [];
  });
}

/** What a row says of the party and its body. */
export function readRowBody(row: TableRow, party: string | undefined, tell: Tell): Draft {
  const claimed = taken(row, 'party', tell, (text) =>
    /^[A-Za-z][A-Za-z0-9]{1,11}$/.test(text)
      ? { value: text.toUpperCase() }
      : { fault: `must be a code such as XA, not ${quoted(text)}` },
  );
  const draft = newDraft(claimed ?? party);
  const services = splitItems(row.cell('services'));
  const declaredOn = taken(row, 'non-misuse declared on', tell, asDay);
  const url = taken(row, 'non-misuse url', tell, asWebsite);
  const text = textsOf(row, 'non-misuse');
  if (!declaredOn && (url ?? text))
    tell('warn', 'missing', 'The declaration of non-misuse has no day and was left out.', {
      column: 'non-misuse declared on',
    });
  draft.body = {
    names: Object.fromEntries(row.inLanguages('body')),
    shortName: row.cell('body short name'),
    kind: taken(row, 'body kind', tell, (word) => readWord(word, bodyKinds)),
    sharingBoundary: taken(row, 'sharing boundary', tell, (word) => readWord(word, sharingBoundaries)),
    postalAddress: row.cell('postal address'),
    affiliation: row.cell('affiliation'),
    constituency: constituencyOf(row, tell),
    profile: {
      status: textsOf(row, 'status'),
      authority: textsOf(row, 'authority'),
      mandate: textsOf(row, 'mandate'),
      services: services.length > 0 ? services : undefined,
      website: taken(row, 'website', tell, asWebsite),
      established: taken(row, 'established', tell, asDay),
      nonMisuse: declaredOn ? { declaredOn, url, text } : undefined,
    },
  };
  return draft;
}

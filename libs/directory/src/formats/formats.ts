import { readColumn } from './csv-columns.js';
import { beginningOf } from './decode-text.js';
import { formatNames, type Format, type FormatName } from './draft-entry.js';
import { readCsv } from './read-csv.js';
import { looksLikeRfc2350, readRfc2350 } from './read-rfc2350.js';
import { readSecurityTxt } from './read-security-txt.js';
import { readTeams } from './read-ti-json.js';
import { withoutWays, writeSecurityTxt } from './security-txt.js';
import { writeTeams } from './ti-json.js';
import { readJcards, readVcard, writeJcards, writeVcard } from './vcard.js';
import { writeCsv } from './write-csv.js';
import { writeRfc2350 } from './write-rfc2350.js';

/** How sure the beginning of a document is to be of a format that it looks like. */
const looksLike =
  (pattern: RegExp, sure: number) =>
  (bytes: Uint8Array): number =>
    pattern.test(beginningOf(bytes)) ? sure : 0;

/** A first row that names columns which are known; else any row with marks between cells, hardly. */
function looksLikeTable(beginning: string): number {
  const [first = ''] = beginning.replace(/^\uFEFF?sep=.\s+/i, '').split(/\r\n|\r|\n/);
  const named = first.split(/[,;\t]/).filter((title) => readColumn(title.replaceAll('"', '')) !== undefined);
  if (named.length >= 2) return 0.95;
  return /^(?!-----BEGIN|[[{<])[^\n]*[,;\t]/.test(first) ? 0.1 : 0;
}

const csv: Format = {
  ...{ name: 'csv', mediaType: 'text/csv', extension: 'csv', holds: 'many' },
  detect: (bytes) => looksLikeTable(beginningOf(bytes)),
  read: async (bytes, options) => readCsv(bytes, options),
  write: writeCsv,
};
const vcard: Format = {
  ...{ name: 'vcard', mediaType: 'text/vcard', extension: 'vcf', holds: 'many' },
  detect: looksLike(/^BEGIN:VCARD/i, 1),
  read: async (bytes, options) => readVcard(bytes, options),
  write: writeVcard,
};
const jcard: Format = {
  ...{ name: 'jcard', mediaType: 'application/vcard+json', extension: 'json', holds: 'many' },
  detect: looksLike(/^\[\s*(?:\[\s*)?"vcard"/, 1),
  read: async (bytes, options) => readJcards(bytes, options),
  write: writeJcards,
};
const tiJson: Format = {
  ...{ name: 'ti-json', mediaType: 'application/json', extension: 'json', holds: 'many' },
  detect: looksLike(/^[[{]\s*[[{"][^]{0,3000}"(?:official_name|short_name|host_organisation|pgp_keys)"/, 0.9),
  read: async (bytes, options) => readTeams(bytes, options),
  write: writeTeams,
};
const rfc2350: Format = {
  ...{ name: 'rfc2350', mediaType: 'text/plain', extension: 'txt', holds: 'one' },
  detect: (bytes) => (looksLikeRfc2350(beginningOf(bytes)) ? 0.7 : 0),
  read: readRfc2350,
  write: writeRfc2350,
};
const securityTxt: Format = {
  ...{ name: 'security-txt', mediaType: 'text/plain', extension: 'txt', holds: 'one' },
  detect: looksLike(/^(?:Contact|Expires):/im, 0.8),
  read: readSecurityTxt,
  unwritable: withoutWays,
  write: writeSecurityTxt,
};

const known: Readonly<Record<FormatName, Format>> = {
  ...{ csv, vcard, jcard, 'ti-json': tiJson, rfc2350, 'security-txt': securityTxt },
};

/** Every format, in the order in which people meet them. */
export const formats: readonly Format[] = Object.freeze(formatNames.map((name) => known[name]));

/** A format by its name. */
export const formatNamed = (name: FormatName): Format => known[name];

/** The format that the beginning of a document makes most likely; undefined where it makes none likely. */
export function detectFormat(bytes: Uint8Array): Format | undefined {
  const [best] = formats
    .map((format) => ({ format, sure: format.detect(bytes) }))
    .sort((one, other) => other.sure - one.sure);
  return best && best.sure > 0 ? best.format : undefined;
}

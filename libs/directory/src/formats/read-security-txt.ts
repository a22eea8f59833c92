import { takeSigned, tellSignature } from './clear-signed.js';
import { decodeText } from './decode-text.js';
import {
  newDraft,
  newPointOfContact,
  type Draft,
  type DraftPointOfContact,
  type Finding,
  type Reading,
  type ReadOptions,
} from './draft-entry.js';
import { quoted, teller, type Tell } from './findings.js';
import { readChannel } from './read-channel.js';
import { readLanguage } from './read-values.js';
import { bareFingerprint, tidyEntry } from './tidy-entry.js';

/** Fields of RFC 9116 and its registry that say nothing about how to reach somebody. */
const others = ['policy', 'acknowledgments', 'hiring', 'csaf'];

interface Reader {
  draft: Draft;
  contact: DraftPointOfContact;
  expires: string[];
  tell: Tell;
}

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** Addresses without a scheme are read too, with a warning: RFC 9116, 2.5.3 wants a URI. */
function readContact({ draft, contact, tell }: Reader, value: string, line: number): void {
  const place = { line };
  const [, scheme = '', rest = ''] = /^(mailto|tel|https?):(.*)$/i.exec(value) ?? [];
  if (/^https?$/i.test(scheme)) {
    draft.unread.push({ line, text: value });
    return tell('warn', 'no-place', 'Pages to write on are no channel of the directory.', place);
  }
  const mail = scheme === '' ? value.includes('@') : scheme.toLowerCase() === 'mailto';
  const read = readChannel(mail ? 'mail' : 'telephone', scheme === '' ? value : decoded(rest));
  if ('fault' in read) {
    draft.unread.push({ line, text: value });
    return tell('warn', 'bad-value', `${quoted(value)} ${read.fault}.`, place);
  }
  if (scheme === '')
    tell('warn', 'assumed', `${quoted(value)} is no URI: it was taken for an address.`, place);
  contact.channels.push({ ...read.channel, at: place });
}

function readEncryption({ draft, contact, tell }: Reader, value: string, line: number): void {
  const fingerprint = /^openpgp4fpr:/i.test(value) ? bareFingerprint(value.slice(12)) : '';
  if (fingerprint.length === 40 || fingerprint.length === 64)
    contact.keys.push({ standard: 'openpgp', fingerprint, at: { line } });
  else if (/^(?:https:\/\/|dns:)\S+$/i.test(value) && value.length <= 500)
    contact.keys.push({ standard: 'unknown', url: value, at: { line } });
  else {
    draft.unread.push({ line, text: value });
    tell('warn', 'bad-value', `${quoted(value)} does not say where a key is.`, { line });
  }
}

function readLanguages({ contact, tell }: Reader, value: string, line: number): void {
  for (const item of value.split(',')) {
    const tag = readLanguage(item);
    if (tag) contact.languages.push(tag);
    else tell('warn', 'bad-value', `${quoted(item)} is no language (BCP 47).`, { line });
  }
}

function readCanonical({ draft, tell }: Reader, value: string, line: number): void {
  const host = /^https:\/\//i.test(value) ? URL.parse(value)?.hostname : undefined;
  if (!host) return tell('warn', 'bad-value', `${quoted(value)} is no https address.`, { line });
  if (Object.keys(draft.body.names).length > 0) return;
  draft.body.names = { und: host };
  tell('warn', 'guessed', 'The document names no body: its domain stands for the name.', { line });
}

const readers: Readonly<Record<string, (reader: Reader, value: string, line: number) => void>> = {
  contact: readContact,
  encryption: readEncryption,
  'preferred-languages': readLanguages,
  canonical: readCanonical,
  expires: ({ expires }, value) => void expires.push(value),
};

function readLine(reader: Reader, text: string, line: number): boolean {
  const [, name = '', value = ''] = /^([A-Za-z][\w-]{0,60}):(.*)$/.exec(text) ?? [];
  const field = name.toLowerCase();
  const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
  if (read) read(reader, value.trim(), line);
  else if (others.includes(field))
    reader.tell('accept', 'no-place', `${name} has no place in the directory.`, { line });
  else if (field !== '')
    reader.tell('warn', 'unknown-field', `The field ${quoted(name)} is not known and was left out.`, {
      line,
    });
  else {
    reader.draft.unread.push({ line, text: text.trim().slice(0, 2000) });
    reader.tell('warn', 'unread', `${quoted(text)} was not understood.`, { line });
  }
  return read !== undefined;
}

function settleExpiry({ contact, expires, tell }: Reader, at: Date): void {
  const [first, ...more] = expires;
  if (more.length > 0) tell('warn', 'twice', 'Expires stands more than once: the first one was read.');
  if (first === undefined)
    return tell('warn', 'missing', 'Expires is missing: the document does not say how long it is good.');
  const moment = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d/.test(first) ? new Date(first) : new Date(Number.NaN);
  if (Number.isNaN(moment.getTime()))
    return tell('warn', 'bad-value', `Expires is no date and time: ${quoted(first)}.`);
  // A day on which it ends is no day on which it is good to its end, but for its last second.
  const expiresOn = new Date(moment.getTime() - 86_399_000).toISOString().slice(0, 10);
  if (moment < at) tell('warn', 'expired', `The document expired on ${expiresOn}.`);
  for (const channel of contact.channels) channel.expiresOn = expiresOn;
}

/** What a security.txt says (RFC 9116): the ways to one point of contact, in their order. */
export async function readSecurityTxt(bytes: Uint8Array, options: ReadOptions): Promise<Reading> {
  const findings: Finding[] = [];
  const tell = teller(findings);
  const text = decodeText(bytes, tell)
    ?.replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n');
  if (text === undefined) return { drafts: [], findings };
  const signed = takeSigned(text);
  if (signed) await tellSignature(signed, options.at, { known: options.keys ?? [], inside: [] }, tell);
  const contact = newPointOfContact('technical');
  const draft = { ...newDraft(options.party), pointsOfContact: [contact] };
  const reader: Reader = { draft, contact, expires: [], tell };
  let known = 0;
  (signed?.text ?? text).split('\n').forEach((line, at) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    if (readLine(reader, line.slice(0, 5000), at + 1)) known += 1;
  });
  if (known === 0) return { drafts: [], findings: [notThis()] };
  settleExpiry(reader, options.at);
  if (contact.channels.length === 0)
    tell('refuse', 'missing', 'The document names no contact that can be kept.');
  else tell('accept', 'understood', `${contact.channels.length} channels were read.`, { draft: 0 });
  return { drafts: [{ ...tidyEntry(draft), unread: draft.unread.slice(0, 1000) }], findings };
}

const notThis = (): Finding => ({
  ...{
    severity: 'refuse',
    code: 'not-this-format',
    detail: 'None of its lines is a field of a security.txt.',
  },
});

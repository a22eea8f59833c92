import { readKey } from 'openpgp';
import { readDate } from './date-text.js';
import type { DraftKey } from './draft-entry.js';
import { quoted, type Tell } from './findings.js';
import { loosely } from './loose-words.js';
import type { Piece } from './rfc2350-document.js';
import { bareFingerprint } from './tidy-entry.js';
import { readCertificates } from '../keys/smime-certificate.js';

const begin = /^-----BEGIN (PGP PUBLIC KEY BLOCK|CERTIFICATE)-----$/;

/** More key blocks than a document of a team holds are not read. */
const mostBlocks = 10;

/** The key blocks of a document, and its lines without them. */
export function takeBlocks(lines: readonly Piece[]): { blocks: Piece[]; rest: Piece[] } {
  const blocks: Piece[] = [];
  const rest: Piece[] = [];
  let open: Piece[] | undefined;
  let what = '';
  for (const piece of lines) {
    const bare = piece.text.trim();
    const [, begun] = begin.exec(bare) ?? [];
    if (!open && begun !== undefined) [open, what] = [[], begun];
    if (!open) rest.push(piece);
    else {
      open.push({ ...piece, text: bare });
      if (bare !== `-----END ${what}-----`) continue;
      blocks.push({ line: open[0]?.line ?? piece.line, text: open.map(({ text }) => text).join('\n') });
      open = undefined;
    }
  }
  // One that never ends is text like any other.
  return { blocks: blocks.slice(0, mostBlocks), rest: [...rest, ...(open ?? [])] };
}

const today = (at: Date): string => at.toISOString().slice(0, 10);

/** A key from its block: told where it is expired, or no key. */
export async function keyOfBlock(block: Piece, at: Date, tell: Tell): Promise<DraftKey> {
  return block.text.includes('CERTIFICATE') ? certificateOf(block, at, tell) : openPgpOf(block, at, tell);
}

async function certificateOf({ text, line }: Piece, at: Date, tell: Tell): Promise<DraftKey> {
  const { keys } = await readCertificates(text, '', at);
  const [key] = keys;
  if (!key) {
    tell('warn', 'bad-value', 'The certificate cannot be read: it was kept as it stands.', { line });
    return { standard: 'smime', material: text };
  }
  const fingerprint = key.fingerprint.toUpperCase();
  const expiresOn = key.expiresAt ? today(key.expiresAt) : undefined;
  if (expiresOn && expiresOn < today(at))
    tell('warn', 'expired', `The certificate ${fingerprint} expired on ${expiresOn}.`, { line });
  return { standard: 'smime', material: text, fingerprint, expiresOn };
}

async function openPgpOf({ text, line }: Piece, at: Date, tell: Tell): Promise<DraftKey> {
  try {
    const key = await readKey({ armoredKey: text });
    const ends = await key.getExpirationTime().catch(() => null);
    const expiresOn = ends instanceof Date && !Number.isNaN(ends.getTime()) ? today(ends) : undefined;
    const fingerprint = key.getFingerprint().toUpperCase();
    if (expiresOn && expiresOn < today(at))
      tell('warn', 'expired', `The key ${fingerprint} expired on ${expiresOn}.`, { line });
    return { standard: 'openpgp', material: text, fingerprint, expiresOn };
  } catch {
    tell('warn', 'bad-value', 'The key block cannot be read: it was kept as it stands.', { line });
    return { standard: 'openpgp', material: text };
  }
}

const fingerprints =
  /(?<![0-9A-Fa-f])(?:(?:[0-9A-Fa-f]{4}[ :]{1,3}){9}[0-9A-Fa-f]{4}|(?:[0-9A-Fa-f]{2}[ :]){19}[0-9A-Fa-f]{2}|[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40})(?![0-9A-Fa-f])/g;
const ending =
  /expir|valid (?:until|to)|valable|gultig|ablauf|caduc|vence|venc|valid[eo] (?:ate|fino)|scad|истек|деиств|wazn|platn|geldig|verloopt|有效|صالح/;
const keyUrl = /https:\/\/[^\s<>"']{4,490}/g;
const aboutKeys =
  /key|cle|schlussel|clave|ключ|chave|chiav|klucz|klic|sleutel|公钥|مفتاح|pgp|gpg|rsa|bits?\b|user ?id|fingerprint|empreinte|fingerabdruck|huella|отпечаток|odcisk/;

/** Whether the line that names a fingerprint says that it is one of a certificate: those of newer OpenPGP keys are as long. */
const isOfCertificate = (fingerprint: string, pieces: readonly Piece[]): boolean =>
  pieces.some(({ text }) => /s\/mime/i.test(text) && text.toUpperCase().includes(fingerprint));

/** Keys that a section names by their fingerprints, with their expiry and where they are; and what else it says. */
export function keysNamed(
  pieces: readonly Piece[],
  at: Date,
  tell: Tell,
): { keys: DraftKey[]; unread: Piece[] } {
  // A fingerprint may be broken over lines.
  const whole = pieces
    .map(({ text }) => text)
    .join(' ')
    .slice(0, 20_000);
  const found = [
    ...new Set([...whole.matchAll(fingerprints)].map(([digits]) => bareFingerprint(digits))),
  ].slice(0, 20);
  const dated = pieces.filter(({ text }) => ending.test(loosely(text.slice(0, 300))));
  const urls = [...whole.matchAll(keyUrl)]
    .map(([url]) => url.replace(/[.,;)]+$/, ''))
    .filter((url) => /\.(?:asc|gpg|pgp|key|txt)$|key|pgp|pks/i.test(url));
  const days = dated.flatMap(({ text, line }) => {
    const read = readDate(text);
    if (read?.ambiguous) tell('warn', 'ambiguous', `${quoted(text)} was read as ${read.on}.`, { line });
    return read ? [read.on] : [];
  });
  const keys = found.map((fingerprint, place): DraftKey => {
    const expiresOn = days.length === found.length ? days[place] : found.length === 1 ? days[0] : undefined;
    if (expiresOn && expiresOn < today(at))
      tell('warn', 'expired', `The key ${fingerprint} expired on ${expiresOn}.`);
    const standard = isOfCertificate(fingerprint, pieces) ? 'smime' : 'openpgp';
    return { standard, fingerprint, expiresOn, url: found.length === 1 ? urls[0] : undefined };
  });
  if (keys.length === 0)
    keys.push(...urls.slice(0, 1).map((url): DraftKey => ({ standard: 'openpgp', url })));
  if (keys.length === 0 && /(?<![0-9a-z])(?:0x)?(?:[0-9a-f]{16}|[0-9a-f]{8})(?![0-9a-z])/i.test(whole))
    tell(
      'warn',
      'bad-value',
      'A key is named by its short id alone, which says nothing: its fingerprint is needed.',
    );
  const read = (text: string): boolean =>
    text === '' ||
    /^(?:[0-9A-Fa-f]{2,4}[ :]*){4,}$/.test(text) ||
    aboutKeys.test(loosely(text)) ||
    ending.test(loosely(text)) ||
    text.includes('https://');
  return {
    keys,
    unread:
      keys.length > 0 ? pieces.filter(({ text }) => !read(text)) : pieces.filter(({ text }) => text !== ''),
  };
}

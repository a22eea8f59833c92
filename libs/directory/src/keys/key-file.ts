import { finding, verdictOf, type KeyFinding } from './key-findings.js';
import { largestKeyFile } from './key-words.js';
import { readOpenPgp } from './openpgp-key.js';
import type { ReadKey } from './read-key.js';
import { readCertificates } from './smime-certificate.js';

/** What a file with keys holds. Where something is found in the file itself, there are no keys. */
export interface KeyFile {
  keys: ReadKey[];
  findings: KeyFinding[];
}

const refused = (code: 'too-large' | 'unreadable' | 'private-key'): KeyFile => ({
  keys: [],
  findings: [finding(code)],
});

/**
 * Reads a file with public keys for a mail address: OpenPGP, armored or binary; certificates, PEM or DER; what is
 * binary as base64. Text around armor is passed over. A file with private parts is refused whole.
 */
export async function readKeyFile(file: string, address: string, at: Date): Promise<KeyFile> {
  if (file.length > largestKeyFile) return refused('too-large');
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----/.test(file)) return refused('private-key');
  if (file.includes('-----BEGIN PGP PUBLIC KEY BLOCK-----'))
    return some(await readOpenPgp(file, address, at));
  if (/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/.test(file))
    return some(await readCertificates(file, address, at));
  const text = file.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) return refused('unreadable');
  return readBinaryKeys(Buffer.from(text, 'base64'), address, at);
}

/** The same of a binary file, as a directory of keys answers it. */
export async function readBinaryKeys(bytes: Uint8Array, address: string, at: Date): Promise<KeyFile> {
  // An ASN.1 sequence begins a certificate; the packets of OpenPGP have the highest bit set (RFC 9580, 4.2).
  if (bytes[0] === 0x30) return some(await readCertificates(bytes, address, at));
  return (bytes[0] ?? 0) >= 0x80 ? some(await readOpenPgp(bytes, address, at)) : refused('unreadable');
}

const some = (read: KeyFile): KeyFile =>
  read.keys.length === 0 && read.findings.length === 0 ? refused('unreadable') : read;

/**
 * The keys of a file that can be meant: those of a fingerprint where one is named; of several, those that can be kept at
 * all, for certificates often come with those of their authorities. One, where it is clear which.
 */
export function meantKeys(keys: readonly ReadKey[], fingerprint: string | undefined): readonly ReadKey[] {
  const named = fingerprint === undefined ? keys : keys.filter((key) => key.fingerprint === fingerprint);
  const fit = named.filter(isFit);
  return named.length > 1 && fit.length > 0 ? fit : named;
}

/** Whether a key was read that may be kept. */
export const isFit = ({ findings }: ReadKey): boolean => verdictOf(findings) !== 'refuse';

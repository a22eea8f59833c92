import { finding, type KeyFinding, type KeyFindingCode } from './key-findings.js';
import { warningDays } from './key-use.js';
import type { KeyKind } from './key-words.js';

/** A key as it was read from a file, with what was found in it. It holds no private part. */
export interface ReadKey {
  kind: KeyKind;
  /** Hexadecimal, small letters: the key's own of OpenPGP, SHA-256 over a certificate. */
  fingerprint: string;
  /** Whom the key names: OpenPGP user ids; of a certificate its subject and its addresses. */
  userIds: string[];
  /** Whether it names the address that it is to be used for. */
  namesAddress: boolean;
  algorithm: string;
  bits: number | null;
  curve: string | null;
  createdAt: Date;
  validFrom: Date;
  /** When nothing can be encrypted to it any more; null: never. */
  expiresAt: Date | null;
  canEncrypt: boolean;
  findings: KeyFinding[];
  /** The key anew, as ASCII armor or PEM. */
  material: string;
}

export type KeyMeasures = Omit<ReadKey, 'findings'> & {
  revoked: boolean;
  /** Whether it is signed with SHA-1 or MD5. */
  weaklySigned: boolean;
};

/** Adds what its measures alone show, after what was found already. */
export function withFindings(
  { revoked, weaklySigned, ...key }: KeyMeasures,
  at: Date,
  before: readonly KeyFindingCode[] = [],
): ReadKey {
  const { algorithm, bits, expiresAt, validFrom } = key;
  const rsa = /rsa/i.test(algorithm);
  const left = expiresAt && expiresAt.getTime() - at.getTime();
  const holds: readonly [KeyFindingCode, boolean][] = [
    ['revoked', revoked],
    ['expired', left !== null && left <= 0],
    ['not-yet-valid', validFrom > at],
    ['address-not-named', !key.namesAddress],
    ['cannot-encrypt', !key.canEncrypt && !revoked && (left === null || left > 0)],
    ['dsa', /^(?:dsa|elgamal)/i.test(algorithm)],
    ['rsa-short', rsa && bits !== null && bits < 2048],
    ['sha-1', weaklySigned],
    ['expires-soon', left !== null && left > 0 && left <= warningDays[0] * 86_400_000],
    ['no-expiry', left === null],
  ];
  const codes = [...before, ...holds.filter(([, does]) => does).map(([code]) => code)];
  return { ...key, findings: codes.map(finding) };
}

/** The most that is kept of whom a key names. */
export const mostUserIds = 50;
/** A user id on one line, no longer than an address and a name are. */
export const tidied = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .trim()
    .slice(0, 300);

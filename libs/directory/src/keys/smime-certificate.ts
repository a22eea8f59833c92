// The library of certificates registers its parts with it.
import 'reflect-metadata';
import { createHash } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509Certificate,
} from '@peculiar/x509';
import { envelopedTo } from './envelope.js';
import { finding, type KeyFinding, type KeyFindingCode } from './key-findings.js';
import { mostKeys } from './key-words.js';
import { mostUserIds, tidied, withFindings, type ReadKey } from './read-key.js';

const longest = 8192;

/** Certificates for S/MIME (RFC 8551) of a file, PEM or DER. Who issued them is not verified, and that is said of each. */
export async function readCertificates(
  file: string | Uint8Array,
  address: string,
  at: Date,
): Promise<{ keys: ReadKey[]; findings: KeyFinding[] }> {
  const certificates: X509Certificate[] = [];
  try {
    const parts = typeof file === 'string' ? pemBlocks(file) : [file];
    if (parts.length > mostKeys) return { keys: [], findings: [finding('too-many')] };
    for (const part of parts) certificates.push(new X509Certificate(new Uint8Array(part)));
  } catch {
    // PKCS #12 is a way to carry private keys: version 3 stands where a certificate has its content.
    const pkcs12 = typeof file !== 'string' && Buffer.from(file.subarray(0, 7)).includes('020103', 'hex');
    return { keys: [], findings: [finding(pkcs12 ? 'private-key' : 'unreadable')] };
  }
  const keys: ReadKey[] = [];
  for (const certificate of certificates) keys.push(await measured(certificate, address.toLowerCase(), at));
  return { keys, findings: [] };
}

/** Each part of the file behind a beginning, up to its end; a pattern would look on to the last line for each of them. */
const pemBlocks = (file: string): Uint8Array[] =>
  file
    .split(/-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----/)
    .slice(1)
    .flatMap((text) => {
      const end = text.indexOf('-----END');
      return end < 0 ? [] : [Buffer.from(text.slice(0, end), 'base64')];
    });

async function measured(certificate: X509Certificate, address: string, at: Date): Promise<ReadKey> {
  const { name: algorithm, bits, curve } = algorithmOf(certificate);
  const addresses = addressesOf(certificate);
  const hash = (certificate.signatureAlgorithm as { hash?: { name: string } }).hash?.name ?? '';
  const material = `${certificate.toString('pem').trim()}\n`;
  const tooLong = (bits ?? 0) > longest;
  const tooShort = algorithm === 'rsa' && (bits ?? 0) < 2048;
  const selfSigned = !tooLong && (await certificate.isSelfSigned().catch(() => false));
  const before: KeyFindingCode[] = [
    ...(tooLong ? (['too-long'] as const) : []),
    ...(certificate.getExtension(BasicConstraintsExtension)?.ca ? (['authority'] as const) : []),
    selfSigned ? 'self-signed' : 'chain-not-verified',
  ];
  return withFindings(
    {
      ...{ kind: 'smime' as const, algorithm, bits, curve, revoked: false },
      fingerprint: createHash('sha256').update(new Uint8Array(certificate.rawData)).digest('hex'),
      userIds: [...new Set([certificate.subject, ...addresses])].slice(0, mostUserIds).map(tidied),
      namesAddress: addresses.some((one) => one.toLowerCase() === address),
      ...{ createdAt: certificate.notBefore, validFrom: certificate.notBefore },
      expiresAt: certificate.notAfter,
      canEncrypt: !tooLong && !tooShort && encrypts(certificate, algorithm) && (await takes(material)),
      weaklySigned: /^(?:SHA-?1|MD\d)$/i.test(hash),
      material,
    },
    at,
    before,
  );
}

/**
 * What the certificate is for: without word of it, anything (RFC 5280, 4.2.1.3 and 4.2.1.12). Keys are sent to RSA keys,
 * and agreed on with all others.
 */
function encrypts(certificate: X509Certificate, algorithm: string): boolean {
  const uses = certificate.getExtension(KeyUsagesExtension)?.usages;
  const wide = certificate.getExtension(ExtendedKeyUsageExtension)?.usages.map(String);
  const mail: string[] = [ExtendedKeyUsage.emailProtection, '2.5.29.37.0'];
  const forKeys = algorithm === 'rsa' ? KeyUsageFlags.keyEncipherment : KeyUsageFlags.keyAgreement;
  return (
    (uses === undefined || (uses & forKeys) !== 0) &&
    (wide === undefined || wide.some((use) => mail.includes(use)))
  );
}

/** Whether something was encrypted to it, which tells more than the names of its algorithms do. */
const takes = async (material: string): Promise<boolean> =>
  envelopedTo(material, new Uint8Array(1)).then(
    () => true,
    () => false,
  );

function addressesOf(certificate: X509Certificate): string[] {
  const alternatives = certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  const named = alternatives.filter(({ type }) => type === 'email').map(({ value }) => value);
  return [...new Set([...named, ...certificate.subjectName.getField('E')])];
}

function algorithmOf(certificate: X509Certificate) {
  const { name, modulusLength, namedCurve } = certificate.publicKey.algorithm as {
    name?: string;
    modulusLength?: number;
    namedCurve?: string;
  };
  const known = /^RSA/.test(name ?? '') ? 'rsa' : (name ?? 'unknown').toLowerCase();
  return { name: known, bits: modulusLength ?? null, curve: namedCurve ?? null };
}

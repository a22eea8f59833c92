import { createPublicKey, verify } from 'node:crypto';
import canonicalize from 'canonicalize';

/** A public key as published: Ed25519 in the form of RFC 8037. */
export interface PublicKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
}

/** The bytes that are signed: the tag of what it is, a line feed and its RFC 8785 form. The hash is over the same. */
export function signedBytes(tag: string, value: object): Buffer {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new TypeError('Nothing to sign');
  return Buffer.from(`${tag}\n${canonical}`, 'utf8');
}

/** Whether one of the keys made this Ed25519 signature (base64url); false also when the key or its form is unknown. */
export function isSignedBy(
  keys: readonly PublicKey[],
  tag: string,
  value: object,
  { kid, signature }: { kid: string; signature: string },
): boolean {
  const key = keys.find((one) => one.kid === kid);
  if (key?.kty !== 'OKP' || key.crv !== 'Ed25519') return false;
  try {
    const { kty, crv, x } = key;
    const publicKey = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    return verify(null, signedBytes(tag, value), publicKey, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

import { taggedBytes } from './digests.js';
import { fits, text, type Form } from './forms.js';

/** A published key: Ed25519 in the form of RFC 8037. */
export interface PublishedKey {
  kty: string;
  crv: string;
  x: string;
  kid: string;
  /** Of a key that signs no more: the next, with its signature. What has not that form vouches for nothing. */
  successor?: unknown;
}

/** The keys in what `GET /api/v1/ledger/key` answers; undefined for anything else, or when there are none. */
export function keysIn(given: unknown): PublishedKey[] | undefined {
  if (typeof given !== 'object' || given === null || !('keys' in given)) return undefined;
  const { keys } = given;
  if (!Array.isArray(keys) || keys.length === 0) return undefined;
  const form: Form = { kty: text, crv: text, x: text, kid: text };
  return keys.every((key) => fits(key, form, 'more-allowed')) ? (keys as PublishedKey[]) : undefined;
}

const fromBase64url = (encoded: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(encoded.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );

/** Whether the key that `kid` names made this Ed25519 signature; false also where the key or a form is unknown. */
export async function isSignedBy(
  keys: readonly PublishedKey[],
  tag: string,
  value: object,
  { kid, signature }: { kid: string; signature: string },
): Promise<boolean> {
  const key = keys.find((one) => one.kid === kid);
  if (key?.kty !== 'OKP' || key.crv !== 'Ed25519' || !/^[\w-]{86}$/.test(signature)) return false;
  try {
    const { kty, crv, x } = key;
    const known = await crypto.subtle.importKey('jwk', { kty, crv, x }, 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', known, fromBase64url(signature), taggedBytes(tag, value));
  } catch {
    return false;
  }
}

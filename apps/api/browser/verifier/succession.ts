import { canonicalJson } from './canonical-json.js';
import { utf8 } from './digests.js';
import { fits, text } from './forms.js';
import { isSignedBy, type PublishedKey } from './signatures.js';

interface Successor {
  kid: string;
  signature: string;
}

/**
 * The published keys that do not follow from those that the reader kept: neither one of them, nor named as the next by
 * one that follows (SPECIFICATION.md, conventions).
 */
export async function strangersAmong(
  published: readonly PublishedKey[],
  kept: readonly PublishedKey[],
): Promise<PublishedKey[]> {
  // A key that was kept signs with its own bytes, whatever is published under its id.
  const followed = new Map(kept.map((key) => [key.kid, key]));
  for (let grown = true; grown;) {
    grown = false;
    for (const { kid, successor } of published) {
      const [from, next] = [followed.get(kid), published.find((key) => key.kid === kidIn(successor))];
      if (!from || !next || followed.has(next.kid)) continue;
      if (!(await names(from, kid, successor as Successor)) || !(await isThumbprint(next))) continue;
      followed.set(next.kid, next);
      grown = true;
    }
  }
  return published.filter(({ kid, x }) => followed.get(kid)?.x !== x);
}

const kidIn = (successor: unknown): string | undefined =>
  fits(successor, { kid: text, signature: text }) ? (successor as Successor).kid : undefined;

const names = async (from: PublishedKey, kid: string, { kid: next, signature }: Successor) =>
  isSignedBy([from], 'aldis-ledger-successor-v1', { kid, successor: next }, { kid, signature });

/** Whether a key is the one that its id names (RFC 7638). */
async function isThumbprint({ crv, kty, x, kid }: PublishedKey): Promise<boolean> {
  const hashed = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(canonicalJson({ crv, kty, x }))));
  const encoded = btoa(String.fromCharCode(...hashed));
  return encoded.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === kid;
}

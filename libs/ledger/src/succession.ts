import { createHash } from 'node:crypto';
import { successorTag } from '#libs/vault';
import { isSignedBy, type PublicKey } from './signature.js';

/** A published key and, once it signs no more, the key that it named as the next. */
export interface PublishedKey extends PublicKey {
  successor?: { kid: string; signature: string } | undefined;
}

/**
 * The keys among the published ones that do not follow from those that were kept earlier: neither one of them, nor
 * named as the next by a key that follows. Empty: the instance is the one whose keys were kept.
 */
export function unvouched(kept: readonly PublicKey[], published: readonly PublishedKey[]): PublicKey[] {
  const follows = new Map(kept.map((key) => [key.kid, key]));
  // A key that was kept speaks with its own bytes, whatever is published under its id.
  for (let grown = true; grown;) {
    grown = false;
    for (const { kid, successor } of published) {
      const vouching = follows.get(kid);
      const next = published.find((key) => key.kid === successor?.kid);
      if (!vouching || !next || !successor || follows.has(next.kid) || thumbprint(next) !== next.kid)
        continue;
      if (!isSignedBy([vouching], successorTag, { kid, successor: next.kid }, { ...successor, kid }))
        continue;
      follows.set(next.kid, next);
      grown = true;
    }
  }
  return published.filter(({ kid, x }) => follows.get(kid)?.x !== x);
}

/** By RFC 7638: a signature that names the id names the key. */
const thumbprint = ({ x }: PublicKey): string =>
  createHash('sha256').update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`).digest('base64url');

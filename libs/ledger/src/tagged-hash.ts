import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * SHA-256, in hex, over a tag, a line feed and the RFC 8785 form of a value. The tag names what is hashed and the
 * version of its form, so that no hash can be passed off as one of another kind.
 */
export function taggedHash(tag: string, value: object): string {
  const canonical = canonicalize(value);
  if (canonical === undefined) throw new TypeError('Nothing to hash');
  return createHash('sha256').update(`${tag}\n${canonical}`, 'utf8').digest('hex');
}

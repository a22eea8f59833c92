import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What an event says, beside the salt that keeps its commitment from being guessed. */
export interface Committed {
  salt: string;
  content: unknown;
}

/**
 * The salted commitment that an event carries in place of its content: SHA-256, in hex, over the RFC 8785 form of
 * `{content, salt}`. Erase salt and content and nothing can be learnt from it; keep them and anyone can check it.
 */
export const commitmentTo = ({ salt, content }: Committed): string => {
  const canonical = canonicalize({ content, salt });
  if (canonical === undefined) throw new TypeError('Nothing to commit to');
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
};

/** What messages to a channel can be encrypted with: OpenPGP (RFC 9580) or a certificate of S/MIME 4.0 (RFC 8551). */
export const keyKinds = ['openpgp', 'smime'] as const;
export type KeyKind = (typeof keyKinds)[number];

/** The life of a key: added by one person, confirmed by another. Revoked and ended ones stay so. */
export const keyStates = ['proposed', 'confirmed', 'revoked', 'ended'] as const;
export type KeyState = (typeof keyStates)[number];

/** What a key is good for, in one word; {@link keyUse} says which. */
export const keyUseStates = [
  'usable',
  'untested',
  'expires-soon',
  'not-yet-valid',
  'cannot-encrypt',
  'expired',
  'revoked',
  'proposed',
  'ended',
] as const;
export type KeyUseState = (typeof keyUseStates)[number];

/** Characters that a file with keys may have; a key with many signatures of others has less than half of it. */
export const largestKeyFile = 200_000;
/** Keys in one file, and open keys of one channel. */
export const mostKeys = 10;

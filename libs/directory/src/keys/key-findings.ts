/** What becomes of a key that something was found in: the worst of its findings decides. */
export const verdicts = ['accept', 'warn', 'refuse'] as const;
export type Verdict = (typeof verdicts)[number];

const found = {
  'too-large': ['refuse', 'The file is larger than 200,000 characters.'],
  unreadable: [
    'refuse',
    'The file holds neither an OpenPGP key nor a certificate (PEM or DER) that can be read.',
  ],
  'private-key': [
    'refuse',
    'The file holds a private key. Nothing of it was kept. If the file has left its holder’s hands, revoke the key and make a new one.',
  ],
  'too-many': ['refuse', 'The file holds more than 10 keys.'],
  'too-many-parts': ['refuse', 'The key has more user ids, subkeys or signatures than are looked at.'],
  'too-long': ['refuse', 'The key has more than 8192 bits, which programs refuse or are slow with.'],
  'no-signature': ['refuse', 'The key has no valid signature of its own.'],
  revoked: ['refuse', 'The key is revoked.'],
  expired: ['refuse', 'The key has expired. Its holder can prolong it and give it anew.'],
  authority: ['refuse', 'The certificate is one of an authority that issues others, and no one’s own.'],
  'not-yet-valid': ['warn', 'The key is not valid yet.'],
  'address-not-named': ['warn', 'The key does not name the address of the channel.'],
  'cannot-encrypt': [
    'warn',
    'Nothing is encrypted to the key: it can only sign, is too weak, or is of a kind that few programs know.',
  ],
  dsa: ['warn', 'The key uses DSA or ElGamal, which are no longer considered safe.'],
  'rsa-short': ['warn', 'The key uses RSA with fewer than 2048 bits, which is no longer considered safe.'],
  'sha-1': ['warn', 'The key is signed with SHA-1 or MD5, which can be forged.'],
  'expires-soon': ['warn', 'The key expires within 90 days.'],
  'no-expiry': ['accept', 'The key never expires.'],
  'self-signed': ['warn', 'The certificate is signed by itself: no authority vouches for it.'],
  'chain-not-verified': [
    'warn',
    'Who issued the certificate is not verified: compare the fingerprint with its holder.',
  ],
} as const satisfies Record<string, readonly [Verdict, string]>;
export type KeyFindingCode = keyof typeof found;
export const keyFindingCodes = Object.keys(found) as [KeyFindingCode, ...KeyFindingCode[]];

/** One thing that was found in a file with keys. */
export interface KeyFinding {
  code: KeyFindingCode;
  verdict: Verdict;
  text: string;
}

/** A finding in full. */
export const finding = (code: KeyFindingCode): KeyFinding => ({
  ...{ code, verdict: found[code][0], text: found[code][1] },
});

/** The worst of some findings; `accept` where there is none. */
export const verdictOf = (findings: readonly KeyFinding[]): Verdict =>
  verdicts.findLast((verdict) => findings.some((one) => one.verdict === verdict)) ?? 'accept';

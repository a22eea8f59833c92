import type { KeyState, KeyUseState } from './key-words.js';

/** What the use of a key depends on. */
export interface KeyFacts {
  state: KeyState;
  canEncrypt: boolean;
  validFrom: Date;
  expiresAt: Date | null;
  /** When its holder last read a test message. */
  testedAt: Date | null;
}

/** What can be done with a key at one moment, and what whoever writes to it is told. */
export interface KeyUse {
  state: KeyUseState;
  warning: string | null;
}

/** Whether something may be encrypted to a key as it stands now. A test is not demanded for that. */
export const mayEncryptTo = ({ state }: { state: KeyUseState }): boolean =>
  state === 'usable' || state === 'untested' || state === 'expires-soon';

/** Days before its end at which the owner is warned; the first is when everybody is. */
export const warningDays = [90, 30, 7] as const;

const day = 86_400_000;
const date = (at: Date): string => at.toISOString().slice(0, 10);
const notForEncryption =
  'Nothing can be encrypted to the key: it can only sign, is too weak, or is of a kind that few programs know.';

/** What a key is good for at a moment. What is worst is said first; an untested key is valid, and said to be untested. */
export function keyUse({ state, canEncrypt, validFrom, expiresAt, testedAt }: KeyFacts, at: Date): KeyUse {
  if (state === 'ended') return { state: 'ended', warning: 'The key is no longer used.' };
  if (state === 'revoked') return { state: 'revoked', warning: 'The key is revoked: encrypt nothing to it.' };
  if (state === 'proposed')
    return { state: 'proposed', warning: 'A second administrator has not confirmed the key yet.' };
  if (expiresAt && expiresAt <= at)
    return { state: 'expired', warning: `The key expired on ${date(expiresAt)}.` };
  if (validFrom > at)
    return { state: 'not-yet-valid', warning: `The key is valid from ${date(validFrom)} only.` };
  if (!canEncrypt) return { state: 'cannot-encrypt', warning: notForEncryption };
  const untested = testedAt ? '' : 'Nobody has shown yet that its holder can read what is encrypted to it.';
  if (expiresAt && expiresAt.getTime() - at.getTime() <= warningDays[0] * day)
    return {
      state: 'expires-soon',
      warning: `The key expires on ${date(expiresAt)}. ${untested}`.trim(),
    };
  return untested ? { state: 'untested', warning: untested } : { state: 'usable', warning: null };
}

/**
 * The warning that is due before a key's end: 90, 30 or 7 days, 0 once it is over; null: none, or it was given. Of
 * several that were missed only the nearest, so that each is given once at most.
 */
export function dueWarning(expiresAt: Date, given: number | null, at: Date): 90 | 30 | 7 | 0 | null {
  const left = expiresAt.getTime() - at.getTime();
  const due = left <= 0 ? 0 : [...warningDays].reverse().find((days) => left <= days * day);
  return due === undefined || (given !== null && given <= due) ? null : due;
}

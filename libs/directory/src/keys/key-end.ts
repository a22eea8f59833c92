import type { ContactState } from '../entry-words.js';
import { changeDays } from '../life/entry-change.js';
import type { KeyState } from './key-words.js';

/** What the end of a key depends on. */
export interface KeyEndFacts {
  state: KeyState;
  expiresAt: Date | null;
  /** Of its point of contact. */
  entry: ContactState;
  endProposedAt: Date | null;
  /** Null: nobody, or somebody who has no account any more. */
  endProposedBy: string | null;
}

/** Whether two people end a key: others encrypt to it. Nobody relies on an entry that is only nominated. */
export const endsByTwo = (
  { state, expiresAt, entry }: Pick<KeyEndFacts, 'state' | 'expiresAt' | 'entry'>,
  at: Date,
): boolean => state === 'confirmed' && entry !== 'nominated' && (expiresAt === null || expiresAt > at);

/** Until when a second person can end a key after that was proposed. */
export const heldUntil = (proposedAt: Date): Date => new Date(proposedAt.getTime() + changeDays * 86_400_000);

/** Since when a second person is waited for to end a key; null: nobody is. */
export function endProposed(facts: KeyEndFacts, at: Date): Date | null {
  const { endProposedAt, endProposedBy } = facts;
  if (endProposedAt === null || endProposedBy === null || !endsByTwo(facts, at)) return null;
  return heldUntil(endProposedAt) > at ? endProposedAt : null;
}

import { verdictOf } from './key-findings.js';
import type { KeyDraft } from './key-view.js';
import type { ReadKey } from './read-key.js';

/** A key that was read, as it is shown before anything is kept of it. */
export function draftOf({ createdAt, validFrom: _, expiresAt, ...key }: ReadKey): KeyDraft {
  return {
    ...key,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    verdict: verdictOf(key.findings),
  };
}

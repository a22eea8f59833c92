const seconds = [5, 15, 45, 120, 300, 600, 900, 1800];

/** How long a notice is tried before it counts as failed: 72 hours (hold-ups of mail clear up within days). */
export const tryingFor = 72 * 3_600_000;
/** How long a worker may hold a notice before it has begun to send, and how long the sending itself may take. */
export const leaseSeconds = 120;
export const sendingSeconds = 150;

/**
 * Milliseconds to wait after attempt number `attempt` (from 1) did not arrive: from 5 s to 30 min, each shortened by
 * up to a fifth (`jitter` in [0, 1)) so that a returning server is not met by all at once.
 */
export const retryDelay = (attempt: number, jitter: number): number => {
  const base = seconds[Math.min(Math.max(attempt, 1), seconds.length) - 1] ?? 1800;
  return Math.round(base * 1000 * (1 - jitter / 5));
};

/** What an attempt came to. `unknown`: the answer after the content was lost; it may or may not have arrived. */
export type AttemptOutcome = 'accepted' | 'transient' | 'permanent' | 'unknown';

export interface AfterAttempt {
  state: 'accepted' | 'pending' | 'unknown' | 'failed';
  dueAt: Date | null;
}

/** Where a notice goes after an attempt that ended at `at`; nothing is given up before {@link tryingFor} is over. */
export function afterAttempt(
  outcome: AttemptOutcome,
  notice: { attempt: number; createdAt: Date },
  at: Date,
  jitter: number,
): AfterAttempt {
  if (outcome === 'accepted') return { state: 'accepted', dueAt: null };
  const givenUp = at.getTime() - notice.createdAt.getTime() > tryingFor;
  if (outcome === 'permanent' || givenUp) return { state: 'failed', dueAt: null };
  return {
    state: outcome === 'unknown' ? 'unknown' : 'pending',
    dueAt: new Date(at.getTime() + retryDelay(notice.attempt, jitter)),
  };
}

/**
 * The process's own clock. For log lines, lock files, timeouts and dates that are no record: what the record says happened is dated by
 * the database (`app.now()`, through {@link Tx.now}), so that hosts with differing clocks cannot disagree.
 */
export const clock = {
  now: (): Date => new Date(),
  /** Milliseconds that never run backwards, for measuring how long something took. */
  elapsed: (): number => performance.now(),
};

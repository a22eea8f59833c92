/** How long to wait (milliseconds) before a process that ended so many times in a row is started again. */
export const restartDelay = (endings: number): number =>
  Math.min(500 * 2 ** Math.max(0, endings - 1), 30_000);

const tiny = process.argv.includes('--tiny');

/** How much each round does; `--tiny` only tries whether everything works. */
export const sizes = {
  rounds: tiny ? 1 : 5,
  /** Requests of a round, by the number of clients. */
  filings: tiny ? { 1: 3, 8: 8 } : { 1: 20, 8: 56 },
  inserts: tiny ? { 1: 20, 8: 40 } : { 1: 300, 8: 1000 },
  /** Requests filed one at a time in a round. */
  arrivals: tiny ? 5 : 40,
} as const;

/** Waits in milliseconds; what takes longer counts as not delivered. */
export const patience = 60_000;

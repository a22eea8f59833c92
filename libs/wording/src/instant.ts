/** An instant for people, to the minute and always in UTC: `2026-11-21 20:43 UTC`, the same in every language. */
export const formatInstant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/**
 * An RFC 3339 time in UTC that somebody stated, in the form of `formatInstant`, with its seconds where it has any: who
 * held an address at that time can hang on them (RFC 6302).
 */
export const formatStatedInstant = (rfc3339: string): string =>
  rfc3339.replace('T', ' ').replace(/(:00(\.0+)?|\.0+)?Z$/, ' UTC');

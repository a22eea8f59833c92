/** An instant for people, to the minute and always in UTC: `2026-11-21 20:43 UTC`, the same in every language. */
export const formatInstant = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

import { Temporal } from 'temporal-polyfill';

/**
 * Days after which an entry is to be confirmed (90 as in Tuency, unless a network says otherwise), and to be gone through
 * whole (OSCE CBM 8: once a year).
 */
export interface ConfirmationDays {
  soft: number;
  hard: number;
}
/** Days after which the same point of contact is asked anew, and for which the link of an ask is good. */
export const askAgainDays = 30;
export const linkDays = 40;
/** A Monday that comes sooner after a mail than this is passed over. */
const restDays = 3;
/** On the clock of the point of contact. */
const mondayHour = 9;

const day = 86_400_000;
const after = (at: Date, days: number): Date => new Date(at.getTime() + days * day);
const latest = (...times: readonly (Date | null)[]): Date =>
  new Date(Math.max(...times.map((time) => time?.getTime() ?? -Infinity)));

/** When an entry was said to be right. */
export interface Confirmed {
  createdAt: Date;
  verifiedAt: Date | null;
  confirmedAt: Date | null;
  confirmedHardAt: Date | null;
}

/** When it is next to be confirmed, and next to be gone through. Whoever verified it has done both. */
export const dueDates = (entry: Confirmed, days: ConfirmationDays): { soft: Date; hard: Date } => ({
  soft: after(latest(entry.createdAt, entry.verifiedAt, entry.confirmedAt, entry.confirmedHardAt), days.soft),
  hard: after(latest(entry.createdAt, entry.verifiedAt, entry.confirmedHardAt), days.hard),
});

/** Whether neither is over. */
export const isFresh = (entry: Confirmed, days: ConfirmationDays, at: Date): boolean => {
  const { soft, hard } = dueDates(entry, days);
  return at < soft && at < hard;
};

/** The newest ask for a confirmation: when its link was made, and when that was last sent. */
export interface Ask {
  askedAt: Date;
  mailedAt: Date;
}

/**
 * What is to be sent now to have an entry confirmed that is due since `soft`: a first ask at once, then a reminder with
 * the same link each Monday at nine on the clock of its zone, and on the first Monday after thirty days an ask with a new link
 * (Tuency). However many Mondays went by unseen, one mail makes up for them.
 */
export function mailDue(soft: Date, zone: string, ask: Ask | null, at: Date): 'ask' | 'remind' | null {
  if (at < soft) return null;
  if (!ask || ask.askedAt < soft) return 'ask';
  const monday = lastMonday(at, zone);
  if (monday < after(ask.mailedAt, restDays)) return null;
  return monday >= after(ask.askedAt, askAgainDays) ? 'ask' : 'remind';
}

/** The latest Monday, nine o'clock, that is not after an instant. */
function lastMonday(at: Date, zone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  const monday = here.subtract({ days: here.dayOfWeek - 1 }).withPlainTime({ hour: mondayHour, minute: 0 });
  const last = monday.epochMilliseconds > at.getTime() ? monday.subtract({ days: 7 }) : monday;
  return new Date(last.epochMilliseconds);
}

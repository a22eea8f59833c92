/** Days before the end of a channel, or before an entry is to be gone through, at which its owner is told. */
export const aheadDays = [30, 7] as const;

const day = 86_400_000;

/** When a channel is over whose last day is given (`YYYY-MM-DD`): at the end of that day, UTC. */
export const expiryOf = (expiresOn: string): Date => new Date(Date.parse(`${expiresOn}T00:00:00Z`) + day);

/** Whether a channel is past its last day (`YYYY-MM-DD`; null: it has none). */
export const isOver = (expiresOn: string | null, at: Date): boolean =>
  expiresOn !== null && expiryOf(expiresOn) <= at;

/**
 * The condition, in SQL, that a row of channels is not past its last day (UTC), by the name that the table has there:
 * nothing is sent to a channel that is, and it is no way to reach anybody.
 */
export const notOver = (channels: string): string =>
  `(${channels}.expires_on IS NULL OR ${channels}.expires_on >= ((SELECT app.now()) AT TIME ZONE 'UTC')::date)`;

/** The condition, in SQL, that a row of channels is a way to reach somebody in earnest: not over, and not for exercises alone. */
export const inEarnest = (channels: string): string =>
  `(${channels}.purpose <> 'exercise' AND ${notOver(channels)})`;

/** What whoever would write to a channel is told of its last day: from 30 days before on; else null. */
export function expiryWarning(expiresOn: string | null, at: Date): string | null {
  if (expiresOn === null) return null;
  const left = expiryOf(expiresOn).getTime() - at.getTime();
  if (left <= 0) return `The channel was good until ${expiresOn}: nothing is sent there any more.`;
  return left <= aheadDays[0] * day ? `The channel is good until ${expiresOn} only.` : null;
}

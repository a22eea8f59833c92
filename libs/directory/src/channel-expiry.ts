/** Days before the end of a channel, or before an entry is to be gone through, at which its owner is told. */
export const aheadDays = [30, 7] as const;

const day = 86_400_000;

/** When a channel is over whose last day is given (`YYYY-MM-DD`): at the end of that day, UTC. */
export const expiryOf = (expiresOn: string): Date => new Date(Date.parse(`${expiresOn}T00:00:00Z`) + day);

/** What whoever would write to a channel is told of its last day: from 30 days before on; else null. */
export function expiryWarning(expiresOn: string | null, at: Date): string | null {
  if (expiresOn === null) return null;
  const left = expiryOf(expiresOn).getTime() - at.getTime();
  if (left <= 0) return `The channel was good until ${expiresOn}: nothing is sent there any more.`;
  return left <= aheadDays[0] * day ? `The channel is good until ${expiresOn} only.` : null;
}

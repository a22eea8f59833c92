/** How often the newest checkpoint is sent: each one, or the newest of an hour or a day. */
export const rhythms = ['checkpoint', 'hour', 'day'] as const;
export type Rhythm = (typeof rhythms)[number];

const milliseconds: Record<Rhythm, number> = { checkpoint: 0, hour: 3_600_000, day: 86_400_000 };

/**
 * When the next mail is due after one that was due at `dueAt` and is sent at `at`: on the beat of those before, and
 * after a downtime that was longer, a whole interval from now. What was missed is not made up for.
 */
export function nextDue(rhythm: Rhythm, dueAt: Date, at: Date): Date {
  const onBeat = dueAt.getTime() + milliseconds[rhythm];
  return new Date(onBeat > at.getTime() ? onBeat : at.getTime() + milliseconds[rhythm]);
}

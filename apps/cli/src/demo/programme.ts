/** A time of the week in UTC: 0 is Sunday. */
export interface WeeklyTime {
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** One incident of the demo: a sample, when it is filed, and whether receipt is acknowledged from the mail. */
export interface Part {
  readonly key: string;
  readonly filed: WeeklyTime;
  readonly fromTheMail: boolean;
}

/**
 * What is played, in this order. Hospitals at night and on a weekend, where targets run day and night; the botnet in
 * the duty hours that its targets count.
 */
export const programme: readonly Part[] = [
  { key: 'ransomware-hospitals', filed: { weekday: 6, hour: 22, minute: 10 }, fromTheMail: true },
  { key: 'ddos-power', filed: { weekday: 3, hour: 5, minute: 0 }, fromTheMail: false },
  { key: 'botnet-mitigation', filed: { weekday: 2, hour: 3, minute: 30 }, fromTheMail: false },
];

const minuteLength = 60_000;
const weekLength = 7 * 24 * 60 * minuteLength;
/** A Sunday at midnight, UTC. */
const sunday = Date.UTC(2026, 0, 4);

/** The first such time at or after an instant. */
export function nextTime(from: Date, { weekday, hour, minute }: WeeklyTime): Date {
  const offset = sunday + ((weekday * 24 + hour) * 60 + minute) * minuteLength;
  return new Date(offset + Math.ceil((from.getTime() - offset) / weekLength) * weekLength);
}

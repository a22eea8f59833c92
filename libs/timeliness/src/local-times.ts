import { Temporal } from 'temporal-polyfill';

/** An instant as the clock on a wall in that zone shows it: ISO 8601 with the offset from UTC. */
export interface LocalTime {
  readonly zone: string;
  readonly at: string;
}

/** An instant for everyone concerned. */
export interface Times {
  /** ISO 8601, ending in `Z`. */
  readonly utc: string;
  readonly local: readonly LocalTime[];
}

/** An instant in UTC and in each of these IANA zones; a zone named twice appears once. */
export const timesIn = (at: Date, zones: readonly string[]): Times => ({
  utc: at.toISOString(),
  local: [...new Set(zones)].map((zone) => ({
    zone,
    at: Temporal.Instant.fromEpochMilliseconds(at.getTime())
      .toZonedDateTimeISO(zone)
      .toString({ timeZoneName: 'never', smallestUnit: 'second' }),
  })),
});

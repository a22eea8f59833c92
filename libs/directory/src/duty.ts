/** Hours of a week in which somebody is on duty, in local wall-clock time of the point of contact's zone. */
export interface WeeklyHours {
  /** ISO 8601 days: 1 is Monday, 7 is Sunday. */
  days: number[];
  /** `HH:MM`; an end that is not after the start lies on the next day, and `24:00` ends the day. */
  from: string;
  to: string;
}

/** When a point of contact is on duty. Without hours nothing is known of them. */
export interface Duty {
  aroundTheClock?: boolean;
  weekly?: WeeklyHours[];
  /** Public holidays of a State (ISO 3166-1), and of a region in it (ISO 3166-2), where they are known. */
  holidays?: { country: string; region?: string };
  /** The party's own list, beside or in place of them: `YYYY-MM-DD`. */
  ownHolidays?: { on: string; name: string }[];
}

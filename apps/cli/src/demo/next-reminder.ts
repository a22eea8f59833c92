import type { LineClocks, RequestView } from '#libs/requests';
import { reminders } from '#libs/timeliness';

/** A reminder that the rules provide for, unless receipt is acknowledged before. */
export interface DueReminder {
  at: Date;
  party: string;
  body: string | null;
  /** How many the line has had once it has fired. */
  count: number;
}

/** The next reminder of all lines on which nobody has acknowledged; undefined when none is ahead. */
export function nextReminder(
  { addressees, timeline }: Pick<RequestView, 'addressees' | 'timeline'>,
  clocks: readonly LineClocks[],
): DueReminder | undefined {
  const ahead = addressees.flatMap((line): DueReminder[] => {
    const body = line.body?.id ?? null;
    const measured = clocks.find((one) => one.party === line.party && one.body === body);
    if (line.state !== 'sent' || !measured) return [];
    const { urgency, calendar, clocks: counted } = measured;
    const times = reminders({
      urgency,
      policyVersion: counted[0]?.policyVersion ?? 1,
      sentAt: new Date(line.sentAt),
      calendar,
    });
    const had = remindersOf(timeline, { party: line.party, body });
    const at = times[had];
    return at ? [{ at, party: line.party, body, count: had + 1 }] : [];
  });
  return ahead.toSorted((one, other) => one.at.getTime() - other.at.getTime())[0];
}

/** How often a line was reminded. */
export const remindersOf = (
  timeline: RequestView['timeline'],
  line: Pick<DueReminder, 'party' | 'body'>,
): number =>
  timeline.filter(
    ({ act, addressee, body }) => act === 'remind' && addressee === line.party && body === line.body,
  ).length;

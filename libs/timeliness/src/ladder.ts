import type { Urgency } from '#libs/wording';
import type { Calendar } from './calendar.js';
import { deadline } from './deadline.js';
import { targetsOf } from './targets.js';

/** When a step is taken, counted from sending: after minutes, or after a share of the acknowledgement target. */
type Offset = { readonly minutes: number } | { readonly ofAcknowledge: number };

type Step = 'remind';

type Ladder = Readonly<Record<Step, Readonly<Record<Urgency, readonly Offset[]>>>>;

/** By policy version. A step is a row. */
const ladders: Readonly<Record<number, Ladder>> = {
  1: {
    remind: {
      U1: [{ minutes: 15 }, { minutes: 30 }],
      U2: [{ minutes: 60 }, { minutes: 120 }],
      U3: [{ ofAcknowledge: 0.5 }, { ofAcknowledge: 0.8 }],
      U4: [{ ofAcknowledge: 0.8 }],
    },
  },
};

/** A request as it was sent: what decides when its ladder is climbed. */
export interface Sent {
  readonly urgency: Urgency;
  readonly policyVersion: number;
  readonly sentAt: Date;
  readonly calendar: Calendar;
}

/**
 * When the points of contact of an addressee are reminded, earliest first, on the clock of the urgency; empty when the
 * calendar has no duty hours. Whether a reminder is still wanted is for the caller to know: an acknowledgement, a
 * redirect or a withdrawal ends them. Raises RangeError for a policy version that never was.
 */
export function reminders({ urgency, policyVersion, sentAt, calendar }: Sent): Date[] {
  const { counts, acknowledge } = targetsOf(policyVersion, urgency);
  return (ladders[policyVersion]?.remind[urgency] ?? []).flatMap((offset) => {
    const minutes = 'minutes' in offset ? offset.minutes : offset.ofAcknowledge * acknowledge;
    return deadline({ start: sentAt, minutes, counts, calendar, pauses: [] }).due ?? [];
  });
}

import type { Urgency } from '#libs/wording';
import type { Counts } from './counting.js';

/** What a target asks for: a receipt, and the first answer of substance. */
export const targets = ['acknowledge', 'first-answer'] as const;

export type Target = (typeof targets)[number];

/** Targets of one urgency, in minutes; working minutes run in the addressee's duty hours. */
export interface Targets extends Readonly<Record<Target, number>> {
  readonly counts: Counts;
}

const hour = 60;
/** One working day is the working time of one full duty day: 8 hours. */
const workingDay = 8 * hour;

const policies: Readonly<Record<number, Readonly<Record<Urgency, Targets>>>> = {
  1: {
    U1: { counts: 'elapsed', acknowledge: hour, 'first-answer': 4 * hour },
    U2: { counts: 'elapsed', acknowledge: 4 * hour, 'first-answer': 24 * hour },
    U3: { counts: 'working', acknowledge: workingDay, 'first-answer': 3 * workingDay },
    U4: { counts: 'working', acknowledge: 2 * workingDay, 'first-answer': 10 * workingDay },
  },
};

/** The version of the targets and the ladder that a request sent today gets, and then keeps. */
export const policyVersion = 1;

/** The targets that a policy version sets. Raises RangeError for a version that never was. */
export function targetsOf(version: number, urgency: Urgency): Targets {
  const policy = policies[version];
  if (policy === undefined) throw new RangeError(`There is no policy version ${version}`);
  return policy[urgency];
}

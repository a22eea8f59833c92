import type { Urgency } from '#libs/wording';
import type { CallStep } from '../routes/call-steps.js';

/** Calls that one line asks for at most. */
export const mostCalls = 3;

/**
 * The channels to be called for a line, of the calls of its route: one for each point of contact. What the plan names goes
 * first, then those on duty. Where it is urgent an emergency telephone goes before other numbers of the same point of
 * contact. A channel in doubt is called only where there is no other.
 */
export function chooseCalls(steps: readonly CallStep[], urgency: Urgency): string[] {
  const sure = steps.filter(({ doubted }) => !doubted);
  const isUrgent = urgency === 'U1' || urgency === 'U2';
  const within = ({ inPlan, forOther, kind }: CallStep) =>
    inPlan ? 0 : 1 + 2 * Number(forOther) + Number(isUrgent && kind !== 'emergency-telephone');
  const between = ({ inPlan, offDuty }: CallStep) => (inPlan ? 0 : 1 + Number(offDuty));
  const first = [...Map.groupBy(sure.length > 0 ? sure : steps, ({ contact }) => contact).values()].flatMap(
    (of) => of.toSorted((one, other) => within(one) - within(other)).slice(0, 1),
  );
  return first
    .toSorted((one, other) => between(one) - between(other))
    .slice(0, mostCalls)
    .map(({ channel }) => channel);
}

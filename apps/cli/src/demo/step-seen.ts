import type { RequestView } from '#libs/requests';
import type { SampleStep } from '#libs/templates';

/** Where an act leads a line; any other leaves it where it is. */
const leadsTo: Readonly<Record<string, string>> = {
  acknowledge: 'acknowledged',
  assess: 'assessing',
  redirect: 'redirected',
  'accept-offer': 'agreed',
  'report-progress': 'in-progress',
  complete: 'completed',
  close: 'closed',
};

const stateAfter = ({ act, answers }: SampleStep): string | undefined =>
  act === 'determine' ? (answers?.answer === 'more-time' ? 'assessing' : 'answered') : leadsTo[act];

/** Acts that nobody is told of by mail. */
export const isSilent = ({ act }: SampleStep): boolean => act === 'take' || act === 'assess';

/**
 * What of a step is missing in a view of the other side, before and after; undefined when all of it is there: an
 * entry with what was said, and the state that the act leads to.
 */
export function unseen(step: SampleStep, before: RequestView, after: RequestView): string | undefined {
  const known = new Set(before.timeline.map(({ id }) => id));
  const entry = after.timeline.find(
    ({ id, act, party }) => !known.has(id) && act === step.act && party === step.by,
  );
  const what = `"${step.act}" by ${step.by}`;
  if (!entry) return `${what} in the timeline of the other side`;
  if (entry.said?.text?.text !== step.text?.text) return `the text of ${what}`;
  if (entry.said?.answer !== step.answers?.answer) return `the answer of ${what}`;
  const state = stateAfter(step);
  const party = step.addressee ?? (step.by === after.from ? undefined : step.by);
  const isThere = after.addressees.some(
    (line) =>
      (party === undefined || line.party === party) &&
      line.handedOver === (step.redirectTo !== undefined) &&
      line.state === state,
  );
  return state === undefined || isThere ? undefined : `the state "${state}" after ${what}`;
}

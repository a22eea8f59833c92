import type { PlanMode, RouteMeans, RouteStage, UsableChannel } from './route-words.js';

/** When a step is taken; `last`: at once only because nothing better is left. */
export interface Staged {
  stage: RouteStage;
  last: boolean;
}

/**
 * When each of the steps in their order is taken. At once: those that the plan names first, else the points of contact
 * of the best level that are on duty, or may be; in a crisis all of them. When reminded: the rest of that level, and
 * second channels. If a mail can be sent at all, one is sent at once, whatever the hour.
 */
export function stagesOf(
  steps: readonly UsableChannel[],
  mode: PlanMode,
  meansOf: (step: UsableChannel) => RouteMeans,
): Staged[] {
  const mails = steps.filter((step) => meansOf(step) !== 'call');
  const [first] = mails;
  if (!first) return steps.map(() => ({ stage: 'by-hand', last: false }));
  const best = mails.find(({ inPlan }) => inPlan === Infinity)?.level ?? -1;
  const told = new Set(mails.filter(({ inPlan, level }) => inPlan < Infinity || level <= best));
  const firstOf = new Map<string, UsableChannel>();
  for (const step of told) if (!firstOf.has(step.contact.id)) firstOf.set(step.contact.id, step);
  const isAtOnce = (step: UsableChannel): boolean =>
    firstOf.get(step.contact.id) === step &&
    (mode === 'crisis' || (step.inPlan === first.inPlan && isThere(step)));
  const nobody = !mails.some((step) => told.has(step) && isAtOnce(step));
  return steps.map((step) => {
    if (!told.has(step)) return { stage: 'by-hand', last: false };
    if (nobody && step === first) return { stage: 'at-once', last: true };
    return { stage: isAtOnce(step) ? 'at-once' : 'when-reminded', last: false };
  });
}

const isThere = ({ contact, channel, forOther }: UsableChannel): boolean =>
  !forOther &&
  contact.state !== 'stale' &&
  channel.state === 'proven' &&
  !contact.absent &&
  contact.duty !== 'off';

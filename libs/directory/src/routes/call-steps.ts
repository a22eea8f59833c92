import type { ChannelKind, Level } from '../entry-words.js';
import type { RouteStep } from './route-words.js';

/** A step of a route that a person takes: to call a point of contact on a channel that no machine operates. */
export interface CallStep {
  contact: string;
  channel: string;
  kind: ChannelKind;
  level: Level;
  /** Whether the plan that was obeyed names it. */
  inPlan: boolean;
  /** Whether the channel is suspect. */
  doubted: boolean;
  /** Whether it is for matters of another urgency. */
  forOther: boolean;
  /** Whether it is known that nobody is there. */
  offDuty: boolean;
}

interface Point {
  id: string;
  level: Level;
  channels: readonly { id: string; kind: ChannelKind }[];
}

/**
 * The calls of a route, in its order: to those that the system writes to, and to others of their level. Who stands in for
 * another is of the other's level; what the plan names is of any.
 */
export function callSteps(
  steps: readonly RouteStep[],
  points: readonly Point[],
  levels: readonly Level[],
): CallStep[] {
  const byId = new Map(points.map((point) => [point.id, point]));
  const rankOf = ({ contact, standsInFor }: RouteStep): number =>
    Math.min(
      ...[contact, standsInFor].map((id) => {
        const level = id === null ? undefined : byId.get(id)?.level;
        return level !== undefined && levels.includes(level) ? levels.indexOf(level) : Infinity;
      }),
    );
  const unplanned = steps.filter(({ place }) => place === null);
  const first = unplanned.find(({ means }) => means !== 'call') ?? unplanned[0];
  const best = first ? rankOf(first) : -1;
  return steps.flatMap((step): CallStep[] => {
    const point = byId.get(step.contact);
    const channel = point?.channels.find(({ id }) => id === step.channel);
    if (!point || !channel || step.means !== 'call') return [];
    if (step.place === null && rankOf(step) > best) return [];
    const has = (reason: RouteStep['because'][number]) => step.because.includes(reason);
    return [
      {
        ...{ contact: step.contact, channel: step.channel, kind: channel.kind, level: point.level },
        ...{ inPlan: step.place !== null, doubted: has('suspect'), forOther: has('other-purpose') },
        offDuty: has('off-duty') || has('nobody-stands-in'),
      },
    ];
  });
}

import type { PlanWay } from './route-words.js';

/**
 * What is wrong with the ways of a plan: each names one channel, a level and a kind or one of them, or another means in
 * words. `known` are the channels that either party can be reached on.
 */
export function wayFaults(
  ways: readonly PlanWay[],
  known: ReadonlySet<string>,
): { pointer: string; detail: string }[] {
  return ways.flatMap(({ level, kind, channel, means }, index) => {
    const said = [level ?? kind, channel, means].filter((one) => one !== undefined).length;
    if (said !== 1)
      return [
        {
          pointer: `#/ways/${index}`,
          detail: 'must name one thing: a level and a kind of channel, a channel, or another means in words',
        },
      ];
    if (channel === undefined || known.has(channel)) return [];
    return [
      {
        pointer: `#/ways/${index}/channel`,
        detail: 'must be a proven channel of one of the two parties; the plan of a network names none',
      },
    ];
  });
}

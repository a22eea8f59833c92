import type { ChannelKind, Level } from '../entry-words.js';
import { callSteps } from './call-steps.js';
import type { RouteStep } from './route-words.js';

const levels = ['technical', 'diplomatic', 'policy'] as const;
const point = (id: string, level: Level, ...kinds: ChannelKind[]) => ({
  ...{ id, level },
  channels: kinds.map((kind) => ({ id: `${id} ${kind}`, kind })),
});
const step = (channel: string, changes: Partial<RouteStep> = {}): RouteStep => {
  const [contact = '', kind] = channel.split(' ');
  const means = kind === 'mail' ? 'mail' : 'call';
  return {
    ...{ contact, channel, means, stage: 'by-hand', because: [], place: null, standsInFor: null },
    ...changes,
  };
};
const points = [
  point('desk', 'technical', 'mail', 'telephone'),
  point('embassy', 'diplomatic', 'mail', 'telephone', 'fax'),
  point('prison', 'law-enforcement-liaison', 'telephone'),
];
const channels = (steps: RouteStep[]) => callSteps(steps, points, levels).map(({ channel }) => channel);

describe('the calls of a route', () => {
  it('go to those of the level that is written to', () => {
    const both = [step('desk mail'), step('desk telephone'), step('embassy mail'), step('embassy telephone')];
    expect(channels(both)).toEqual(['desk telephone']);
    expect(channels(both.slice(2))).toEqual(['embassy telephone']);
    expect(channels([step('embassy telephone'), step('embassy fax')])).toEqual([
      ...['embassy telephone', 'embassy fax'],
    ]);
  });

  it('go below that level to whom a plan names, and to who stands in', () => {
    const written = [step('desk mail'), step('embassy fax', { place: 'alternate' })];
    expect(channels([...written, step('embassy telephone')])).toEqual(['embassy fax']);
    expect(channels([step('desk mail'), step('prison telephone', { standsInFor: 'desk' })])).toEqual([
      'prison telephone',
    ]);
  });

  it('keep what is known of each step', () => {
    const because: RouteStep['because'] = ['off-duty', 'suspect', 'other-purpose', 'call'];
    expect(callSteps([step('desk telephone', { because })], points, levels)).toEqual([
      {
        ...{ contact: 'desk', channel: 'desk telephone', kind: 'telephone', level: 'technical' },
        ...{ inPlan: false, doubted: true, forOther: true, offDuty: true },
      },
    ]);
  });
});

import type { CallStep } from '../routes/call-steps.js';
import { chooseCalls } from './choose-calls.js';

const step = (channel: string, changes: Partial<CallStep> = {}): CallStep => ({
  ...{ contact: channel.charAt(0), channel, kind: 'telephone', level: 'technical' },
  ...{ inPlan: false, doubted: false, forOther: false, offDuty: false, ...changes },
});
const emergency = { kind: 'emergency-telephone' } as const;

describe('the calls that a line asks for', () => {
  it('are one for each point of contact, in the order of the route, and three at most', () => {
    expect(chooseCalls([step('a1'), step('a2'), step('b1')], 'U3')).toEqual(['a1', 'b1']);
    expect(
      chooseCalls(
        ['a1', 'b1', 'c1', 'd1'].map((id) => step(id)),
        'U1',
      ),
    ).toEqual(['a1', 'b1', 'c1']);
    expect(chooseCalls([], 'U1')).toEqual([]);
  });

  it('go to those on duty first', () => {
    const steps = [step('a1', { offDuty: true }), step('b1'), step('c1'), step('d1')];
    expect(chooseCalls(steps, 'U1')).toEqual(['b1', 'c1', 'd1']);
  });

  it('use the emergency telephone where it is urgent, unless it is for other matters', () => {
    const steps = [step('a1'), step('a2', emergency)];
    expect((['U1', 'U2', 'U3', 'U4'] as const).map((urgency) => chooseCalls(steps, urgency)[0])).toEqual([
      ...['a2', 'a2', 'a1', 'a1'],
    ]);
    expect(chooseCalls([step('a1'), step('a2', { ...emergency, forOther: true })], 'U1')).toEqual(['a1']);
  });

  it('obey the plan before all else', () => {
    const steps = [step('b2', { inPlan: true, offDuty: true }), step('a1'), step('b1', emergency)];
    expect(chooseCalls(steps, 'U1')).toEqual(['b2', 'a1']);
  });

  it('use no channel in doubt while there is another', () => {
    const doubted = step('b1', { doubted: true });
    expect(chooseCalls([step('a1'), doubted], 'U1')).toEqual(['a1']);
    expect(chooseCalls([doubted], 'U1')).toEqual(['b1']);
  });
});

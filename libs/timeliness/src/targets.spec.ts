import { urgencies } from '#libs/wording';
import { policyVersion, targets, targetsOf } from './targets.js';

describe('the targets of policy version 1', () => {
  it('are those of the table: hours on the wall clock, working days in duty hours', () => {
    expect(urgencies.map((urgency) => targetsOf(1, urgency))).toEqual([
      { counts: 'elapsed', acknowledge: 60, 'first-answer': 240 },
      { counts: 'elapsed', acknowledge: 240, 'first-answer': 1440 },
      { counts: 'working', acknowledge: 480, 'first-answer': 1440 },
      { counts: 'working', acknowledge: 960, 'first-answer': 4800 },
    ]);
  });

  it('are what a request sent today gets', () => {
    expect(policyVersion).toBe(1);
    expect(targets).toEqual(['acknowledge', 'first-answer']);
  });

  it('of a version that never was are an error', () => {
    expect(() => targetsOf(2, 'U1')).toThrow(RangeError);
  });
});

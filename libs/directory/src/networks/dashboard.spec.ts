import { dashboardFor, leastMembers, type Aggregate } from './dashboard.js';

const aggregate = (members: number): Aggregate => ({
  members,
  coverage: [{ level: 'technical', required: true, present: 1, missing: members - 1 }],
  entries: { total: 1, confirmed: 1, stale: 0, hardConfirmationOverdue: 0 },
  channels: [],
});
const lines = [
  { party: 'XA', present: [], missing: ['technical' as const] },
  { party: 'XB', present: ['technical' as const], missing: [] },
];

describe('the dashboard of a network', () => {
  it('is whole for who keeps networks, however few the members are', () => {
    const whole = { aggregate: aggregate(2), lines };
    expect(dashboardFor(whole, { party: null, keeps: true })).toEqual(whole);
  });

  it('is sums alone for other staff, and sums and its own line for a State', () => {
    const whole = { aggregate: aggregate(leastMembers), lines };
    expect(dashboardFor(whole, { party: null, keeps: false })).toEqual({ ...whole, lines: [] });
    expect(dashboardFor(whole, { party: 'XB', keeps: false })).toEqual({ ...whole, lines: [lines[1]] });
  });

  it('tells a State no sums of so few that they tell of each', () => {
    const whole = { aggregate: aggregate(leastMembers - 1), lines };
    expect(dashboardFor(whole, { party: 'XA', keeps: false })).toEqual({
      aggregate: null,
      lines: [lines[0]],
    });
  });
});

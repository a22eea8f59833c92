import { allowedPlanActs, decidePlan, mayDeclare, type PlanContent } from './plan-words.js';

const content: PlanContent = {
  ...{ ways: [], only: false, bridge: null, reportEvery: {} },
  mayDeclare: [{ party: 'XA', roles: ['duty-officer'], levels: ['technical'] }],
};

describe('a communication plan', () => {
  it('holds when the other side agrees, and not when the one who proposed it does', () => {
    const proposed = { state: 'proposed', kind: 'pair' } as const;
    expect(allowedPlanActs({ ...proposed, mine: true })).toEqual(['withdraw']);
    expect(allowedPlanActs({ ...proposed, mine: false })).toEqual(['agree', 'decline']);
    expect(decidePlan({ ...proposed, mine: true }, 'agree')).toEqual({ refused: 'other-side' });
    expect(decidePlan({ ...proposed, mine: false }, 'agree')).toEqual({ to: 'in-force' });
  });

  it('is ended by either side, and by nobody twice', () => {
    for (const mine of [true, false])
      expect(allowedPlanActs({ state: 'in-force', kind: 'pair', mine })).toEqual(['end']);
    for (const state of ['declined', 'withdrawn', 'replaced', 'ended'] as const)
      expect(allowedPlanActs({ state, kind: 'pair', mine: false })).toEqual([]);
    expect(allowedPlanActs({ state: 'in-force', kind: 'network', mine: true })).toEqual(['end']);
  });

  it('says who may declare a mode, side by side; else officers may', () => {
    const duty = { party: 'XA', role: 'duty-officer', levels: ['technical'] } as const;
    expect(mayDeclare(content, duty)).toBe(true);
    expect(mayDeclare(content, { ...duty, levels: ['policy'] })).toBe(false);
    expect(mayDeclare(content, { ...duty, role: 'officer' })).toBe(false);
    expect(mayDeclare(content, { ...duty, party: 'XB' })).toBe(false);
    expect(mayDeclare(content, { party: 'XB', role: 'officer', levels: [] })).toBe(true);
  });
});

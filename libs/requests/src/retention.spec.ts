import { inForce, type PolicyVersion } from './retention.js';

const day = 86_400_000;
const start = Date.parse('2026-01-01T00:00:00Z');
const after = (days: number) => new Date(start + days * day);
const set = (version: number, days: number | null, onDay: number, draftDays: number | null = null) =>
  ({ version, days, draftDays, setAt: after(onDay) }) satisfies PolicyVersion;

describe('the term in force', () => {
  it('is none without a policy, and for a month after the first', () => {
    expect(inForce([], after(0))).toEqual({ days: null, draftDays: null });
    expect(inForce([set(1, 90, 0, 60)], after(29.9))).toEqual({ days: null, draftDays: null });
    expect(inForce([set(1, 90, 0, 60)], after(30))).toEqual({ days: 90, draftDays: 60 });
  });

  it('is shortened after a month and lengthened at once', () => {
    const shortened = [set(1, 365, 0), set(2, 90, 100)];
    expect(inForce(shortened, after(129.9)).days).toBe(365);
    expect(inForce(shortened, after(130)).days).toBe(90);
    const lengthened = [set(1, 90, 0), set(2, 365, 100)];
    expect(inForce(lengthened, after(100)).days).toBe(365);
    expect(inForce([...lengthened, set(3, null, 200)], after(200)).days).toBeNull();
  });

  it('is not shortened by a slip that was put right within the month', () => {
    const slip = [set(1, 365, 0), set(2, 30, 100), set(3, 365, 110)];
    for (const at of [101, 111, 130, 139, 140, 141, 200]) expect(inForce(slip, after(at)).days).toBe(365);
  });
});

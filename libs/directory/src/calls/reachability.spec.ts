import fc from 'fast-check';
import { checksCounted, reachOf, type SeenCheck } from './reachability.js';

const at = new Date('2026-07-11T12:00:00Z');
const day = 86_400_000;
const ago = (days: number) => new Date(at.getTime() - days * day);
const check = (outcome: string, days: number): SeenCheck => ({ outcome, at: ago(days) });
const never = { answeredAt: null, answeredHow: null };

describe('reachability', () => {
  it('claims nothing of a channel on which nothing was tried', () => {
    expect(reachOf(never, [], at)).toEqual({
      ...{ answeredAt: null, how: null, daysAgo: null, checks: 0, answered: 0, failedAt: null },
    });
  });

  it('says when a person last answered, how, and how many whole days ago', () => {
    const { answeredAt, how, daysAgo } = reachOf({ answeredAt: ago(9.9), answeredHow: 'call' }, [], at);
    expect([answeredAt, how, daysAgo]).toEqual([ago(9.9).toISOString(), 'call', 9]);
    // A clock that was set back does not make an answer come from tomorrow.
    expect(reachOf({ answeredAt: ago(-2), answeredHow: 'call' }, [], at).daysAgo).toBe(0);
  });

  it('counts the newest ten, and keeps the last failure in sight beyond them', () => {
    const checks = [
      check('no-answer', 90),
      ...Array.from({ length: 12 }, (_, n) => check('answered', n + 1)),
    ];
    expect(reachOf(never, checks, at)).toMatchObject({
      ...{ checks: 10, answered: 10, failedAt: ago(90).toISOString() },
    });
    const mixed = [
      check('answered', 3),
      check('wrong-contact', 1),
      check('failed', 2),
      check('no-answer', 4),
    ];
    expect(reachOf(never, mixed, at)).toMatchObject({
      ...{ checks: 4, answered: 1, failedAt: ago(1).toISOString() },
    });
  });

  it('is the same in whatever order checks are given, and reads instants as the database writes them', () => {
    const outcome = fc.constantFrom('answered', 'no-answer', 'failed', 'wrong-contact');
    const days = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 30 });
    fc.assert(
      fc.property(days, fc.array(outcome, { minLength: 30, maxLength: 30 }), (when, what) => {
        const checks = when.map((one, n) => check(what[n] ?? 'answered', one));
        const reach = reachOf(never, checks, at);
        const written = checks.toReversed().map((one) => ({ ...one, at: new Date(one.at).toISOString() }));
        expect(reachOf(never, written, at)).toEqual(reach);
        expect(reach.checks).toBe(Math.min(checks.length, checksCounted));
        expect(reach.answered).toBeLessThanOrEqual(reach.checks);
        expect(reach.failedAt === null).toBe(checks.every((one) => one.outcome === 'answered'));
      }),
    );
  });
});

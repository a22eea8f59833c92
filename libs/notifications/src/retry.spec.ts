import fc from 'fast-check';
import { afterAttempt, leaseSeconds, retryDelay, sendingSeconds, tryingFor } from './retry.js';

const createdAt = new Date('2026-03-14T22:30:00Z');
const later = (milliseconds: number) => new Date(createdAt.getTime() + milliseconds);

describe('after an attempt', () => {
  it('an accepted notice is done and a refused one has failed', () => {
    const notice = { attempt: 1, createdAt };
    expect(afterAttempt('accepted', notice, later(1000), 0)).toEqual({ state: 'accepted', dueAt: null });
    expect(afterAttempt('permanent', notice, later(1000), 0)).toEqual({ state: 'failed', dueAt: null });
  });

  it('a hold-up is tried again soon, and an unknown outcome too', () => {
    expect(afterAttempt('transient', { attempt: 1, createdAt }, later(1000), 0)).toEqual({
      state: 'pending',
      dueAt: later(6000),
    });
    expect(afterAttempt('unknown', { attempt: 2, createdAt }, later(1000), 0)).toEqual({
      state: 'unknown',
      dueAt: later(16_000),
    });
  });

  it('is never given up within 72 hours, and is afterwards', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 0, max: tryingFor }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.constantFrom('transient' as const, 'unknown' as const),
        (attempt, age, jitter, outcome) => {
          expect(afterAttempt(outcome, { attempt, createdAt }, later(age), jitter).state).not.toBe('failed');
          expect(afterAttempt(outcome, { attempt, createdAt }, later(tryingFor + 1), jitter).state).toBe(
            'failed',
          );
        },
      ),
    );
  });

  it('waits longer each time, up to half an hour', () => {
    const waits = Array.from({ length: 12 }, (_, index) => retryDelay(index + 1, 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(waits.at(-1)).toBe(1_800_000);
    expect(retryDelay(1, 0.999)).toBeGreaterThanOrEqual(4000);
  });

  it('nests its time limits: socket below sending deadline, lease above the sending of others', () => {
    expect(sendingSeconds).toBeGreaterThan(60 + 10 + 10);
    expect(leaseSeconds).toBeGreaterThan(60);
  });
});

import { actsThatNeedFresh, demandFresh, needsStepUp, type CallerSession } from './step-up.js';

const at = new Date('2026-11-21T12:00:00Z');
const before = (minutes: number) => new Date(at.getTime() - minutes * 60_000);
const session = (changes: Partial<CallerSession>): CallerSession => ({
  ...{ id: 's', stage: 'full', factor: 'totp', factorAt: at },
  ...changes,
});

describe('the second factor', () => {
  it.each([
    [0, false],
    [5, false],
    [5.01, true],
    [600, true],
  ])('given %d minutes ago has to be given again: %s', (minutes, again) => {
    for (const factor of ['totp', 'passkey', 'recovery-code', 'organization'] as const)
      expect(needsStepUp(session({ factor, factorAt: before(minutes) }), 'accept-offer', at)).toBe(again);
  });

  it('is asked for again for the acts listed, and no other', () => {
    const stale = session({ factorAt: before(60) });
    for (const act of actsThatNeedFresh) expect([act, needsStepUp(stale, act, at)]).toEqual([act, true]);
    for (const act of ['acknowledge', 'send', 'message', 'read'])
      expect([act, needsStepUp(stale, act, at)]).toEqual([act, false]);
    expect(() => demandFresh({ session: stale }, 'accept-offer', at)).toThrow('step-up-needed');
  });

  it('cannot be given under emergency access, which opens none of these acts but setting a new one up', () => {
    const caller = { session: session({ factor: 'emergency', factorAt: at }) };
    for (const act of actsThatNeedFresh)
      if (act !== 'set-up-factor') expect(() => demandFresh(caller, act, at)).toThrow('forbidden');
    expect(needsStepUp(session({ factor: 'emergency', factorAt: before(200) }), 'set-up-factor', at)).toBe(
      false,
    );
    expect(() => demandFresh(caller, 'acknowledge', at)).not.toThrow();
  });

  it('is not asked of sample worlds, of links, nor of those who set their first one up', () => {
    expect(needsStepUp(session({ factor: 'none', factorAt: before(600) }), 'accept-offer', at)).toBe(false);
    expect(needsStepUp(undefined, 'accept-offer', at)).toBe(false);
    const enrolling = session({ stage: 'enrol', factor: null, factorAt: null });
    expect(needsStepUp(enrolling, 'set-up-factor', at)).toBe(false);
    expect(needsStepUp(enrolling, 'make-token', at)).toBe(true);
  });
});

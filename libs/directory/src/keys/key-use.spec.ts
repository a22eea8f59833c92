import fc from 'fast-check';
import { dueWarning, keyUse, mayEncryptTo, warningDays, type KeyFacts } from './key-use.js';

const at = new Date('2026-11-23T09:00:00Z');
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);
const good: KeyFacts = {
  ...{ state: 'confirmed', canEncrypt: true, validFrom: days(-1), expiresAt: days(200), testedAt: days(-1) },
};

describe('the use of a key', () => {
  it.each([
    [{}, 'usable', true],
    [{ expiresAt: null }, 'usable', true],
    [{ testedAt: null }, 'untested', true],
    [{ expiresAt: days(90) }, 'expires-soon', true],
    [{ expiresAt: days(90), testedAt: null }, 'expires-soon', true],
    [{ expiresAt: days(91) }, 'usable', true],
    [{ expiresAt: at }, 'expired', false],
    [{ validFrom: days(1) }, 'not-yet-valid', false],
    [{ canEncrypt: false }, 'cannot-encrypt', false],
    [{ state: 'proposed' }, 'proposed', false],
    [{ state: 'revoked', expiresAt: at }, 'revoked', false],
    [{ state: 'ended', canEncrypt: false }, 'ended', false],
  ] as const)('with %j is %s', (changes, state, valid) => {
    const use = keyUse({ ...good, ...changes }, at);
    expect([use.state, mayEncryptTo(use), use.warning === null]).toEqual([state, valid, state === 'usable']);
  });

  it('says both that a key ends and that nobody has tried it', () => {
    expect(keyUse({ ...good, expiresAt: days(3), testedAt: null }, at).warning).toBe(
      'The key expires on 2026-11-26. Nobody has shown yet that its holder can read what is encrypted to it.',
    );
  });
});

describe('the warning before the end of a key', () => {
  it.each([
    [90.1, null, null],
    [90, null, 90],
    [90, 90, null],
    [31, null, 90],
    [30, 90, 30],
    [7, 30, 7],
    [6, null, 7],
    [6, 7, null],
    [0, 7, 0],
    [-400, null, 0],
    [-400, 0, null],
  ])('%d days before, when that of %p days was given, is %p', (left, given, due) => {
    expect(dueWarning(days(left), given, at)).toBe(due);
  });

  it('is given once each at most and in their order, however seldom anybody looks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 150 })), (looks) => {
        const given: number[] = [];
        for (const left of [...looks].sort((one, other) => other - one)) {
          const due = dueWarning(days(left), given.at(-1) ?? null, at);
          if (due !== null) given.push(due);
        }
        const lastLook = Math.min(...looks);
        expect(given).toEqual([90, 30, 7, 0].filter((one) => given.includes(one)));
        expect(new Set(given).size).toBe(given.length);
        // Whatever was missed, the nearest one to the last look was given.
        const nearest = [0, ...[...warningDays].reverse()].find((one) => lastLook <= one);
        expect(given.at(-1)).toBe(nearest);
      }),
    );
  });
});

import { hasSecondFactor, provedAgo, wasProvedSince, weakValues } from './organization-assurance.js';

const values = { acr: ['urn:example:silver'], amr: ['mfa', 'hwk'] };

describe('what a provider says of how somebody signed in', () => {
  it.each([
    [{ amr: ['pwd', 'mfa'] }, true],
    [{ amr: ['hwk'] }, true],
    [{ acr: 'urn:example:silver' }, true],
    [{ acr: 'urn:example:silver', amr: ['pwd'] }, true],
    [{ acr: 'urn:example:bronze', amr: ['pwd', 'otp'] }, false],
    // A value of the one kind does not count as one of the other.
    [{ acr: 'mfa', amr: ['urn:example:silver'] }, false],
    [{ amr: [] }, false],
    [{}, false],
  ])('counts as a second factor or not: %j', (claims, expected) => {
    expect(hasSecondFactor({ iat: 0, ...claims }, values)).toBe(expected);
  });

  it('never counts where nothing is known to say so', () => {
    expect(hasSecondFactor({ iat: 0, acr: '', amr: [''] }, { acr: [], amr: [] })).toBe(false);
    expect([weakValues.has('pwd'), weakValues.has('0'), weakValues.has('mfa')]).toEqual([true, true, false]);
  });

  it.each([
    ['just before the token', 1_000_000_099, 60, true],
    ['since we asked', 1_000_000_040, 60, true],
    ['in the second in which we asked', 1_000_000_038, 60, true],
    ['before we asked', 1_000_000_037, 60, false],
    ['long before', 999_990_000, 60, false],
    ['nobody knows when', undefined, 60, false],
  ])('tells when somebody proved it: %s', (_, auth_time, elapsed, expected) => {
    expect(wasProvedSince({ auth_time, iat: 1_000_000_100 }, elapsed)).toBe(expected);
  });

  it('measures by the clock of the provider alone how long ago it was proved', () => {
    const ago = (auth_time?: number) => provedAgo({ auth_time, iat: 1_000_000_100 });
    expect([ago(1_000_000_000), ago(1_000_000_200), ago()]).toEqual([100, 0, undefined]);
  });
});

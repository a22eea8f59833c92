import { expiryOf, expiryWarning } from './channel-expiry.js';

describe('the last day of a channel', () => {
  it('is over at its end, in UTC', () => {
    expect(expiryOf('2026-12-31')).toEqual(new Date('2027-01-01T00:00:00Z'));
  });

  it.each([
    ['2026-12-01T23:59:59Z', null],
    ['2026-12-02T00:00:00Z', 'The channel is good until 2026-12-31 only.'],
    ['2026-12-31T23:59:59Z', 'The channel is good until 2026-12-31 only.'],
    ['2027-01-01T00:00:00Z', 'The channel was good until 2026-12-31: nothing is sent there any more.'],
  ])('at %s is warned of so: %s', (at, warning) => {
    expect(expiryWarning('2026-12-31', new Date(at))).toBe(warning);
  });

  it('is warned of nowhere where there is none', () => {
    expect(expiryWarning(null, new Date('2027-01-01T00:00:00Z'))).toBe(null);
  });
});

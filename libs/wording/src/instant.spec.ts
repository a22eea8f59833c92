import { formatInstant, formatStatedInstant } from './instant.js';

describe('an instant', () => {
  it('is shown to the minute, in UTC', () => {
    expect(formatInstant(new Date('2026-11-21T22:43:59.999+02:00'))).toBe('2026-11-21 20:43 UTC');
  });

  it.each([
    ['2026-11-21T20:43:00Z', '2026-11-21 20:43 UTC'],
    ['2026-11-21T20:00:00.000Z', '2026-11-21 20:00 UTC'],
    ['2026-11-21T20:00:17Z', '2026-11-21 20:00:17 UTC'],
    ['2026-11-21T20:00:17.000Z', '2026-11-21 20:00:17 UTC'],
    ['2026-11-21T20:00:00.250000Z', '2026-11-21 20:00:00.250000 UTC'],
  ])('stated as %s keeps what was stated: %s', (stated, shown) => {
    expect(formatStatedInstant(stated)).toBe(shown);
  });
});

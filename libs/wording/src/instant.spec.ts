import { formatInstant } from './instant.js';

describe('an instant', () => {
  it('is shown to the minute, in UTC', () => {
    expect(formatInstant(new Date('2026-11-21T22:43:59.999+02:00'))).toBe('2026-11-21 20:43 UTC');
  });
});

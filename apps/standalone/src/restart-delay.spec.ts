import { restartDelay } from './restart-delay.js';

describe('the delay before a restart', () => {
  it('doubles with each ending in a row, up to half a minute', () => {
    expect([1, 2, 3, 6, 7, 50].map(restartDelay)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000]);
  });
});

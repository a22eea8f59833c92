import { forgottenAfter, freeTries, waitAfter } from './throttle.js';

describe('failed tries', () => {
  it.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [10, 32],
    [14, 512],
    [15, 900],
    [1_000, 900],
  ])('%d of them make the next wait %d s', (failures, seconds) => {
    expect(waitAfter(failures, freeTries.account)).toBe(seconds);
  });

  it('are remembered for longer than anybody has to wait for them', () => {
    expect(forgottenAfter).toBeGreaterThan(waitAfter(1_000_000, 0));
  });
});

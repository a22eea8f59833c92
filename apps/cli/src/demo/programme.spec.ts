import { samples } from '#libs/templates';
import { nextTime, programme } from './programme.js';

describe('the programme of the demo', () => {
  it('plays each sample once, and one acknowledgement from the mail', () => {
    expect(programme.map(({ key }) => key)).toEqual(samples.map(({ key }) => key));
    expect(programme.filter(({ fromTheMail }) => fromTheMail)).toHaveLength(1);
  });
});

describe('the next time of the week', () => {
  const saturday = { weekday: 6, hour: 22, minute: 10 };

  it.each([
    ['2026-03-10T12:00:00Z', '2026-03-14T22:10:00.000Z'],
    ['2026-03-14T22:10:00Z', '2026-03-14T22:10:00.000Z'],
    ['2026-03-14T22:10:00.001Z', '2026-03-21T22:10:00.000Z'],
    ['2025-12-31T23:59:00Z', '2026-01-03T22:10:00.000Z'],
  ])('after %s is %s', (from, next) => {
    expect(nextTime(new Date(from), saturday).toISOString()).toBe(next);
  });
});

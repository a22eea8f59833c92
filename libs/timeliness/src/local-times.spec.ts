import { timesIn } from './local-times.js';

describe('an instant for both sides', () => {
  it('is given in UTC and on both local clocks, with their offsets', () => {
    expect(timesIn(new Date('2026-10-25T00:30:00Z'), ['Europe/Paris', 'Asia/Kathmandu'])).toEqual({
      utc: '2026-10-25T00:30:00.000Z',
      local: [
        { zone: 'Europe/Paris', at: '2026-10-25T02:30:00+02:00' },
        { zone: 'Asia/Kathmandu', at: '2026-10-25T06:15:00+05:45' },
      ],
    });
  });

  it('tells the two hours of an overlap apart', () => {
    const shown = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'].map(
      (at) => timesIn(new Date(at), ['Europe/Paris']).local[0]?.at,
    );
    expect(shown).toEqual(['2026-10-25T02:30:00+02:00', '2026-10-25T02:30:00+01:00']);
  });

  it('names a zone that both share once', () => {
    expect(timesIn(new Date(0), ['UTC', 'UTC']).local).toEqual([
      { zone: 'UTC', at: '1970-01-01T00:00:00+00:00' },
    ]);
  });
});

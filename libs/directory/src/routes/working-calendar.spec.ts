import { calendarFaults, deadline } from '#libs/timeliness';
import type { Duty } from '../duty.js';
import { calendarOfDuty, primaryOf } from './working-calendar.js';

// Wednesday, 10:00 in UTC.
const at = new Date('2026-07-01T10:00:00Z');
const of = (duty: Duty, level: 'technical' | 'policy' = 'technical') =>
  calendarOfDuty(
    { level, version: 7 },
    { duty, zone: 'Etc/UTC', absences: [], holidays: (year) => [{ on: `${year}-07-02`, name: 'Day' }] },
    at,
  );
const dueAfter = (duty: Duty, minutes: number) => {
  const calendar = of(duty);
  if (!calendar) throw new Error('no hours were said');
  expect(calendarFaults(calendar)).toEqual([]);
  return deadline({ start: at, minutes, counts: 'working', calendar, pauses: [] }).due?.toISOString();
};

describe('the calendar of an addressee', () => {
  it('is that of its hours of duty, with holidays, in the version of the entry', () => {
    const mornings = { weekly: [{ days: [3, 4, 5], from: '08:00', to: '12:00' }] };
    expect(of(mornings)).toMatchObject({ version: 7, ofDuty: true, zone: 'Etc/UTC' });
    expect(of(mornings)?.holidays).toEqual(
      expect.arrayContaining(['2026-07-02', '2027-07-02', '2029-07-02']),
    );
    expect(dueAfter(mornings, 180)).toBe('2026-07-03T09:00:00.000Z');
    expect(dueAfter({ weekly: [{ days: [3], from: '22:00', to: '06:00' }] }, 180)).toBe(
      '2026-07-08T23:00:00.000Z',
    );
  });

  it('knows neither nights nor holidays where somebody is there around the clock', () => {
    expect(dueAfter({ aroundTheClock: true }, 2 * 1440)).toBe('2026-07-03T10:00:00.000Z');
  });

  it('is not known where nothing was said, or only at another level', () => {
    expect(of({})).toBe(null);
    expect(of({ aroundTheClock: true }, 'policy')).toBe(null);
  });

  it('is that of the primary one that can be reached, at the best level there is', () => {
    const point = (
      level: 'technical' | 'policy',
      position: number,
      state: 'active' | 'suspended' = 'active',
    ) => ({
      ...{ level, position, state },
    });
    const points = [point('policy', 1), point('technical', 2), point('technical', 1, 'suspended')];
    expect(primaryOf(points, ['technical', 'policy'])).toBe(points[1]);
    expect(primaryOf(points.slice(0, 1), ['technical', 'policy'])).toBe(points[0]);
    expect(primaryOf([], ['technical'])).toBe(undefined);
  });
});

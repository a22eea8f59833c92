import fc from 'fast-check';
import { intervals, nextOnDuty, onDutyAt, type DutyCalendar } from './duty-calendar.js';
import type { WeeklyHours } from './duty.js';

const zones = [
  ...['America/New_York', 'Europe/Paris', 'Europe/Chisinau', 'Australia/Lord_Howe', 'Asia/Kathmandu'],
  ...['Pacific/Apia', 'Africa/Cairo', 'Atlantic/Azores'],
];
const quarter = 900_000;
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
const time = fc.nat(95).map((of) => new Date(of * quarter).toISOString().slice(11, 16));
const weekly: fc.Arbitrary<WeeklyHours[]> = fc.array(
  fc.record({
    days: fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 }),
    from: time,
    to: fc.oneof(time, fc.constant('24:00')),
  }),
  { minLength: 1, maxLength: 3 },
);
const absences = fc.array(
  fc.tuple(instant, fc.integer({ min: 1, max: 20 * 24 })).map(([from, hours]) => ({
    ...{ from: from.getTime(), until: from.getTime() + hours * 3_600_000, substitute: null },
  })),
  { maxLength: 3 },
);
const days = fc.array(
  instant.map((at) => ({ on: at.toISOString().slice(0, 10), name: 'Day of the Tulip' })),
  { maxLength: 10 },
);
const calendars: fc.Arbitrary<DutyCalendar> = fc
  .record({ weekly, zone: fc.constantFrom(...zones), days, absences, around: fc.nat(9) })
  .map(({ weekly: hours, zone, days: off, absences: away, around }) => ({
    ...{ zone, absences: away, duty: around === 0 ? { aroundTheClock: true } : { weekly: hours } },
    holidays: (year) => off.filter(({ on }) => on.startsWith(String(year))),
  }));
const twoMonths = (from: Date) => new Date(from.getTime() + 62 * 86_400_000);
const runs = { numRuns: 60 };

describe('for every week, zone, holiday and absence', () => {
  it('intervals are sorted, never overlap and are never empty', () => {
    fc.assert(
      fc.property(calendars, instant, (calendar, from) => {
        let last = from.getTime();
        for (const one of intervals(calendar, from, twoMonths(from))) {
          expect(one.from.getTime()).toBeGreaterThanOrEqual(last);
          expect(one.until.getTime()).toBeGreaterThan(one.from.getTime());
          last = one.until.getTime();
        }
        expect(last).toBeLessThanOrEqual(twoMonths(from).getTime());
      }),
      runs,
    );
  });

  it('somebody is on duty exactly inside the intervals that say so', () => {
    fc.assert(
      fc.property(calendars, instant, fc.nat(62 * 96 - 1), (calendar, from, quarters) => {
        const at = new Date(from.getTime() + quarters * quarter);
        const inside = intervals(calendar, from, twoMonths(from)).some(
          (one) => one.onDuty && one.from <= at && at < one.until,
        );
        expect(onDutyAt(calendar, at).status).toBe(inside ? 'on' : 'off');
      }),
      runs,
    );
  });

  it('the next duty is never before now, somebody is on duty then, and nobody in between', () => {
    fc.assert(
      fc.property(calendars, instant, (calendar, now) => {
        const next = nextOnDuty(calendar, now);
        if (next === null) {
          expect(onDutyAt(calendar, now)).toMatchObject({ status: 'off', until: null });
          return;
        }
        expect(next.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(onDutyAt(calendar, next).status).toBe('on');
        expect(intervals(calendar, now, next).filter(({ onDuty }) => onDuty)).toEqual([]);
      }),
      runs,
    );
  });

  it('duty that is on ends where it is said to end', () => {
    fc.assert(
      fc.property(calendars, instant, (calendar, now) => {
        const { status, since, until } = onDutyAt(calendar, now);
        if (since) expect(since.getTime()).toBeLessThanOrEqual(now.getTime());
        if (until) expect(onDutyAt(calendar, until).status).toBe(status === 'on' ? 'off' : 'on');
      }),
      runs,
    );
  });
});

describe('over a year', () => {
  const year = { from: new Date('2026-06-01T00:00Z'), until: new Date('2027-05-31T00:00Z') };
  const total = (calendar: DutyCalendar) =>
    intervals(calendar, year.from, year.until).reduce(
      (sum, one) => sum + (one.until.getTime() - one.from.getTime()) / 3_600_000,
      0,
    );

  it.each(zones)(
    '52 weeks from 9 to 17 are 2080 hours in %s, and a week of nights what the clocks make of it',
    (zone) => {
      const calendar = { zone, holidays: () => [], absences: [] };
      const office = [{ days: [1, 2, 3, 4, 5], from: '09:00', to: '17:00' }];
      // 364 days, and no office hour lies at the edge of them but where the local day is another.
      expect(total({ ...calendar, duty: { weekly: office } })).toBe(2080);
      const whole = [{ days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '24:00' }];
      expect(total({ ...calendar, duty: { weekly: whole } })).toBe(364 * 24);
      expect(total({ ...calendar, duty: { aroundTheClock: true } })).toBe(364 * 24);
    },
  );
});

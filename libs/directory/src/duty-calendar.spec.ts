import { absenceAt, intervals, nextOnDuty, onDutyAt, type DutyCalendar } from './duty-calendar.js';
import type { Duty } from './duty.js';

const workdays = [1, 2, 3, 4, 5];
const office: Duty = { weekly: [{ days: workdays, from: '09:00', to: '17:00' }] };
const nights: Duty = { weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '06:00' }] };
const calendar = (changes: Partial<DutyCalendar> = {}): DutyCalendar => ({
  ...{ duty: office, zone: 'Europe/Paris', holidays: () => [], absences: [] },
  ...changes,
});
const at = (instant: string) => new Date(instant);
const span = (from: string, until: string) => ({ from: Date.parse(from), until: Date.parse(until) });
const shown = (of: DutyCalendar, from: string, until: string) =>
  intervals(of, at(from), at(until)).map((one) =>
    [
      ...[one.from, one.until].map((instant) => instant.toISOString().slice(5, 16)),
      one.holiday ?? one.because,
    ].join(' '),
  );
const hours = (of: DutyCalendar, from: string, until: string) =>
  intervals(of, at(from), at(until))
    .filter(({ onDuty }) => onDuty)
    .reduce((sum, one) => sum + (one.until.getTime() - one.from.getTime()) / 3_600_000, 0);

describe('duty at a point of contact', () => {
  it('is told with its beginning and its end', () => {
    expect(onDutyAt(calendar(), at('2026-06-05T10:00Z'))).toEqual({
      ...{ status: 'on', since: at('2026-06-05T07:00Z'), until: at('2026-06-05T15:00Z') },
    });
    // The end is outside: at 17:00 on a Friday nobody is there until Monday.
    expect(onDutyAt(calendar(), at('2026-06-05T15:00Z'))).toEqual({
      ...{ status: 'off', since: at('2026-06-05T15:00Z'), until: at('2026-06-08T07:00Z') },
    });
  });

  it('is unknown without hours, and never off', () => {
    for (const duty of [{}, { weekly: [] }, { aroundTheClock: false }]) {
      const unknown = calendar({
        duty,
        absences: [{ ...span('2026-06-01', '2026-06-30'), substitute: null }],
      });
      expect(onDutyAt(unknown, at('2026-06-05T10:00Z'))).toEqual({
        ...{ status: 'unknown', since: null, until: null },
      });
      expect(nextOnDuty(unknown, at('2026-06-05T10:00Z'))).toBeNull();
      expect(shown(unknown, '2026-06-05', '2026-06-06')).toEqual(['06-05T00:00 06-06T00:00 absence']);
    }
  });

  it('goes on around the clock, on holidays too, but not in an absence', () => {
    const holidays = () => [{ on: '2026-06-05', name: 'Day of the Tulip' }];
    const always = calendar({ duty: { aroundTheClock: true }, holidays });
    expect(onDutyAt(always, at('2026-06-05T03:00Z'))).toEqual({ status: 'on', since: null, until: null });
    const absences = [{ ...span('2026-06-05T12:00Z', '2026-06-06T12:00Z'), substitute: 'other' }];
    expect(shown({ ...always, absences }, '2026-06-05', '2026-06-07')).toEqual([
      '06-05T00:00 06-05T12:00 around-the-clock',
      '06-05T12:00 06-06T12:00 absence',
      '06-06T12:00 06-07T00:00 around-the-clock',
    ]);
    expect(onDutyAt({ ...always, absences }, at('2026-06-05T12:00Z'))).toEqual({
      ...{ status: 'off', since: at('2026-06-05T12:00Z'), until: at('2026-06-06T12:00Z') },
    });
  });

  it('lasts into the next day where it ends at or before the hour it began', () => {
    const night = calendar({ duty: nights });
    expect(shown(night, '2026-06-05T12:00Z', '2026-06-06T12:00Z')).toEqual([
      '06-05T20:00 06-06T04:00 weekly-hours',
    ]);
    expect(onDutyAt(night, at('2026-06-06T03:59:59Z')).since).toEqual(at('2026-06-05T20:00Z'));
    const whole = calendar({ duty: { weekly: [{ days: [7], from: '09:00', to: '09:00' }] } });
    expect(shown(whole, '2026-06-07', '2026-06-09')).toEqual(['06-07T07:00 06-08T07:00 weekly-hours']);
    const untilMidnight = calendar({ duty: { weekly: [{ days: [7], from: '20:00', to: '00:00' }] } });
    expect(shown(untilMidnight, '2026-06-07', '2026-06-09')).toEqual([
      '06-07T18:00 06-07T22:00 weekly-hours',
    ]);
  });

  it('counts the real time of nights in which the clocks change', () => {
    const night = calendar({ duty: nights });
    expect(hours(night, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toBe(7);
    expect(hours(night, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toBe(9);
    const howe = calendar({ duty: nights, zone: 'Australia/Lord_Howe' });
    expect(hours(howe, '2026-04-04T06:00Z', '2026-04-05T06:00Z')).toBe(8.5);
    expect(hours(howe, '2026-10-03T06:00Z', '2026-10-04T06:00Z')).toBe(7.5);
  });

  it('begins after a gap, and takes an overlap in from its earlier to its later end', () => {
    const early: Duty = { weekly: [{ days: [7], from: '02:30', to: '02:45' }] };
    const newYork = calendar({ duty: early, zone: 'America/New_York' });
    expect(shown(newYork, '2026-03-08', '2026-03-09')).toEqual([]);
    expect(shown(calendar({ duty: early }), '2026-10-25', '2026-10-26')).toEqual([
      '10-25T00:30 10-25T01:45 weekly-hours',
    ]);
    const late: Duty = { weekly: [{ days: [7], from: '02:30', to: '08:00' }] };
    expect(shown({ ...newYork, duty: late }, '2026-03-08', '2026-03-09')).toEqual([
      '03-08T07:00 03-08T12:00 weekly-hours',
    ]);
  });

  it('leaves out the date that never was in Apia', () => {
    const apia = calendar({
      zone: 'Pacific/Apia',
      duty: { weekly: [{ days: [4, 5, 6], from: '09:00', to: '17:00' }] },
    });
    expect(shown(apia, '2011-12-29', '2012-01-01')).toEqual([
      '12-29T19:00 12-30T03:00 weekly-hours',
      '12-30T19:00 12-31T03:00 weekly-hours',
    ]);
  });

  it('ends for a holiday from midnight to midnight there, and says which one', () => {
    const holidays = () => [{ on: '2026-06-06', name: 'Day of the Tulip' }];
    expect(shown(calendar({ duty: nights, holidays }), '2026-06-05T12:00Z', '2026-06-07T12:00Z')).toEqual([
      '06-05T20:00 06-05T22:00 weekly-hours',
      '06-05T22:00 06-06T04:00 Day of the Tulip',
      '06-06T20:00 06-06T22:00 Day of the Tulip',
      '06-06T22:00 06-07T04:00 weekly-hours',
    ]);
  });

  it('gives way to an absence, of several to the one told last, before a holiday', () => {
    const holidays = () => [{ on: '2026-06-05', name: 'Day of the Tulip' }];
    const absences = [
      { ...span('2026-06-04T10:00Z', '2026-06-05T09:00Z'), substitute: 'first' },
      { ...span('2026-06-04T12:00Z', '2026-06-04T13:00Z'), substitute: 'second' },
    ];
    const away = calendar({ holidays, absences });
    expect(shown(away, '2026-06-04', '2026-06-06')).toEqual([
      '06-04T07:00 06-04T10:00 weekly-hours',
      '06-04T10:00 06-04T12:00 absence',
      '06-04T12:00 06-04T13:00 absence',
      '06-04T13:00 06-05T09:00 absence',
      '06-05T09:00 06-05T15:00 Day of the Tulip',
    ]);
    expect(absenceAt(absences, at('2026-06-04T12:30Z'))?.substitute).toBe('second');
    expect(absenceAt(absences, at('2026-06-05T09:00Z'))).toBeUndefined();
    expect(nextOnDuty(away, at('2026-06-04T11:00Z'))).toEqual(at('2026-06-08T07:00Z'));
  });

  it('does not come again within 400 days where it does not', () => {
    const gone = calendar({ absences: [{ ...span('2026-01-01', '2028-01-01'), substitute: null }] });
    expect(nextOnDuty(gone, at('2026-06-05T10:00Z'))).toBeNull();
    const away = calendar({ absences: [{ ...span('2026-01-01', '2027-06-01'), substitute: null }] });
    expect(nextOnDuty(away, at('2026-06-05T10:00Z'))).toEqual(at('2027-06-01T07:00Z'));
  });
});

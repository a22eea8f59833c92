import { officeCalendar, weekdays, type Calendar, type DutyHours } from './calendar.js';
import { daysOff, dutySpans, type Span } from './duty-hours.js';

const daily = (zone: string, ...hours: DutyHours[]): Calendar => ({
  version: 1,
  zone,
  week: Object.fromEntries(weekdays.map((weekday) => [weekday, hours])) as unknown as Calendar['week'],
  holidays: [],
});
const between = (from: string, until: string): Span => ({ from: Date.parse(from), until: Date.parse(until) });
const spans = (calendar: Calendar, from: string, until: string): string[] =>
  [...dutySpans(calendar, between(from, until))].map((span) =>
    [span.from, span.until].map((at) => new Date(at).toISOString().slice(5, 16)).join(' '),
  );

describe('duty hours', () => {
  it('are cut at both ends of what is asked', () => {
    const office = officeCalendar('Europe/Berlin');
    expect(spans(office, '2026-06-05T14:00Z', '2026-06-08T08:30Z')).toEqual([
      '06-05T14:00 06-05T15:00',
      '06-08T07:00 06-08T08:30',
    ]);
    expect(spans(office, '2026-06-05T15:00Z', '2026-06-08T07:00Z')).toEqual([]);
    expect(spans(office, '2026-06-05T10:00Z', '2026-06-05T10:00Z')).toEqual([]);
  });

  it('are taken in the order of the day, however they are written', () => {
    const calendar = daily('Asia/Kathmandu', ['14:00', '18:00'], ['08:00', '12:00']);
    expect(spans(calendar, '2026-06-08T00:00Z', '2026-06-08T18:00Z')).toEqual([
      '06-08T02:15 06-08T06:15',
      '06-08T08:15 06-08T12:15',
    ]);
  });

  it('follow the local date on both sides of the date line', () => {
    expect(spans(officeCalendar('Pacific/Kiritimati'), '2026-08-07T00:00Z', '2026-08-10T00:00Z')).toEqual([
      '08-07T00:00 08-07T03:00',
      '08-09T19:00 08-10T00:00',
    ]);
    expect(spans(officeCalendar('Pacific/Pago_Pago'), '2026-08-08T00:00Z', '2026-08-09T00:00Z')).toEqual([
      '08-08T00:00 08-08T04:00',
    ]);
  });

  it('that contain a gap are shorter and that contain an overlap are longer', () => {
    const nights = daily('Europe/Paris', ['00:00', '08:00']);
    expect(spans(nights, '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual(['03-28T23:00 03-29T06:00']);
    expect(spans(nights, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual(['10-24T22:00 10-25T07:00']);
  });

  it('that begin or end inside a gap do so at the first instant after it', () => {
    const day = ['2026-03-29T00:00Z', '2026-03-29T12:00Z'] as const;
    expect(spans(daily('Europe/Paris', ['02:30', '08:00']), ...day)).toEqual(['03-29T01:00 03-29T06:00']);
    expect(spans(daily('Europe/Paris', ['01:30', '02:30']), ...day)).toEqual(['03-29T00:30 03-29T01:00']);
    expect(spans(daily('Europe/Paris', ['02:00', '02:45']), ...day)).toEqual([]);
    expect(spans(daily('Europe/Paris', ['03:00', '04:00']), ...day)).toEqual(['03-29T01:00 03-29T02:00']);
  });

  it('that begin in an overlap do so at the earlier, and end at the later of the two', () => {
    const day = ['2026-10-25T00:00Z', '2026-10-25T12:00Z'] as const;
    expect(spans(daily('Europe/Paris', ['02:30', '08:00']), ...day)).toEqual(['10-25T00:30 10-25T07:00']);
    expect(spans(daily('Europe/Paris', ['02:15', '02:30']), ...day)).toEqual(['10-25T00:15 10-25T01:30']);
    expect(spans(daily('Europe/Paris', ['01:00', '03:00']), '2026-10-24T20:00Z', day[1])).toEqual([
      '10-24T23:00 10-25T02:00',
    ]);
  });

  it('that touch inside an overlap count their common time once', () => {
    const calendar = daily('Europe/Paris', ['00:00', '02:30'], ['02:30', '08:00']);
    expect(spans(calendar, '2026-10-24T20:00Z', '2026-10-25T12:00Z')).toEqual([
      '10-24T22:00 10-25T01:30',
      '10-25T01:30 10-25T07:00',
    ]);
  });

  it('know changes by half an hour, at midnight, and a date that never was', () => {
    const whole: DutyHours = ['00:00', '24:00'];
    const hours = (zone: string, from: string, until: string): number =>
      [...dutySpans(daily(zone, whole), between(from, until))].reduce(
        (sum, span) => sum + (span.until - span.from) / 3_600_000,
        0,
      );
    // Whatever the clocks do, somebody who is always on duty is always on duty.
    expect(hours('Australia/Lord_Howe', '2026-04-01T00:00Z', '2026-04-11T00:00Z')).toBe(240);
    expect(hours('Atlantic/Azores', '2026-10-20T00:00Z', '2026-10-30T00:00Z')).toBe(240);
    expect(hours('Africa/Cairo', '2026-04-20T00:00Z', '2026-04-30T00:00Z')).toBe(240);
    expect(hours('Pacific/Apia', '2011-12-25T00:00Z', '2012-01-04T00:00Z')).toBe(240);
    expect(
      spans(daily('Pacific/Apia', ['09:00', '17:00']), '2011-12-29T12:00Z', '2011-12-31T12:00Z'),
    ).toEqual(['12-29T19:00 12-30T03:00', '12-30T19:00 12-31T03:00']);
  });

  it('that end at a midnight the clock shows twice end at the later of the two', () => {
    const evenings: Calendar = {
      ...officeCalendar('Atlantic/Azores'),
      week: { ...daily('UTC').week, sat: [['22:00', '24:00']] },
    };
    expect(spans(evenings, '2026-10-25T00:15Z', '2026-10-26T00:00Z')).toEqual(['10-25T00:15 10-25T01:00']);
  });
});

describe('days off', () => {
  it('are local dates, each with its reason', () => {
    const calendar = { ...officeCalendar('Pacific/Auckland'), holidays: ['2026-10-26', '2026-10-24'] };
    expect(daysOff(calendar, between('2026-10-22T20:00Z', '2026-10-26T20:00Z'))).toEqual({
      holiday: ['2026-10-26'],
      'no-duty-hours': ['2026-10-24', '2026-10-25'],
    });
  });
});

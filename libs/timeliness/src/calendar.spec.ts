import { calendarFaults, officeCalendar, type Calendar } from './calendar.js';

const office = officeCalendar('Africa/Nairobi');
const withMonday = (...mon: (readonly [string, string])[]): Calendar => ({
  ...office,
  week: { ...office.week, mon },
});
const found = (calendar: Calendar): string[] =>
  calendarFaults(calendar).map(({ path, because }) => `${path.join('/')} ${because}`);

describe('a calendar', () => {
  it('is Monday to Friday, 09:00 to 17:00, version 1, until a party sets another', () => {
    expect(office).toEqual({
      version: 1,
      zone: 'Africa/Nairobi',
      week: {
        ...Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
        sat: [],
        sun: [],
      },
      holidays: [],
    });
    expect(found(office)).toEqual([]);
  });

  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires', 'Pacific/Kiritimati'])(
    'stands in a zone of the IANA database: %s',
    (zone) => {
      expect(found(officeCalendar(zone))).toEqual([]);
    },
  );

  it.each(['', 'Europe/Nowhere', '+02:00', '-05', 'Z\n', '/etc/passwd'])('refuses the zone %j', (zone) => {
    expect(found(officeCalendar(zone))).toEqual(['zone unknown-zone']);
  });

  it('refuses a version that is not a positive whole number', () => {
    for (const version of [0, -1, 1.5, NaN])
      expect(found({ ...office, version })).toEqual(['version not-a-version']);
  });

  it('takes intervals that touch, in any order, until midnight', () => {
    expect(found(withMonday(['12:00', '24:00'], ['00:00', '12:00']))).toEqual([]);
  });

  it('refuses intervals that are reversed or empty', () => {
    expect(found(withMonday(['17:00', '09:00'], ['18:00', '18:00']))).toEqual([
      'week/mon/0 reversed',
      'week/mon/1 reversed',
    ]);
  });

  it('refuses an interval that overlaps one before it', () => {
    expect(found(withMonday(['12:00', '16:00'], ['09:00', '12:01'], ['16:00', '17:00']))).toEqual([
      'week/mon/1 overlapping',
    ]);
    expect(found(withMonday(['09:00', '17:00'], ['10:00', '11:00']))).toEqual(['week/mon/1 overlapping']);
  });

  it('refuses what is not a time of day', () => {
    expect(
      found(withMonday(['9:00', '17:00'], ['24:00', '24:00'], ['09:00', '17:60'], ['08:00', '25:00'])),
    ).toEqual([
      'week/mon/0/0 not-a-time',
      'week/mon/1/0 not-a-time',
      'week/mon/2/1 not-a-time',
      'week/mon/3/1 not-a-time',
    ]);
  });

  it('refuses a holiday that is not a date', () => {
    const holidays = ['2028-02-29', '2027-02-29', '2026-6-1', '2026-06-01T00:00', 'Easter'];
    expect(found({ ...office, holidays })).toEqual(
      [1, 2, 3, 4].map((index) => `holidays/${index} not-a-date`),
    );
  });

  it('names every fault at once', () => {
    expect(found({ ...withMonday(['17:00', '09:00']), version: 0, zone: 'X', holidays: ['-'] })).toHaveLength(
      4,
    );
  });
});

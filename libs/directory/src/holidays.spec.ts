import { memberStates } from '#libs/parties';
import {
  HolidayCalendar,
  knowsHolidaysIn,
  knowsHolidaysOf,
  publicHolidays,
  statesWithoutHolidays,
} from './holidays.js';

const dates = (country: string, year: number, region?: string) =>
  publicHolidays({ country, ...(region ? { region } : {}) }, year).map(({ on }) => on);

describe('public holidays', () => {
  it('are whole days of the State', () => {
    expect(dates('FR', 2026)).toEqual([
      ...['2026-01-01', '2026-04-06', '2026-05-01', '2026-05-08', '2026-05-14', '2026-05-25'],
      ...['2026-07-14', '2026-08-15', '2026-11-01', '2026-11-11', '2026-12-25'],
    ]);
  });

  it('are those of a region where it has its own', () => {
    expect(dates('DE', 2026)).not.toContain('2026-01-06');
    expect(dates('DE', 2026, 'DE-BY')).toContain('2026-01-06');
    expect(knowsHolidaysIn('DE', 'DE-BY')).toBe(true);
    for (const region of ['DE-XX', 'FR-57', 'BY', 'DE-', 'DE-by'])
      expect([region, knowsHolidaysIn('DE', region)]).toEqual([region, false]);
  });

  it('include the days that stand in for those on a day of rest', () => {
    // Boxing Day 2026 is a Saturday; Constitution Day 2026 in Japan is a Sunday.
    expect(dates('GB', 2026)).toContain('2026-12-28');
    expect(dates('JP', 2026)).toContain('2026-05-06');
  });

  it('last for several days, over the end of a year too', () => {
    const eid = publicHolidays({ country: 'SA' }, 2026).filter(({ on }) => on.startsWith('2026-03'));
    expect(eid.map(({ on }) => on)).toEqual(['2026-03-19', '2026-03-20', '2026-03-21', '2026-03-22']);
    expect(new Set(eid.map(({ name }) => name)).size).toBe(1);
    for (const year of [2026, 2027])
      expect(dates('RU', year).every((on) => on.startsWith(`${year}-`))).toBe(true);
  });

  it('stand beside those that the party names', () => {
    const calendar = new HolidayCalendar();
    const ownHolidays = [
      { on: '2026-07-02', name: 'Day of the Tulip' },
      { on: '2027-07-02', name: 'Day of the Tulip' },
    ];
    expect(calendar.of({ ownHolidays }, 2026)).toEqual([ownHolidays[0]]);
    expect(calendar.of({}, 2026)).toEqual([]);
    const both = calendar.of({ holidays: { country: 'FR' }, ownHolidays }, 2026);
    expect(both.map(({ on }) => on)).toEqual([...dates('FR', 2026), '2026-07-02']);
    expect(calendar.of({ holidays: { country: 'FR' }, ownHolidays }, 2026)).toEqual(both);
  });

  it('are not known of fictional States, nor of these Member States', () => {
    for (const code of ['XA', 'fr', '', 'toString'])
      expect([code, knowsHolidaysOf(code)]).toEqual([code, false]);
    const unknown = statesWithoutHolidays();
    expect(unknown).toEqual([
      ...['AF', 'BT', 'FM', 'IQ', 'JO', 'KG', 'KH', 'KI', 'KP', 'KW', 'LA', 'LB', 'MH', 'MM', 'MN'],
      ...['MV', 'NP', 'NR', 'OM', 'PG', 'PW', 'QA', 'SB', 'SY', 'TJ', 'TL', 'TM', 'TV', 'WS', 'YE'],
    ]);
    const others = memberStates.filter(({ code }) => !unknown.includes(code));
    expect(others.filter(({ code }) => dates(code, 2026).length === 0)).toEqual([]);
  });
});

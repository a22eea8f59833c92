import { dutyFaults } from './duty-faults.js';
import type { Duty } from './duty.js';

const told = (duty: Duty, zone = 'Europe/Paris') => dutyFaults(duty, zone).map(({ path }) => path.join('/'));
const hours = (from: string, to: string, ...days: number[]) => ({ days, from, to });

describe('hours of duty', () => {
  it('may touch, last over midnight and over the end of the week', () => {
    expect(told({})).toEqual([]);
    expect(told({ weekly: [hours('09:00', '12:00', 1), hours('12:00', '17:00', 1)] })).toEqual([]);
    expect(told({ weekly: [hours('22:00', '06:00', 7), hours('06:00', '22:00', 1)] })).toEqual([]);
    expect(told({ weekly: [hours('08:00', '08:00', 1, 2, 3, 4, 5, 6, 7)] })).toEqual([]);
    expect(told({ weekly: [hours('00:00', '24:00', 1, 2)] })).toEqual([]);
  });

  it('do not overlap, within an entry, between two, over midnight or over the end of the week', () => {
    expect(told({ weekly: [hours('09:00', '17:00', 1), hours('16:59', '18:00', 1, 2)] })).toEqual([
      'weekly/1',
    ]);
    expect(told({ weekly: [hours('22:00', '06:00', 1), hours('05:00', '09:00', 2)] })).toEqual(['weekly/1']);
    expect(told({ weekly: [hours('05:00', '09:00', 1), hours('22:00', '06:00', 7)] })).toEqual(['weekly/1']);
    expect(told({ weekly: [hours('22:00', '06:00', 7), hours('05:00', '09:00', 1)] })).toEqual(['weekly/1']);
    expect(told({ weekly: [hours('09:00', '17:00', 1, 1)] })).toEqual(['weekly/0/days']);
  });

  it('are in a zone that there is, and either weekly or around the clock', () => {
    expect(told({}, 'Europe/Atlantis')).toEqual(['zone']);
    expect(told({}, '+02:00')).toEqual(['zone']);
    expect(told({ aroundTheClock: true, weekly: [hours('09:00', '17:00', 1)] })).toEqual(['weekly']);
    expect(told({ aroundTheClock: true, weekly: [] })).toEqual([]);
  });

  it('have holidays that are known, and name each of their own once', () => {
    expect(told({ holidays: { country: 'DE', region: 'DE-BY' } })).toEqual([]);
    expect(told({ holidays: { country: 'XA' } })).toEqual(['holidays/country']);
    expect(told({ holidays: { country: 'NP', region: 'NP-P1' } })).toEqual(['holidays/country']);
    expect(told({ holidays: { country: 'DE', region: 'FR-57' } })).toEqual(['holidays/region']);
    const tulip = { on: '2026-07-02', name: 'Day of the Tulip' };
    expect(told({ ownHolidays: [tulip, tulip] })).toEqual(['ownHolidays/1/on']);
  });
});

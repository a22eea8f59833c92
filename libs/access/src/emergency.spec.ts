import { emergencyState } from './emergency.js';

const at = (time: string) => new Date(`2026-11-21T${time}Z`);
const asked = { askUntil: at('13:00:00'), grantedAt: null, endsAt: null, endedAt: null };
const granted = { ...asked, grantedAt: at('12:30:00'), endsAt: at('16:30:00') };

describe('an emergency access', () => {
  it.each([
    ['is asked for until its hour is over', asked, '12:59:59', 'asked'],
    ['is over when nobody vouched in time', asked, '13:00:00', 'over'],
    [
      'is refused when it is ended before it is granted',
      { ...asked, endedAt: at('12:10:00') },
      '12:10:01',
      'refused',
    ],
    ['stays refused', { ...asked, endedAt: at('12:10:00') }, '18:00:00', 'refused'],
    ['is granted beyond the hour of the ask', granted, '16:29:59', 'granted'],
    ['is over after its four hours', granted, '16:30:00', 'over'],
    ['is over when it is ended early', { ...granted, endedAt: at('13:00:00') }, '13:00:01', 'over'],
  ] as const)('%s', (_, row, time, state) => {
    expect(emergencyState(row, at(time))).toBe(state);
  });
});

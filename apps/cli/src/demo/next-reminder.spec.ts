import type { LineClocks, RequestView } from '#libs/requests';
import { officeCalendar } from '#libs/timeliness';
import { nextReminder } from './next-reminder.js';

type View = Pick<RequestView, 'addressees' | 'timeline'>;
const clocks = [
  {
    line: 'l',
    party: 'XB',
    body: null,
    urgency: 'U2',
    calendar: { ...officeCalendar('Etc/UTC'), ofDuty: false },
    clocks: [],
  },
  {
    line: 'l',
    party: 'XC',
    body: null,
    urgency: 'U2',
    calendar: { ...officeCalendar('Etc/UTC'), ofDuty: false },
    clocks: [],
  },
] satisfies LineClocks[];
const view = (states: Record<string, string>, reminded: string[] = []) =>
  ({
    addressees: Object.entries(states).map(([party, state]) => ({
      ...{ party, state, body: null, sentAt: '2026-03-11T05:00:00.000Z' },
    })),
    timeline: reminded.map((addressee) => ({ act: 'remind', addressee, body: null })),
  }) as unknown as View;

describe('the next reminder', () => {
  it('is that of the line which nobody has acknowledged', () => {
    expect(nextReminder(view({ XB: 'acknowledged', XC: 'sent' }), clocks)).toEqual({
      at: new Date('2026-03-11T06:00:00Z'),
      party: 'XC',
      body: null,
      count: 1,
    });
  });

  it('is the second once the first has fired, and the earliest of all lines', () => {
    const both = { XB: 'sent', XC: 'sent' };
    expect(nextReminder(view(both, ['XC']), clocks)).toMatchObject({ party: 'XB', count: 1 });
    expect(nextReminder(view(both, ['XB', 'XC']), clocks)).toMatchObject({
      at: new Date('2026-03-11T07:00:00Z'),
      count: 2,
    });
  });

  it('is none where all have fired or nobody is waited for', () => {
    expect(nextReminder(view({ XB: 'sent' }, ['XB', 'XB']), clocks)).toBeUndefined();
    expect(nextReminder(view({ XB: 'closed' }), clocks)).toBeUndefined();
  });
});

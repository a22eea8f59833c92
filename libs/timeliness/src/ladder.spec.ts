import type { Urgency } from '#libs/wording';
import { officeCalendar } from './calendar.js';
import { reminders } from './ladder.js';

const calendar = officeCalendar('Europe/Berlin');
const remindersOf = (urgency: Urgency, sentAt: string): string[] =>
  reminders({ urgency, policyVersion: 1, sentAt: new Date(sentAt), calendar }).map((at) =>
    at.toISOString().slice(0, 16),
  );

describe('reminders', () => {
  it('of U1 come after 15 and 30 minutes, also at night', () => {
    expect(remindersOf('U1', '2026-06-06T01:50:00Z')).toEqual(['2026-06-06T02:05', '2026-06-06T02:20']);
  });

  it('of U2 come after one and two hours, also at night', () => {
    expect(remindersOf('U2', '2026-06-05T22:30:00Z')).toEqual(['2026-06-05T23:30', '2026-06-06T00:30']);
  });

  it('of U3 come after half and four fifths of a working day', () => {
    expect(remindersOf('U3', '2026-06-05T14:00:00Z')).toEqual(['2026-06-08T10:00', '2026-06-08T12:24']);
  });

  it('of U4 come once, after four fifths of two working days', () => {
    expect(remindersOf('U4', '2026-06-05T14:00:00Z')).toEqual(['2026-06-09T10:48']);
  });

  it('fall into duty hours where the target runs in them, and on no holiday', () => {
    const holidays = ['2026-06-08'];
    const sent = {
      policyVersion: 1,
      sentAt: new Date('2026-06-06T08:00:00Z'),
      calendar: { ...calendar, holidays },
    };
    expect(reminders({ ...sent, urgency: 'U3' })).toEqual([
      new Date('2026-06-09T11:00:00Z'),
      new Date('2026-06-09T13:24:00Z'),
    ]);
  });

  it('never come where the calendar has no duty hours, but do on the wall clock', () => {
    const nobody = { ...calendar, week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] } };
    const sent = { policyVersion: 1, sentAt: new Date('2026-06-06T08:00:00Z'), calendar: nobody };
    expect(reminders({ ...sent, urgency: 'U3' })).toEqual([]);
    expect(reminders({ ...sent, urgency: 'U1' })).toHaveLength(2);
  });

  it('of a policy version that never was are an error', () => {
    expect(() => reminders({ urgency: 'U1', policyVersion: 9, sentAt: new Date(0), calendar })).toThrow(
      RangeError,
    );
  });
});

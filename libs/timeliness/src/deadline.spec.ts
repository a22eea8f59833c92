import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { calendarFaults, officeCalendar, weekdays, type Calendar } from './calendar.js';
import { counted, type Pause } from './counting.js';
import { deadline, type Task } from './deadline.js';

const hours = z.array(z.tuple([z.string(), z.string()]));
const worked = z
  .object({
    cases: z.array(
      z.object({
        id: z.string(),
        note: z.string(),
        start: z.coerce.date(),
        elapsed_minutes: z.number().optional(),
        working_minutes: z.number().optional(),
        zone: z.string(),
        week: z.partialRecord(z.enum(weekdays), hours),
        holidays: z.array(z.string()).default([]),
        pauses: z.array(z.tuple([z.coerce.date(), z.coerce.date()])).default([]),
        due: z.coerce.date(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('./worked-deadlines.json', import.meta.url), 'utf8')))
  .cases.map(({ zone, week, holidays, pauses, ...rest }) => ({
    ...rest,
    task: {
      start: rest.start,
      minutes: rest.elapsed_minutes ?? rest.working_minutes ?? NaN,
      counts: rest.elapsed_minutes === undefined ? 'working' : 'elapsed',
      calendar: {
        version: 1,
        zone,
        week: { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [], ...week },
        holidays,
      },
      pauses: pauses.map(([from, until]): Pause => ({ from, until, because: 'question-open' })),
    } satisfies Task,
  }));

const empty: Calendar['week'] = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
const at = (text: string): Date => new Date(text);
const pause = (from: string, until: string | null): Pause => ({
  from: at(from),
  until: until === null ? null : at(until),
  because: 'question-open',
});
/** Friday, 16:00 in Berlin. */
const friday: Task = {
  start: at('2026-06-05T14:00:00Z'),
  minutes: 480,
  counts: 'working',
  calendar: officeCalendar('Europe/Berlin'),
  pauses: [],
};

describe('the worked deadlines', () => {
  it('are twenty, of both kinds, on sound calendars', () => {
    expect(worked).toHaveLength(20);
    expect(new Set(worked.map(({ task }) => task.counts))).toEqual(new Set(['elapsed', 'working']));
    expect(worked.flatMap(({ task }) => calendarFaults(task.calendar))).toEqual([]);
  });

  it.each(worked)('hold: $id, $note', ({ task, due }) => {
    expect(deadline(task).due).toEqual(due);
    expect(counted({ ...task, from: task.start, to: due })).toBe(task.minutes);
  });
});

describe('a deadline', () => {
  it('keeps seconds and milliseconds', () => {
    const start = at('2026-06-05T14:00:12.345Z');
    expect(deadline({ ...friday, start }).due).toEqual(at('2026-06-08T14:00:12.345Z'));
    expect(counted({ ...friday, from: start, to: at('2026-06-05T14:00:42.345Z') })).toBe(0.5);
  });

  it('ends with the duty hours when they are just enough, not at the start of the next ones', () => {
    expect(deadline({ ...friday, minutes: 60 }).due).toEqual(at('2026-06-05T15:00:00Z'));
    expect(deadline({ ...friday, minutes: 61 }).due).toEqual(at('2026-06-08T07:01:00Z'));
  });

  it('of no minutes is its start, at any hour and on any calendar', () => {
    const start = at('2026-06-06T03:00:00Z');
    const calendar = { ...friday.calendar, week: empty };
    expect(deadline({ ...friday, calendar, start, minutes: 0 }).due).toEqual(start);
  });

  it('has no due instant, and ends its search, when the calendar has no duty hours', () => {
    const calendar = { ...friday.calendar, week: empty };
    expect(deadline({ ...friday, calendar })).toMatchObject({ due: null, because: 'no-working-time' });
    expect(counted({ ...friday, calendar, from: friday.start, to: at('2027-01-01') })).toBe(0);
    expect(deadline({ ...friday, calendar, counts: 'elapsed' }).due).toEqual(at('2026-06-05T22:00:00Z'));
  });

  it('has no due instant when it lies more than ten years ahead', () => {
    const calendar: Calendar = { ...friday.calendar, week: { ...empty, mon: [['09:00', '09:01']] } };
    expect(deadline({ ...friday, calendar, minutes: 4800 })).toMatchObject({ due: null, because: 'too-far' });
    expect(deadline({ ...friday, counts: 'elapsed', minutes: 1e9 })).toMatchObject({ because: 'too-far' });
    expect(deadline({ ...friday, minutes: NaN })).toMatchObject({ due: null, because: 'too-far' });
  });

  it('has no due instant while a pause is open', () => {
    const pauses = [pause('2026-06-08T08:00:00Z', null)];
    expect(deadline({ ...friday, pauses })).toEqual({
      due: null,
      because: 'paused',
      explanation: [
        { step: 'started', at: friday.start },
        { step: 'counted', counts: 'working', minutes: 480, calendarVersion: 1, zone: 'Europe/Berlin' },
        { step: 'paused', ...pauses[0] },
        { step: 'not-counted', dates: ['2026-06-06', '2026-06-07'], because: 'no-duty-hours' },
        { step: 'no-due', because: 'paused' },
      ],
    });
    expect(counted({ ...friday, pauses, from: friday.start, to: at('2026-07-01') })).toBe(120);
  });

  it('stands when it was reached before or as a pause began', () => {
    for (const from of ['2026-06-08T14:00:00Z', '2026-06-08T14:00:01Z'])
      expect(deadline({ ...friday, pauses: [pause(from, null)] }).due).toEqual(at('2026-06-08T14:00:00Z'));
  });

  it('counts the common time of pauses once, and passes over those that do not bear on it', () => {
    const pauses = [
      pause('2026-06-08T09:00:00Z', '2026-06-08T11:00:00Z'),
      pause('2026-06-08T08:00:00Z', '2026-06-08T10:00:00Z'),
      pause('2026-06-08T09:30:00Z', '2026-06-08T09:40:00Z'),
      pause('2026-06-01T08:00:00Z', '2026-06-05T14:00:00Z'),
      pause('2026-07-01T08:00:00Z', '2026-07-02T08:00:00Z'),
      pause('2026-06-08T12:00:00Z', '2026-06-08T11:30:00Z'),
    ];
    const { due, explanation } = deadline({ ...friday, pauses });
    expect(due).toEqual(at('2026-06-09T09:00:00Z'));
    expect(explanation.filter(({ step }) => step === 'paused')).toHaveLength(3);
  });

  it('explains what it counted and what it did not', () => {
    const task = {
      ...friday,
      calendar: { ...friday.calendar, version: 3, holidays: ['2026-06-08', '2026-06-09', '2026-07-01'] },
    };
    expect(deadline(task)).toEqual({
      due: at('2026-06-10T14:00:00Z'),
      explanation: [
        { step: 'started', at: friday.start },
        { step: 'counted', counts: 'working', minutes: 480, calendarVersion: 3, zone: 'Europe/Berlin' },
        { step: 'not-counted', dates: ['2026-06-06', '2026-06-07'], because: 'no-duty-hours' },
        { step: 'not-counted', dates: ['2026-06-08', '2026-06-09'], because: 'holiday' },
        { step: 'due', at: at('2026-06-10T14:00:00Z') },
      ],
    });
    expect(deadline({ ...task, counts: 'elapsed' }).explanation.map(({ step }) => step)).toEqual([
      'started',
      'counted',
      'due',
    ]);
  });
});

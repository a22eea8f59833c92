import fc from 'fast-check';
import { calendarFaults, weekdays, type Calendar, type DutyHours } from './calendar.js';
import { counted, type Pause } from './counting.js';
import { deadline, type Task } from './deadline.js';

const zones = [
  'Europe/Paris',
  'America/New_York',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Cairo',
  'Atlantic/Azores',
];
const days: readonly (readonly DutyHours[])[] = [
  [],
  [['09:00', '17:00']],
  [
    ['00:00', '02:30'],
    ['02:30', '08:00'],
  ],
  [
    ['05:15', '12:00'],
    ['13:30', '24:00'],
  ],
  [['00:00', '24:00']],
];
const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true });
const isoDate = instant.map((at) => at.toISOString().slice(0, 10));
const calendars: fc.Arbitrary<Calendar> = fc.record({
  version: fc.constant(1),
  zone: fc.constantFrom(...zones),
  week: fc
    .tuple(...weekdays.map(() => fc.constantFrom(...days)))
    .map(
      (hours) =>
        Object.fromEntries(weekdays.map((day, index) => [day, hours[index]])) as unknown as Calendar['week'],
    ),
  holidays: fc.array(isoDate, { maxLength: 20 }),
});
const pauses: fc.Arbitrary<Pause[]> = fc.array(
  fc.tuple(instant, fc.nat(20_000)).map(([from, minutes]): Pause => ({
    from,
    until: new Date(from.getTime() + minutes * 60_000),
    because: 'question-open',
  })),
  { maxLength: 3 },
);
const minutes = fc.integer({ min: 0, max: 5000 });
const tasks: fc.Arbitrary<Task> = fc.record({
  start: instant,
  minutes,
  counts: fc.constantFrom('elapsed', 'working'),
  calendar: calendars,
  pauses,
});
/** Later than everything where there is no due instant. */
const dueOf = (task: Task): number => deadline(task).due?.getTime() ?? Infinity;

describe('for every start, calendar and pauses', () => {
  it('the calendars of these properties are sound', () => {
    fc.assert(fc.property(calendars, (calendar) => expect(calendarFaults(calendar)).toEqual([])));
  });

  it('a deadline is not before its start, and more minutes never make it earlier', () => {
    fc.assert(
      fc.property(tasks, minutes, (task, more) => {
        const due = dueOf(task);
        expect(due).toBeGreaterThanOrEqual(task.start.getTime());
        expect(dueOf({ ...task, minutes: task.minutes + more })).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  it('counting to the deadline gives the minutes back, and nothing counts just before it is reached', () => {
    fc.assert(
      fc.property(tasks, (task) => {
        const { due } = deadline(task);
        if (due === null) {
          expect(task.counts).toBe('working');
          return;
        }
        expect(counted({ ...task, from: task.start, to: due })).toBe(task.minutes);
        if (task.minutes > 0)
          expect(counted({ ...task, from: task.start, to: new Date(due.getTime() - 1) })).toBeLessThan(
            task.minutes,
          );
      }),
    );
  });

  it('counting in two parts gives the same sum', () => {
    fc.assert(
      fc.property(tasks, fc.array(instant, { minLength: 3, maxLength: 3 }), (task, instants) => {
        const [from, middle, to] = instants.toSorted((one, other) => one.getTime() - other.getTime());
        if (!from || !middle || !to) throw new RangeError('three instants');
        const sum = counted({ ...task, from, to: middle }) + counted({ ...task, from: middle, to });
        expect(sum).toBeCloseTo(counted({ ...task, from, to }), 6);
      }),
    );
  });

  it('one more pause never makes it earlier', () => {
    fc.assert(
      fc.property(tasks, pauses, (task, more) => {
        expect(dueOf({ ...task, pauses: [...more, ...task.pauses] })).toBeGreaterThanOrEqual(dueOf(task));
      }),
    );
  });

  it('an open pause leaves it as it is or takes it away', () => {
    fc.assert(
      fc.property(tasks, instant, (task, from) => {
        const due = dueOf(task);
        const open: Pause = { from, until: null, because: 'question-open' };
        const held = dueOf({ ...task, pauses: [...task.pauses, open] });
        expect(held).toBe(due <= from.getTime() || task.minutes === 0 ? due : Infinity);
      }),
    );
  });

  it('one more holiday never makes it earlier', () => {
    fc.assert(
      fc.property(tasks, isoDate, (task, holiday) => {
        const calendar = { ...task.calendar, holidays: [...task.calendar.holidays, holiday] };
        expect(dueOf({ ...task, calendar })).toBeGreaterThanOrEqual(dueOf(task));
      }),
    );
  });

  it('elapsed time does not look at the calendar', () => {
    fc.assert(
      fc.property(tasks, calendars, (task, calendar) => {
        expect(dueOf({ ...task, counts: 'elapsed', calendar })).toBe(dueOf({ ...task, counts: 'elapsed' }));
      }),
    );
  });
});

describe('against a wall clock that is looked at every quarter of an hour', () => {
  const quarter = 900_000;
  const plain = [
    'Europe/Paris',
    'America/New_York',
    'Pacific/Auckland',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
  ];
  const wholeDays = calendars.map((calendar) => ({
    ...calendar,
    // Edges inside an overlap have a rule of their own, which a wall clock alone cannot tell.
    week: Object.fromEntries(
      weekdays.map((day) => [
        day,
        calendar.week[day].filter(([from, to]) => from !== '02:30' && to !== '02:30'),
      ]),
    ) as unknown as Calendar['week'],
  }));

  /** Milliseconds of duty between two instants, from nothing but Intl. */
  const watched = ({ zone, week, holidays }: Calendar, from: number, until: number): number => {
    const clock = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'short',
    });
    let sum = 0;
    for (let at = from; at < until; at += quarter) {
      const [date = '', time = ''] = clock.format(at).split(' ');
      const day = weekdays[(new Date(date).getUTCDay() + 6) % 7] ?? 'mon';
      const onDuty =
        !holidays.includes(date) && week[day].some(([opens, closes]) => opens <= time && time < closes);
      if (onDuty) sum += quarter;
    }
    return sum;
  };

  it.each(plain)('the same time counts in %s', (zone) => {
    fc.assert(
      fc.property(wholeDays, instant, fc.nat(1000), (calendar, start, quarters) => {
        const from = Math.floor(start.getTime() / quarter) * quarter;
        const to = from + quarters * quarter;
        const there = { ...calendar, zone };
        const minutesCounted = counted({
          from: new Date(from),
          to: new Date(to),
          counts: 'working',
          calendar: there,
          pauses: [],
        });
        expect(minutesCounted).toBe(watched(there, from, to) / 60_000);
      }),
      { numRuns: 40 },
    );
  });
});

export {
  calendarFaults,
  isZone,
  officeCalendar,
  weekdays,
  type Calendar,
  type CalendarFault,
  type DutyHours,
  type Weekday,
} from './calendar.js';
export {
  clocksOf,
  type ClockState,
  type ClockView,
  type LineFacts,
  type Measure,
  type Question,
  type TimeSource,
} from './clocks.js';
export { counted, type Counting, type Counts, type Pause, type PauseReason } from './counting.js';
export { deadline, type Deadline, type Explanation, type NoDue, type Step, type Task } from './deadline.js';
export { dutySpans, type DayOff, type DutySpan, type Span } from './duty-hours.js';
export { explain } from './explain.js';
export { reminders, type Sent } from './ladder.js';
export { timesIn, type LocalTime, type Times } from './local-times.js';
export { policyVersion, targets, targetsOf, type Target, type Targets } from './targets.js';

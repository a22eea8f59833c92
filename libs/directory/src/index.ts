export { AbsenceRow, ShiftRow } from './absence.entity.js';
export { addressOf, DirectoryQueries, type PointOfContactView } from './directory.queries.js';
export { Duties } from './duties.service.js';
export { type DutyPlanView, type OnDutyView } from './duty-view.js';
export { DutyQueries } from './duty.queries.js';
export { type Duty, type WeeklyHours } from './duty.js';
export { intervals, nextOnDuty, onDutyAt, type DutyCalendar, type DutyInterval } from './duty-calendar.js';
export {
  channelKinds,
  channelPurposes,
  channelStates,
  contactStates,
  levels,
  type Level,
} from './entry-words.js';
export { HolidayCalendar, statesWithoutHolidays } from './holidays.js';
export {
  ChannelCheckRow,
  ChannelRow,
  ConstituencyRow,
  ContactKeyRow,
  PointOfContactRow,
} from './point-of-contact.entity.js';
export { sampleAccounts, sampleParties, samplePassword, type SampleAccount } from './sample-world.js';
export { seedSampleWorld } from './sample-world.service.js';

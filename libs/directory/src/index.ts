export { addressOf, DirectoryQueries, type PointOfContactView } from './directory.queries.js';
export { type Duty, type WeeklyHours } from './duty.js';
export {
  channelKinds,
  channelPurposes,
  channelStates,
  contactStates,
  levels,
  type Level,
} from './entry-words.js';
export {
  ChannelCheckRow,
  ChannelRow,
  ConstituencyRow,
  ContactKeyRow,
  PointOfContactRow,
} from './point-of-contact.entity.js';
export { sampleAccounts, sampleParties, samplePassword, type SampleAccount } from './sample-world.js';
export { seedSampleWorld } from './sample-world.service.js';

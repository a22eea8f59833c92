export { addressOf, DirectoryQueries, type PointOfContactView } from './directory.queries.js';
export { ChannelRow, levels, PointOfContactRow, type Level } from './point-of-contact.entity.js';
export { sampleAccounts, sampleParties, samplePassword, type SampleAccount } from './sample-world.js';
export { seedSampleWorld } from './sample-world.service.js';

export { fictionalStates, isUserAssigned, type FictionalState } from './fictional-states.js';
export { memberStates, type LanguageCode, type MemberState, type RegionalGroup } from './member-states.js';
export { BodyRow, InstanceRow, NetworkRow, PartyRow } from './party.entity.js';
export { PartyQueries, type PartyView } from './party.queries.js';

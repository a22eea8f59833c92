export { fictionalStates, isUserAssigned, type FictionalState } from './fictional-states.js';
export {
  memberStates,
  regionalGroups,
  type LanguageCode,
  type MemberState,
  type RegionalGroup,
} from './member-states.js';
export { observerStates, type ObserverState } from './observer-states.js';
export { missingNames, sixLanguages } from './six-languages.js';
export { BodyRow, InstanceRow, MembershipRow, NetworkRow, PartyRow } from './party.entity.js';
export {
  bodyKinds,
  partyKinds,
  sharingBoundaries,
  type BodyKind,
  type BodyProfile,
  type PartyKind,
  type SharingBoundary,
  type WrittenIn,
} from './party-words.js';
export { PartyQueries, type PartyView } from './party.queries.js';

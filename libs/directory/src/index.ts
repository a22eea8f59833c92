export { directoryEntities, wireDirectory } from './directory.module.js';
export { Bodies, type BodyView } from './bodies.service.js';
export {
  CallTaskQueries,
  countedIn,
  type CallTaskItem,
  type CallTaskView,
} from './calls/call-tasks.queries.js';
export { ChangeCallMailing } from './calls/change-call-mailing.service.js';
export { CallTasks } from './calls/call-tasks.service.js';
export { callActs, callOutcomes, callReasons, callStates, callWays } from './calls/call-task-words.js';
export { LineCalls, callsOfLine } from './calls/line-calls.service.js';
export { type CallStep } from './routes/call-steps.js';
export { ChannelCalls } from './calls/channel-calls.service.js';
export { type Reach } from './calls/reachability.js';
export { ChannelProofs, type ProofView } from './channel-proofs.service.js';
export { Channels } from './channels.service.js';
export { addressOf, DirectoryQueries } from './directory.queries.js';
export { Duties } from './duties.service.js';
export { type DutyPlanView, type OnDutyView } from './duty-view.js';
export { DutyQueries } from './duty.queries.js';
export { type Duty } from './duty.js';
export { intervals } from './duty-calendar.js';
export { EntryQueries, type EntryChannelView, type EntryView } from './entries.queries.js';
export { entryActs } from './entry-life.js';
export {
  channelKinds,
  channelPurposes,
  channelStates,
  constituencyKinds,
  contactStates,
  coordinationFunctions,
  encryptions,
  expectedRoles,
  levels,
  type Level,
} from './entry-words.js';
export { statesWithoutHolidays } from './holidays.js';
export { KeyQueries } from './keys/contact-keys.queries.js';
export { ContactKeys } from './keys/contact-keys.service.js';
export { KeyEnds } from './keys/key-ends.service.js';
export { keyFindingCodes, verdicts } from './keys/key-findings.js';
export { KeyLookups, lookUpOutcomes } from './keys/key-lookups.service.js';
export { KeyTests } from './keys/key-tests.service.js';
export { keyActs, type KeyView } from './keys/key-view.js';
export { AheadWarnings } from './confirm/ahead-warnings.service.js';
export { reportByLink } from './confirm/reported-by-link.service.js';
export { KeyWarnings } from './keys/key-warnings.service.js';
export { ModeMailing } from './routes/mode-mailing.service.js';
export { keyKinds, keyUseStates, largestKeyFile } from './keys/key-words.js';
export { Capabilities } from './networks/capabilities.service.js';
export {
  CapabilityQueries,
  type CapabilityFilter,
  type CapabilityView,
} from './networks/capabilities.queries.js';
export { capabilityKinds, costs, places } from './networks/capability-words.js';
export { DashboardQueries } from './networks/dashboard.queries.js';
export { callers, networkLanguages } from './networks/network-words.js';
export { NetworkQueries, type NetworkView } from './networks/networks.queries.js';
export { Networks } from './networks/networks.service.js';
export { Readiness, type ReadinessView } from './networks/readiness.service.js';
export { readinessAnswers } from './networks/role-sheets.js';
export { RoleSheets } from './networks/role-sheets.service.js';
export { hideableFields } from './networks/visible-fields.js';
export { addedPartyKinds, PartyList } from './party-list.service.js';
export { PointsOfContact } from './points-of-contact.service.js';
export { sampleAccounts, samplePassword, type SampleAccount } from './sample-world.js';
export { bookletOf } from './snapshot/booklet.js';
export { exportConsents, type ExportConsent } from './snapshot/export-consent.js';
export { ExportConsents } from './snapshot/export-consents.service.js';
export { faultOfSnapshot, isOver, type SignedSnapshot } from './snapshot/snapshot.js';
export { Snapshots } from './snapshot/snapshots.service.js';
export { seedSampleWorld } from './sample-world.service.js';
export {
  formatNames,
  type DirectoryEntry,
  type Draft,
  type DraftChannel,
  type DraftKey,
  type DraftPointOfContact,
  type FormatName,
} from './formats/draft-entry.js';
export { Imports, type Importer } from './exchange/imports.service.js';
export { Exports } from './exchange/exports.service.js';
export { importStates } from './exchange/import.entity.js';
export { type ImportView } from './exchange/imports.queries.js';
export { formatNamed, formats } from './formats/formats.js';
export { ChannelWatch } from './confirm/channel-watch.service.js';
export { ConfirmationLinks, type OpenedConfirmation } from './confirm/confirmation-links.service.js';
export { Confirmations, type ConfirmationView } from './confirm/confirmations.service.js';
export { Confirming } from './confirm/confirming.service.js';
export { CorrectionMailing } from './confirm/correction-mailing.service.js';
export { correctionStates, correctionWhats, entryFields, saidWrong } from './confirm/correction-words.js';
export { Corrections, decisions, type CorrectionView } from './confirm/corrections.service.js';
export { PlanQueries, type PlanView } from './routes/plan.queries.js';
export { Plans } from './routes/plans.service.js';
export { declaringRoles, planActs, planStates } from './routes/plan-words.js';
export {
  chosenBecause,
  passedBecause,
  planModes,
  planPlaces,
  routeAdvice,
  routeMeans,
  routeStages,
} from './routes/route-words.js';
export { RouteFinder } from './routes/route-finder.service.js';
export { RouteQueries, type MailContact, type MailRoute, type RouteEnds } from './routes/route.queries.js';
export { type RouteOrigin } from './routes/route-origin.js';
export { type RouteView } from './routes/route-view.js';
export { entriesAnHour, EntryReadings } from './finding/entry-readings.service.js';
export { Findables } from './finding/findables.service.js';
export { Finding, soughtKinds, type Found } from './finding/finding.service.js';
export { waysOfFinding } from './finding/ranking.js';
export { Origins, originSources, type Origin } from './origins/origins.queries.js';
export { RegistryImports } from './origins/registry-import.service.js';
export {
  entryChangeActs,
  entryChangeKinds,
  entryChangeStates,
  voidReasons,
  type EntryChangeAct,
} from './life/entry-change.js';
export { EntryChangeQueries, type EntryChangeView } from './life/entry-changes.queries.js';
export { EntryChanges } from './life/entry-changes.service.js';
export { mostNoteBytes, noteFileTypes } from './life/note-file.js';
export { notePurposes, NotesVerbales, type NoteView } from './life/notes-verbales.service.js';
export { procedureSteps } from './life/procedure.js';
export { Procedures } from './life/procedures.service.js';

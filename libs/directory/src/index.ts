export { directoryEntities, wireDirectory } from './directory.module.js';
export { AbsenceRow, ShiftRow } from './absence.entity.js';
export { Bodies, type BodyInput, type BodyView } from './bodies.service.js';
export { CallCodes } from './calls/call-codes.service.js';
export { CallTaskRow } from './calls/call-task.entity.js';
export {
  CallTaskQueries,
  countedIn,
  type CallTaskItem,
  type CallTaskView,
} from './calls/call-tasks.queries.js';
export { CallTasks, type CallAsked, type CallResult } from './calls/call-tasks.service.js';
export { callActs, callOutcomes, callReasons, callStates, callWays } from './calls/call-task-words.js';
export { ChannelCallRow } from './calls/channel-call.entity.js';
export { ChannelCalls } from './calls/channel-calls.service.js';
export { checksCounted, reachOf, type Reach } from './calls/reachability.js';
export { ChannelCodeRow } from './channel-code.entity.js';
export { ChannelProofs, type ProofView } from './channel-proofs.service.js';
export { Channels, type ChannelUse, type NewChannel } from './channels.service.js';
export { addressOf, DirectoryQueries, type PointOfContactView } from './directory.queries.js';
export { Duties } from './duties.service.js';
export { type DutyPlanView, type OnDutyView } from './duty-view.js';
export { DutyQueries } from './duty.queries.js';
export { type Duty, type WeeklyHours } from './duty.js';
export { intervals, nextOnDuty, onDutyAt, type DutyCalendar, type DutyInterval } from './duty-calendar.js';
export { EntryQueries, type EntryChannelView, type EntryView } from './entries.queries.js';
export { entryActs, type EntryAct } from './entry-life.js';
export {
  channelKinds,
  channelPurposes,
  channelStates,
  constituencyKinds,
  contactStates,
  encryptions,
  levels,
  type Level,
} from './entry-words.js';
export { ContactKeyRow, KeyTestRow } from './keys/contact-key.entity.js';
export { KeyQueries } from './keys/contact-keys.queries.js';
export { ContactKeys } from './keys/contact-keys.service.js';
export { keyFindingCodes, verdicts } from './keys/key-findings.js';
export { KeyLookups, lookUpOutcomes } from './keys/key-lookups.service.js';
export { KeyMailing } from './keys/key-mailing.service.js';
export { KeyTests } from './keys/key-tests.service.js';
export { keyUse, type KeyFacts, type KeyUse } from './keys/key-use.js';
export { keyActs, type ChannelKeyView, type KeyView } from './keys/key-view.js';
export { AheadWarnings } from './confirm/ahead-warnings.service.js';
export { reportByLink } from './confirm/reported-by-link.service.js';
export { KeyWarnings } from './keys/key-warnings.service.js';
export { ModeMailing } from './routes/mode-mailing.service.js';
export { keyKinds, keyUseStates, largestKeyFile } from './keys/key-words.js';
export { HolidayCalendar, statesWithoutHolidays } from './holidays.js';
export {
  ChannelCheckRow,
  ChannelRow,
  ConstituencyRow,
  PointOfContactRow,
} from './point-of-contact.entity.js';
export { Capabilities } from './networks/capabilities.service.js';
export {
  CapabilityQueries,
  type CapabilityFilter,
  type CapabilityView,
} from './networks/capabilities.queries.js';
export { capabilityKinds, costs, places } from './networks/capability-words.js';
export { CapabilityRow } from './networks/capability.entity.js';
export { DashboardQueries } from './networks/dashboard.queries.js';
export { callers, networkLanguages } from './networks/network-words.js';
export { NetworkQueries, type MembershipView, type NetworkView } from './networks/networks.queries.js';
export { Networks } from './networks/networks.service.js';
export { Readiness, type ReadinessView } from './networks/readiness.service.js';
export { ReadinessCheckRow, RoleSheetRow } from './networks/role-sheet.entity.js';
export { readinessAnswers } from './networks/role-sheets.js';
export { RoleSheets } from './networks/role-sheets.service.js';
export { VisibilityQueries, type Sight } from './networks/visibility.queries.js';
export { hideableFields, shownEntry, visibleFields, type Visibility } from './networks/visible-fields.js';
export { addedPartyKinds, PartyList, type PartyChange, type PartyInput } from './party-list.service.js';
export { PointsOfContact, type EntryInput } from './points-of-contact.service.js';
export { sampleAccounts, sampleParties, samplePassword, type SampleAccount } from './sample-world.js';
export { bookletOf } from './snapshot/booklet.js';
export { exportConsents, takenOut, type ExportConsent } from './snapshot/export-consent.js';
export { ExportConsentRow } from './snapshot/export-consent.entity.js';
export { consentsOf, ExportConsents } from './snapshot/export-consents.service.js';
export { faultOfSnapshot, isOver, type SignedSnapshot } from './snapshot/snapshot.js';
export { Snapshots } from './snapshot/snapshots.service.js';
export { seedSampleWorld } from './sample-world.service.js';
export {
  formatNames,
  type DirectoryEntry,
  type Draft,
  type DraftBody,
  type DraftChannel,
  type DraftKey,
  type DraftPointOfContact,
  type Format,
  type FormatName,
  type Reading,
  type ReadOptions,
  type Severity,
  type WriteOptions,
} from './formats/draft-entry.js';
export { byAdministrator, Imports, type Importer } from './exchange/imports.service.js';
export { Exports } from './exchange/exports.service.js';
export { ImportProgressRow, ImportRow, importStates } from './exchange/import.entity.js';
export { type ImportView } from './exchange/imports.queries.js';
export { detectFormat, formatNamed, formats } from './formats/formats.js';
export { ChannelWatch } from './confirm/channel-watch.service.js';
export {
  ConfirmationLinks,
  type LinkReport,
  type OpenedConfirmation,
} from './confirm/confirmation-links.service.js';
export { ConfirmationRow, CorrectionRow } from './confirm/confirmation.entity.js';
export { Confirmations, type ConfirmationView } from './confirm/confirmations.service.js';
export { Confirming } from './confirm/confirming.service.js';
export { CorrectionMailing } from './confirm/correction-mailing.service.js';
export { correctionStates, correctionWhats, entryFields, saidWrong } from './confirm/correction-words.js';
export { Corrections, decisions, type CorrectionView } from './confirm/corrections.service.js';
export { findRoute } from './routes/find-route.js';
export { PlanModeRow, PlanRow } from './routes/plan.entity.js';
export { PlanQueries, type PlanView } from './routes/plan.queries.js';
export { Plans } from './routes/plans.service.js';
export { declaringRoles, planActs, planStates, type PlanContent } from './routes/plan-words.js';
export {
  chosenBecause,
  passedBecause,
  planModes,
  planPlaces,
  routeAdvice,
  routeMeans,
  routeStages,
} from './routes/route-words.js';
export { RouteFinder, type AskedRoute, type RouteQuestion } from './routes/route-finder.service.js';
export { RouteQueries, type MailContact, type MailRoute, type RouteEnds } from './routes/route.queries.js';
export { type RouteOrigin } from './routes/route-origin.js';
export { type RouteView } from './routes/route-view.js';
export {
  EntryReadingRow,
  FindableRow,
  FindingHolderRow,
  FindingTermRow,
  FindingWordRow,
  PersonTokenRow,
} from './finding/finding.entity.js';
export { entriesAnHour, EntryReadings } from './finding/entry-readings.service.js';
export { Findables } from './finding/findables.service.js';
export { Finding, soughtKinds, type Found } from './finding/finding.service.js';
export { foldVersion } from './finding/fold.js';
export { waysOfFinding } from './finding/ranking.js';
export { OriginFileRow, OriginRangeRow, OriginSystemRow } from './origins/origin.entity.js';
export { Origins, originSources, type Origin, type Trace } from './origins/origins.queries.js';
export { RegistryImports, type RegistryImport } from './origins/registry-import.service.js';
export { CallBackRow, EntryChangeRow, NoteVerbaleRow } from './life/entry-life.entity.js';
export { ChangeNotices } from './life/change-notices.service.js';
export {
  entryChangeActs,
  entryChangeKinds,
  entryChangeStates,
  voidReasons,
  type EntryChangeAct,
} from './life/entry-change.js';
export { EntryChangeQueries, type EntryChangeView } from './life/entry-changes.queries.js';
export { EntryChanges, type EntryChangeInput } from './life/entry-changes.service.js';
export { mostNoteBytes, noteFileTypes } from './life/note-file.js';
export { notePurposes, NotesVerbales, type NoteInput, type NoteView } from './life/notes-verbales.service.js';
export { procedureSteps } from './life/procedure.js';
export { ProcedureRow } from './life/procedure.entity.js';
export { Procedures } from './life/procedures.service.js';

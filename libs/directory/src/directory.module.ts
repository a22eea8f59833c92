import type { Work } from '#libs/access';
import type { Outbox } from '#libs/notifications';
import type { PartyQueries } from '#libs/parties';
import type { UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { AbsenceRow, ShiftRow } from './absence.entity.js';
import { Bodies } from './bodies.service.js';
import { CallCodes } from './calls/call-codes.service.js';
import { CallTaskRow } from './calls/call-task.entity.js';
import { CallTaskQueries } from './calls/call-tasks.queries.js';
import { ChangeCallMailing } from './calls/change-call-mailing.service.js';
import { CallTasks } from './calls/call-tasks.service.js';
import { LineCalls } from './calls/line-calls.service.js';
import { ChannelCallRow } from './calls/channel-call.entity.js';
import { ChannelProofs } from './channel-proofs.service.js';
import { Channels } from './channels.service.js';
import { ChannelWatch } from './confirm/channel-watch.service.js';
import { AheadWarningRow } from './confirm/ahead-warning.entity.js';
import { AheadWarnings } from './confirm/ahead-warnings.service.js';
import { ConfirmationLinks } from './confirm/confirmation-links.service.js';
import { ConfirmationRow, CorrectionRow } from './confirm/confirmation.entity.js';
import { Confirmations } from './confirm/confirmations.service.js';
import { Confirming } from './confirm/confirming.service.js';
import { CorrectionMailing } from './confirm/correction-mailing.service.js';
import { Corrections } from './confirm/corrections.service.js';
import { Duties } from './duties.service.js';
import { DutyQueries } from './duty.queries.js';
import { EntryQueries } from './entries.queries.js';
import { Exports } from './exchange/exports.service.js';
import { ImportProgressRow, ImportRow } from './exchange/import.entity.js';
import { Imports, byAdministrator } from './exchange/imports.service.js';
import { EntryReadings } from './finding/entry-readings.service.js';
import { Findables } from './finding/findables.service.js';
import {
  EntryReadingRow,
  FindableRow,
  FindingHolderRow,
  FindingTermRow,
  FindingWordRow,
  PersonTokenRow,
} from './finding/finding.entity.js';
import { Finding } from './finding/finding.service.js';
import { ContactKeyRow } from './keys/contact-key.entity.js';
import { KeyQueries } from './keys/contact-keys.queries.js';
import { ContactKeys } from './keys/contact-keys.service.js';
import { KeyEnds } from './keys/key-ends.service.js';
import { KeyMailing } from './keys/key-mailing.service.js';
import { KeyTests } from './keys/key-tests.service.js';
import { KeyWarnings } from './keys/key-warnings.service.js';
import { ChangeNotices } from './life/change-notices.service.js';
import { EntryChangeQueries } from './life/entry-changes.queries.js';
import { EntryChanges } from './life/entry-changes.service.js';
import { CallBackRow, EntryChangeRow, NoteVerbaleRow } from './life/entry-life.entity.js';
import { NotesVerbales } from './life/notes-verbales.service.js';
import { ProcedureRow } from './life/procedure.entity.js';
import { Procedures } from './life/procedures.service.js';
import { ProposalMailing } from './life/proposal-mailing.service.js';
import { CapabilityQueries } from './networks/capabilities.queries.js';
import { Capabilities } from './networks/capabilities.service.js';
import { CapabilityRow } from './networks/capability.entity.js';
import { DashboardQueries } from './networks/dashboard.queries.js';
import { NetworkQueries } from './networks/networks.queries.js';
import { Networks } from './networks/networks.service.js';
import { Readiness } from './networks/readiness.service.js';
import { ReadinessCheckRow, RoleSheetRow } from './networks/role-sheet.entity.js';
import { RoleSheets } from './networks/role-sheets.service.js';
import { OriginFileRow, OriginRangeRow, OriginSystemRow } from './origins/origin.entity.js';
import { Origins } from './origins/origins.queries.js';
import { PartyList } from './party-list.service.js';
import {
  ChannelCheckRow,
  ChannelRow,
  ConstituencyRow,
  PointOfContactRow,
} from './point-of-contact.entity.js';
import { PointsOfContact } from './points-of-contact.service.js';
import { ModeMailing } from './routes/mode-mailing.service.js';
import { PlanModeRow, PlanModeToldRow, PlanRow } from './routes/plan.entity.js';
import { PlanQueries } from './routes/plan.queries.js';
import { Plans } from './routes/plans.service.js';
import { RouteFinder } from './routes/route-finder.service.js';
import { RouteQueries } from './routes/route.queries.js';
import { ChannelCodeRow, KeyTestRow } from './sent-code.entity.js';
import { ExportConsentRow } from './snapshot/export-consent.entity.js';
import { ExportConsents } from './snapshot/export-consents.service.js';

/** The rows of the directory. */
export const directoryEntities = [
  PointOfContactRow,
  ChannelRow,
  ChannelCheckRow,
  ConstituencyRow,
  AbsenceRow,
  ShiftRow,
  CallTaskRow,
  ChannelCallRow,
  ConfirmationRow,
  CorrectionRow,
  AheadWarningRow,
  RoleSheetRow,
  ReadinessCheckRow,
  CapabilityRow,
  PlanRow,
  PlanModeRow,
  PlanModeToldRow,
  FindableRow,
  FindingHolderRow,
  FindingTermRow,
  FindingWordRow,
  PersonTokenRow,
  EntryReadingRow,
  OriginFileRow,
  OriginRangeRow,
  OriginSystemRow,
  NoteVerbaleRow,
  CallBackRow,
  EntryChangeRow,
  ProcedureRow,
  ChannelCodeRow,
  ExportConsentRow,
  ImportRow,
  ImportProgressRow,
  ContactKeyRow,
  KeyTestRow,
];

export interface DirectoryGround {
  units: UnitOfWork;
  vault: Vault;
  publicUrl: string;
}

interface Around {
  work: Work;
  parties: PartyQueries;
  outbox: Outbox;
}

/** All that the directory does, wired once for both the api and the worker. */
export function wireDirectory(ground: DirectoryGround, around: Around) {
  const { vault } = ground;
  const { work, parties, outbox } = around;
  const entries = wireEntries(ground, { work, parties, outbox });
  return {
    ...entries,
    lineCalls: new LineCalls(vault, outbox, parties, ground.publicUrl),
    ...wireConfirmations(ground, work, { parties, outbox, ...entries }),
    ...wireNetworks(work, vault, parties),
    ...wireDuty(work, vault),
    ...wirePlans(ground, around),
  };
}

/** Who is on duty at points of contact. */
function wireDuty(work: Work, vault: Vault) {
  const dutyQueries = new DutyQueries(work, vault);
  return { dutyQueries, duties: new Duties(work, vault, dutyQueries) };
}

/** Networks with what they say of roles, and what parties could offer. */
function wireNetworks(work: Work, vault: Vault, parties: PartyQueries) {
  const networkQueries = new NetworkQueries();
  const capabilityQueries = new CapabilityQueries(vault);
  return {
    ...{ networkQueries, capabilityQueries },
    networks: new Networks(work, networkQueries),
    dashboards: new DashboardQueries(networkQueries),
    roleSheets: new RoleSheets(work, networkQueries, parties),
    readiness: new Readiness(work, vault),
    capabilities: new Capabilities(work, vault, parties, capabilityQueries),
  };
}

/** Communication plans of two parties, and of the network. */
function wirePlans({ units, vault, publicUrl }: DirectoryGround, { work, parties, outbox }: Around) {
  const planQueries = new PlanQueries(vault);
  const routes = new RouteQueries(vault);
  return {
    planQueries,
    plans: new Plans(work, vault, parties, planQueries),
    routeFinder: new RouteFinder(work, parties, routes, new EntryQueries(vault)),
    modeMailing: new ModeMailing(units, vault, outbox, parties, routes, publicUrl),
  };
}

/** How parties keep their entries in the directory. */
function wireEntries({ units, vault, publicUrl }: DirectoryGround, { work, parties, outbox }: Around) {
  const entryQueries = new EntryQueries(vault);
  const callCodes = new CallCodes(vault, outbox, parties);
  const callTaskQueries = new CallTaskQueries(vault, parties, entryQueries, callCodes);
  const findables = new Findables(units, vault);
  const readings = new EntryReadings();
  const channels = new Channels(work, vault, parties, outbox, entryQueries);
  const entryChangeQueries = new EntryChangeQueries(vault);
  const notices = new ChangeNotices(vault, parties, outbox);
  const proposals = new ProposalMailing(vault, parties, outbox, publicUrl);
  return {
    ...{ entryQueries, channels, entryChangeQueries },
    callTaskQueries,
    callTasks: new CallTasks(units, work, vault, callCodes, channels, entryQueries, callTaskQueries),
    changeCallMailing: new ChangeCallMailing(units, vault, outbox, parties, publicUrl),
    ...wireKeys(units, work, vault, { parties, outbox, entryQueries, proposals }),
    findables,
    readings,
    origins: new Origins(),
    finding: new Finding(vault, entryQueries, readings),
    bodies: new Bodies(work, findables),
    exportConsents: new ExportConsents(work),
    imports: new Imports(byAdministrator(work), vault, parties, findables, proposals),
    exports: new Exports(vault, entryQueries),
    partyList: new PartyList(work, parties, findables),
    pointsOfContact: new PointsOfContact(work, vault, entryQueries, findables),
    entryChanges: new EntryChanges(
      work,
      vault,
      channels,
      entryQueries,
      entryChangeQueries,
      notices,
      proposals,
    ),
    notesVerbales: new NotesVerbales(work, vault),
    procedures: new Procedures(work, vault),
    channelProofs: new ChannelProofs(work, vault, parties, outbox, channels, entryQueries),
  };
}

/** How entries stay true: asked about, confirmed, doubted and corrected. */
function wireConfirmations(
  { units, vault, publicUrl }: DirectoryGround,
  work: Work,
  given: { parties: PartyQueries; outbox: Outbox; entryQueries: EntryQueries; entryChanges: EntryChanges },
) {
  const { parties, outbox, entryQueries: entries, entryChanges } = given;
  return {
    confirming: new Confirming(units, vault, outbox, parties, publicUrl),
    aheadWarnings: new AheadWarnings(units, vault, outbox, parties, publicUrl),
    channelWatch: new ChannelWatch(units, vault),
    correctionMailing: new CorrectionMailing(units, vault, outbox, parties, publicUrl),
    confirmations: new Confirmations(work, outbox, entries),
    confirmationLinks: new ConfirmationLinks(units, vault, parties, entries),
    corrections: new Corrections(work, vault, parties, entries, entryChanges),
  };
}

/** Keys with which mails to channels can be encrypted. */
function wireKeys(
  units: UnitOfWork,
  work: Work,
  vault: Vault,
  given: { parties: PartyQueries; outbox: Outbox; entryQueries: EntryQueries; proposals: ProposalMailing },
) {
  const { parties, outbox, entryQueries, proposals } = given;
  const mailing = new KeyMailing(vault, outbox, parties);
  const keyQueries = new KeyQueries(vault, entryQueries);
  const keyEnds = new KeyEnds(work, vault, outbox, mailing, proposals, keyQueries);
  return {
    keyQueries,
    keyEnds,
    contactKeys: new ContactKeys(work, vault, mailing, proposals, keyEnds, keyQueries),
    keyTests: new KeyTests(work, vault, outbox, mailing, keyQueries),
    keyWarnings: new KeyWarnings(units, mailing),
  };
}

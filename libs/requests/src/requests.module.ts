import {
  AccessEventRow,
  Acceptance,
  AccountRow,
  Accounts,
  AnnouncementMailing,
  AnnouncementReadRow,
  AnnouncementRow,
  Announcements,
  ApiTokenRow,
  ApiTokens,
  CheckpointMailing,
  CheckpointSubscriptionRow,
  CheckpointSubscriptions,
  DeliveryOversight,
  EmergencyAccess,
  EmergencyAccessRow,
  EmergencyApprovalRow,
  EmergencyMails,
  EmergencyQueries,
  IdempotentAnswerRow,
  IdentityProviderRow,
  InvitationRow,
  Invitations,
  OrganizationIdentities,
  OrganizationIdentityRow,
  OrganizationSignInRow,
  OwnSessions,
  PasskeyChallengeRow,
  PasskeyRow,
  Passkeys,
  RecoveryCodeRow,
  RecoveryCodes,
  SecondFactors,
  Sessions,
  SessionRow,
  Throttle,
  ThrottleRow,
  Totp,
  TotpRow,
  ViewRow,
  Work,
} from '#libs/access';
import {
  AbsenceRow,
  EntryReadingRow,
  EntryReadings,
  FindableRow,
  Findables,
  Finding,
  FindingHolderRow,
  FindingTermRow,
  FindingWordRow,
  OriginFileRow,
  OriginRangeRow,
  Origins,
  OriginSystemRow,
  PersonTokenRow,
  Bodies,
  CallCodes,
  CallTaskQueries,
  CallTaskRow,
  CallTasks,
  ChannelCallRow,
  ChannelWatch,
  ConfirmationLinks,
  ConfirmationRow,
  Confirmations,
  Confirming,
  CorrectionMailing,
  CorrectionRow,
  Corrections,
  Capabilities,
  CapabilityQueries,
  CapabilityRow,
  CallBackRow,
  ChangeNotices,
  ChannelCodeRow,
  ChannelProofs,
  ChannelCheckRow,
  ChannelRow,
  Channels,
  ConstituencyRow,
  ContactKeyRow,
  ContactKeys,
  DashboardQueries,
  DirectoryQueries,
  Duties,
  DutyQueries,
  EntryChangeQueries,
  EntryChangeRow,
  EntryChanges,
  EntryQueries,
  byAdministrator,
  ExportConsentRow,
  ExportConsents,
  Exports,
  ImportProgressRow,
  ImportRow,
  Imports,
  KeyMailing,
  KeyQueries,
  KeyTestRow,
  KeyTests,
  KeyWarnings,
  NetworkQueries,
  Networks,
  NotesVerbales,
  NoteVerbaleRow,
  PartyList,
  PlanModeRow,
  PlanQueries,
  PlanRow,
  Plans,
  PointOfContactRow,
  Readiness,
  ReadinessCheckRow,
  RoleSheetRow,
  RoleSheets,
  ShiftRow,
  PointsOfContact,
  RouteFinder,
  RouteQueries,
  ProcedureRow,
  Procedures,
} from '#libs/directory';
import {
  CheckpointPlaceRow,
  CheckpointRow,
  JournalBatchRow,
  JournalEntryRow,
  LedgerEntryRow,
  LedgerHeadRow,
} from '#libs/ledger';
import { AckLinkRow, AckLinks, AttemptRow, MessageRow, NoticeRow, Outbox } from '#libs/notifications';
import { BodyRow, InstanceRow, MembershipRow, NetworkRow, PartyQueries, PartyRow } from '#libs/parties';
import type { Doorbell, UnitOfWork } from '#libs/runtime';
import { ownCatalogue, TemplateQueries, TemplateRow } from '#libs/templates';
import type { Vault } from '#libs/vault';
import { AddresseeRow } from './addressee.entity.js';
import { AnsweredChannels } from './answered-channels.service.js';
import { Alternates } from './alternates.service.js';
import { ApprovalRow } from './approval.entity.js';
import { ApprovalQueries } from './approvals.queries.js';
import { Approvals } from './approvals.service.js';
import { ClearanceRuleRow } from './clearance-rule.entity.js';
import { ClearanceRules } from './clearance-rules.service.js';
import { Clearance } from './clearance.service.js';
import { ClockQueries } from './clock.queries.js';
import { ClockRow, TimerRow } from './clock.entity.js';
import { Chronicle } from './chronicle.service.js';
import { Correspondence } from './correspondence.service.js';
import { DeliveryQueries } from './deliveries.queries.js';
import { ObservationRow } from './observation.entity.js';
import { Observations } from './observations.service.js';
import { DisclosureRow } from './disclosure.entity.js';
import { Disclosures } from './disclosures.service.js';
import { RequestDocuments } from './documents.queries.js';
import { Erasing } from './erasing.service.js';
import { Filing } from './filing.service.js';
import { HandOver } from './hand-over.service.js';
import { Holds } from './holds.service.js';
import { RequestEventContentRow, RequestEventRow } from './request-event.entity.js';
import { RequestRows } from './request-rows.service.js';
import { RequestTemplates } from './request-templates.service.js';
import { RequestKeyRow, RequestMemberRow, RequestRow } from './request.entity.js';
import { RequestHoldRow, RetentionPolicyRow } from './retention-policy.entity.js';
import { Retention } from './retention.service.js';
import { Reminders } from './reminders.service.js';
import { Lines } from './lines.service.js';
import { RequestQueries } from './requests.queries.js';
import { RequestShareRow } from './share.entity.js';
import { SharingQueries } from './sharing.queries.js';
import { Sharing } from './sharing.service.js';
import { Watch } from './watch.service.js';
import { Requests } from './requests.service.js';

/** Every entity that there is, for the data sources of those who serve and for the check against the migrations. */
export const entities = [
  ...[NetworkRow, InstanceRow, PartyRow, BodyRow],
  ...[AccountRow, SessionRow, IdempotentAnswerRow, InvitationRow, AccessEventRow],
  ...[TotpRow, RecoveryCodeRow, PasskeyRow, PasskeyChallengeRow, ThrottleRow, ApiTokenRow],
  ...[AnnouncementRow, AnnouncementReadRow, CheckpointSubscriptionRow],
  ...[EmergencyAccessRow, EmergencyApprovalRow],
  ...[IdentityProviderRow, OrganizationIdentityRow, OrganizationSignInRow],
  ...[LedgerEntryRow, LedgerHeadRow, JournalEntryRow, JournalBatchRow, CheckpointRow, CheckpointPlaceRow],
  ...[MembershipRow, PointOfContactRow, ChannelRow, ChannelCheckRow, ConstituencyRow],
  ...[AbsenceRow, ShiftRow],
  ...[CallTaskRow, ChannelCallRow],
  ...[ConfirmationRow, CorrectionRow],
  ...[RoleSheetRow, ReadinessCheckRow, CapabilityRow],
  ...[PlanRow, PlanModeRow],
  ...[FindableRow, FindingHolderRow, FindingTermRow, FindingWordRow, PersonTokenRow, EntryReadingRow],
  ...[OriginFileRow, OriginRangeRow, OriginSystemRow],
  ...[NoteVerbaleRow, CallBackRow, EntryChangeRow, ProcedureRow],
  ...[RequestRow, RequestMemberRow, RequestKeyRow, AddresseeRow, RequestEventRow, RequestEventContentRow],
  ...[ClockRow, TimerRow, TemplateRow, RequestShareRow, DisclosureRow],
  ...[ClearanceRuleRow, ApprovalRow, RetentionPolicyRow, RequestHoldRow],
  ...[MessageRow, NoticeRow, AttemptRow, AckLinkRow],
  ...[ViewRow, ObservationRow, ChannelCodeRow],
  ...[ExportConsentRow, ImportRow, ImportProgressRow],
  ...[ContactKeyRow, KeyTestRow],
];

export interface Ground {
  units: UnitOfWork;
  vault: Vault;
  doorbell: Doorbell;
  publicUrl: string;
}

/** Everything from sign-in to settling, wired once for both the api and the worker. */
export function wireRequests({ units, vault, doorbell, publicUrl }: Ground) {
  const work = new Work(units, vault);
  const parties = new PartyQueries();
  const directory = new DirectoryQueries(vault);
  const ackLinks = new AckLinks(vault);
  const chronicle = new Chronicle(vault);
  const rows = new RequestRows(vault, chronicle);
  const queries = new RequestQueries(vault, rows, chronicle, ownCatalogue);
  const observations = new Observations(queries);
  const outbox = new Outbox(vault, ackLinks, doorbell);
  const correspondence = new Correspondence(new RouteQueries(vault), parties, outbox, publicUrl);
  const watch = new Watch();
  const templates = new RequestTemplates(ownCatalogue);
  const filing = new Filing(vault, parties, rows, correspondence, watch, templates);
  const handOver = new HandOver(rows, parties, correspondence, watch, templates);
  const lines = new Lines(rows, correspondence, watch, handOver, ownCatalogue, new AnsweredChannels(vault));
  const disclosures = new Disclosures(rows, correspondence);
  const sharingQueries = new SharingQueries(vault, rows);
  const clearance = new Clearance(vault, rows);
  const requests = new Requests(
    ...([work, rows, filing, queries, chronicle, correspondence] as const),
    ...([lines, disclosures, clearance] as const),
    new Alternates(vault, rows, correspondence),
  );
  const approvalQueries = new ApprovalQueries(vault, clearance);
  const invitations = new Invitations(work, vault, outbox, parties, publicUrl);
  const entries = wireEntries(units, work, vault, parties, outbox);
  const signIn = wireSignIn({ units, vault, publicUrl }, work, parties);
  return {
    ...{ work, parties, directory, ackLinks, queries },
    ...signIn,
    emergency: new EmergencyAccess(
      ...([work, vault, new EmergencyQueries(vault)] as const),
      ...([new EmergencyMails(vault, outbox, parties, publicUrl), signIn.sessions, signIn.throttle] as const),
    ),
    ...wireOwnMails({ units, vault, publicUrl }, work, parties, outbox),
    accounts: new Accounts(work, vault),
    ownSessions: new OwnSessions(work),
    tokens: new ApiTokens(units, work, vault),
    acceptance: new Acceptance(units, vault, invitations),
    ...entries,
    ...wireConfirmations({ units, vault, publicUrl }, work, { parties, outbox, ...entries }),
    ...wireNetworks(work, vault, parties),
    invitations,
    templates: new TemplateQueries(),
    deliveries: new DeliveryQueries(),
    oversight: new DeliveryOversight(work),
    clocks: new ClockQueries(directory),
    observations,
    ...wireDuty(work, vault),
    ...wirePlans(work, vault, parties),
    documents: new RequestDocuments(queries, observations, parties, ownCatalogue, approvalQueries),
    retention: new Retention(work, parties),
    holds: new Holds(work, rows),
    erasing: new Erasing(units, vault),
    reminders: new Reminders(units, rows, chronicle, correspondence),
    requests,
    sharingQueries,
    sharing: new Sharing(work, vault, rows, sharingQueries),
    approvalQueries,
    approvals: new Approvals(work, vault, rows, clearance, approvalQueries, queries, requests),
    clearanceRules: new ClearanceRules(work, parties),
  };
}

/** What the network tells its own people, beside requests. */
function wireOwnMails(
  { units, vault, publicUrl }: Omit<Ground, 'doorbell'>,
  work: Work,
  parties: PartyQueries,
  outbox: Outbox,
) {
  return {
    announcements: new Announcements(work, vault, parties),
    announcementMailing: new AnnouncementMailing(units, vault, outbox, parties, publicUrl),
    checkpointSubscriptions: new CheckpointSubscriptions(work, vault, outbox, parties),
    checkpointMailing: new CheckpointMailing(units, vault, outbox, parties, publicUrl),
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
function wirePlans(work: Work, vault: Vault, parties: PartyQueries) {
  const planQueries = new PlanQueries(vault);
  return {
    planQueries,
    plans: new Plans(work, vault, parties, planQueries),
    routeFinder: new RouteFinder(work, parties, new RouteQueries(vault), new EntryQueries(vault)),
  };
}

/** How parties keep their entries in the directory. */
function wireEntries(units: UnitOfWork, work: Work, vault: Vault, parties: PartyQueries, outbox: Outbox) {
  const entryQueries = new EntryQueries(vault);
  const callCodes = new CallCodes(vault, outbox, parties);
  const callTaskQueries = new CallTaskQueries(vault, parties, entryQueries, callCodes);
  const findables = new Findables(units, vault);
  const readings = new EntryReadings();
  const channels = new Channels(work, vault, parties, outbox, entryQueries);
  const entryChangeQueries = new EntryChangeQueries(vault);
  const notices = new ChangeNotices(vault, parties, outbox);
  return {
    ...{ entryQueries, channels, entryChangeQueries },
    callTaskQueries,
    callTasks: new CallTasks(units, work, vault, callCodes, channels, entryQueries, callTaskQueries),
    ...wireKeys(units, work, vault, { parties, outbox, entryQueries }),
    findables,
    readings,
    origins: new Origins(),
    finding: new Finding(vault, entryQueries, readings),
    bodies: new Bodies(work, findables),
    exportConsents: new ExportConsents(work),
    imports: new Imports(byAdministrator(work), vault, parties, findables),
    exports: new Exports(entryQueries),
    partyList: new PartyList(work, parties, findables),
    pointsOfContact: new PointsOfContact(work, vault, entryQueries, findables),
    entryChanges: new EntryChanges(work, vault, channels, entryQueries, entryChangeQueries, notices),
    notesVerbales: new NotesVerbales(work, vault),
    procedures: new Procedures(work, vault),
    channelProofs: new ChannelProofs(work, vault, parties, outbox, channels, entryQueries),
  };
}

/** How entries stay true: asked about, confirmed, doubted and corrected. */
function wireConfirmations(
  { units, vault, publicUrl }: Omit<Ground, 'doorbell'>,
  work: Work,
  given: { parties: PartyQueries; outbox: Outbox; entryQueries: EntryQueries; entryChanges: EntryChanges },
) {
  const { parties, outbox, entryQueries: entries, entryChanges } = given;
  return {
    confirming: new Confirming(units, vault, outbox, parties, publicUrl),
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
  { parties, outbox, entryQueries }: { parties: PartyQueries; outbox: Outbox; entryQueries: EntryQueries },
) {
  const mailing = new KeyMailing(vault, outbox, parties);
  const keyQueries = new KeyQueries(vault, entryQueries);
  return {
    keyQueries,
    contactKeys: new ContactKeys(work, vault, outbox, mailing, keyQueries),
    keyTests: new KeyTests(work, vault, outbox, mailing, keyQueries),
    keyWarnings: new KeyWarnings(units, mailing),
  };
}

/** What proves who somebody is. */
function wireSignIn(
  { units, vault, publicUrl }: Omit<Ground, 'doorbell'>,
  work: Work,
  parties: PartyQueries,
) {
  const totp = new Totp(vault);
  const recoveryCodes = new RecoveryCodes(vault);
  const passkeys = new Passkeys(units, vault, publicUrl);
  const throttle = new Throttle(units, vault);
  return {
    passkeys,
    throttle,
    identities: new OrganizationIdentities(units, work, vault),
    sessions: new Sessions({ units, work, vault, parties, throttle, totp, passkeys, recoveryCodes }),
    secondFactors: new SecondFactors(work, vault, parties, totp, passkeys, recoveryCodes),
  };
}

export type Wired = ReturnType<typeof wireRequests>;

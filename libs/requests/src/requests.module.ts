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
import { DirectoryQueries, RouteQueries, directoryEntities, wireDirectory } from '#libs/directory';
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
import { Disclaimers } from './disclaimers.service.js';
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
  MembershipRow,
  ...directoryEntities,
  ...[RequestRow, RequestMemberRow, RequestKeyRow, AddresseeRow, RequestEventRow, RequestEventContentRow],
  ...[ClockRow, TimerRow, TemplateRow, RequestShareRow, DisclosureRow],
  ...[ClearanceRuleRow, ApprovalRow, RetentionPolicyRow, RequestHoldRow],
  ...[MessageRow, NoticeRow, AttemptRow, AckLinkRow],
  ...[ViewRow, ObservationRow],
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
  const [ackLinks, chronicle] = [new AckLinks(vault), new Chronicle(vault)];
  const rows = new RequestRows(vault, chronicle);
  const queries = new RequestQueries(vault, rows, chronicle, ownCatalogue);
  const observations = new Observations(queries);
  const outbox = new Outbox(vault, ackLinks, doorbell);
  const correspondence = new Correspondence(new RouteQueries(vault), parties, outbox, publicUrl);
  const watch = new Watch();
  const templates = new RequestTemplates(ownCatalogue);
  const filing = new Filing(vault, parties, rows, correspondence, watch, templates);
  const handOver = new HandOver(rows, parties, correspondence, watch, templates);
  const answered = new AnsweredChannels(vault);
  const lines = new Lines(rows, correspondence, watch, handOver, ownCatalogue, answered);
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
  const inDirectory = wireDirectory({ units, vault, publicUrl }, { work, parties, outbox });
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
    ...inDirectory,
    invitations,
    templates: new TemplateQueries(),
    deliveries: new DeliveryQueries(),
    oversight: new DeliveryOversight(work),
    clocks: new ClockQueries(directory),
    ...{ observations, disclaimers: new Disclaimers(units, vault, rows, answered) },
    documents: new RequestDocuments(queries, observations, parties, ownCatalogue, approvalQueries),
    retention: new Retention(work, parties),
    holds: new Holds(work, rows),
    erasing: new Erasing(units, vault),
    reminders: new Reminders(units, rows, chronicle, correspondence, inDirectory.lineCalls),
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

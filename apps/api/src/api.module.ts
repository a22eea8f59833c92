import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { TemplateQueries } from '#libs/templates';
import {
  Acceptance,
  Accounts,
  Announcements,
  ApiTokens,
  CheckpointSubscriptions,
  DeliveryOversight,
  EmergencyAccess,
  IdentityProviders,
  Invitations,
  OpenIdConnect,
  OrganizationIdentities,
  OrganizationSignIns,
  OwnSessions,
  Passkeys,
  SecondFactors,
  Sessions,
  Work,
} from '#libs/access';
import { PartyQueries } from '#libs/parties';
import { CheckpointQueries, ReceiptDocuments, Receipts } from '#libs/ledger';
import {
  ApprovalQueries,
  Approvals,
  ClearanceRules,
  ClockQueries,
  DeliveryQueries,
  Observations,
  Holds,
  RequestDocuments,
  RequestQueries,
  Requests,
  Sharing,
  SharingQueries,
  Retention,
  type Wired,
} from '#libs/requests';
import { UnitOfWork, type Logger, type OutgoingCalls } from '#libs/runtime';
import { SigningKeys, Vault } from '#libs/vault';
import { DocumentPdf } from '#libs/wording';
import { AccountsController } from './access/accounts.controller.js';
import { AnnouncementsController } from './announcements/announcements.controller.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { EmergencyAccessController } from './access/emergency-access.controller.js';
import { IdentityProvidersController } from './access/identity-providers.controller.js';
import { InvitationsController } from './access/invitations.controller.js';
import { InviteController } from './access/invite.controller.js';
import { OrganizationPageController } from './access/organization-page.controller.js';
import { OrganizationSignInsController } from './access/organization-sign-ins.controller.js';
import { SecondFactorController } from './access/second-factor.controller.js';
import { TokensController } from './access/tokens.controller.js';
import { SessionsController } from './access/sessions.controller.js';
import { AcknowledgementController } from './acknowledgement/acknowledgement.controller.js';
import { Acknowledgements } from './acknowledgement/acknowledgements.service.js';
import { ApprovalsController } from './clearance/approvals.controller.js';
import { ClearanceRulesController } from './clearance/clearance-rules.controller.js';
import { directoryControllers, ofDirectory } from './directory/directory.providers.js';
import { HealthController } from './health/health.controller.js';
import { HAS_MAILBOX, HomeController } from './home/home.controller.js';
import { CallerGuard } from './http/caller.guard.js';
import { Installation } from './http/installation.service.js';
import { InputPipe } from './http/input.pipe.js';
import { ProblemFilter } from './http/problem.filter.js';
import { PUBLIC_URL } from './http/public-url.js';
import { CheckpointSubscriptionController } from './ledger/checkpoint-subscription.controller.js';
import { LedgerController } from './ledger/ledger.controller.js';
import { ReceiptPagesController } from './ledger/receipt-pages.controller.js';
import { ReceiptsController } from './ledger/receipts.controller.js';
import { AccountPageController } from './pages/account-page.controller.js';
import { readScripts } from './pages/scripts.js';
import { SCRIPTS, ScriptsController } from './pages/scripts.controller.js';
import { SignInPageController } from './pages/sign-in-page.controller.js';
import { VerifyPageController } from './pages/verify-page.controller.js';
import { PartiesController } from './parties/parties.controller.js';
import { TemplatesController } from './templates/templates.controller.js';
import { DocumentsController } from './requests/documents.controller.js';
import { RetentionController } from './retention/retention.controller.js';
import { SECURITY_CONTACT, WellKnownController } from './well-known/well-known.controller.js';
import { RequestsController } from './requests/requests.controller.js';
import { SharingController } from './requests/sharing.controller.js';

export interface ApiParts {
  wired: Wired;
  units: UnitOfWork;
  installation: Installation;
  signingKeys: SigningKeys;
  receipts: Receipts;
  vault: Vault;
  outgoing: OutgoingCalls;
  problems: ProblemFilter;
  publicUrl: string;
  mailbox: boolean;
  securityContact: string | undefined;
  logger: Logger;
}

const controllers = [
  ...[HomeController, HealthController, WellKnownController],
  ...[SessionsController, SecondFactorController, TokensController, AccountsController],
  ...[InvitationsController, InviteController, EmergencyAccessController],
  ...[IdentityProvidersController, OrganizationSignInsController, OrganizationPageController],
  ...[SignInPageController, AccountPageController, VerifyPageController, ScriptsController],
  ...[PartiesController, TemplatesController],
  ...[RequestsController, DocumentsController, AcknowledgementController],
  RetentionController,
  ...[ApprovalsController, ClearanceRulesController],
  ...[LedgerController, ReceiptsController, ReceiptPagesController],
  ...[AnnouncementsController, DeliveriesController, CheckpointSubscriptionController],
  SharingController,
  ...directoryControllers,
];

/** What the libs do, each under its class. */
const ofLibs = ({ wired, units, signingKeys, receipts, publicUrl }: ApiParts): Provider[] => [
  { provide: UnitOfWork, useValue: units },
  { provide: Work, useValue: wired.work },
  { provide: Sessions, useValue: wired.sessions },
  { provide: OwnSessions, useValue: wired.ownSessions },
  { provide: ApiTokens, useValue: wired.tokens },
  { provide: SecondFactors, useValue: wired.secondFactors },
  { provide: Passkeys, useValue: wired.passkeys },
  { provide: EmergencyAccess, useValue: wired.emergency },
  { provide: Accounts, useValue: wired.accounts },
  { provide: CheckpointSubscriptions, useValue: wired.checkpointSubscriptions },
  { provide: Announcements, useValue: wired.announcements },
  { provide: Invitations, useValue: wired.invitations },
  { provide: Acceptance, useValue: wired.acceptance },
  { provide: PartyQueries, useValue: wired.parties },
  { provide: TemplateQueries, useValue: wired.templates },
  { provide: Requests, useValue: wired.requests },
  { provide: RequestQueries, useValue: wired.queries },
  { provide: Approvals, useValue: wired.approvals },
  { provide: ApprovalQueries, useValue: wired.approvalQueries },
  { provide: ClearanceRules, useValue: wired.clearanceRules },
  { provide: DeliveryQueries, useValue: wired.deliveries },
  { provide: DeliveryOversight, useValue: wired.oversight },
  { provide: ClockQueries, useValue: wired.clocks },
  { provide: Observations, useValue: wired.observations },
  { provide: Sharing, useValue: wired.sharing },
  { provide: SharingQueries, useValue: wired.sharingQueries },
  { provide: Retention, useValue: wired.retention },
  { provide: Holds, useValue: wired.holds },
  { provide: RequestDocuments, useValue: wired.documents },
  { provide: DocumentPdf, useValue: new DocumentPdf() },
  { provide: CheckpointQueries, useValue: new CheckpointQueries() },
  { provide: Receipts, useValue: receipts },
  { provide: ReceiptDocuments, useValue: new ReceiptDocuments(receipts, publicUrl) },
  { provide: SigningKeys, useValue: signingKeys },
];

/** Signing in through organizations, which calls their providers: of the api alone. */
function ofOrganizations({ wired, units, vault, outgoing, publicUrl }: ApiParts): Provider[] {
  const { work, throttle, sessions, identities } = wired;
  const openId = new OpenIdConnect(outgoing, publicUrl);
  return [
    { provide: OpenIdConnect, useValue: openId },
    { provide: IdentityProviders, useValue: new IdentityProviders(work, vault, openId) },
    { provide: OrganizationIdentities, useValue: identities },
    {
      provide: OrganizationSignIns,
      useValue: new OrganizationSignIns({ units, work, vault, throttle, sessions, identities, openId }),
    },
  ];
}

/** What is of the api itself. */
function ofApi(parts: ApiParts): Provider[] {
  const { wired, units, installation, problems, publicUrl, mailbox, securityContact, logger } = parts;
  const acknowledgements = new Acknowledgements(units, wired, logger);
  return [
    { provide: Installation, useValue: installation },
    { provide: Acknowledgements, useValue: acknowledgements },
    { provide: HAS_MAILBOX, useValue: mailbox },
    { provide: PUBLIC_URL, useValue: publicUrl },
    { provide: SCRIPTS, useValue: readScripts() },
    { provide: SECURITY_CONTACT, useValue: securityContact },
    { provide: APP_FILTER, useValue: problems },
    { provide: APP_GUARD, useClass: CallerGuard },
    { provide: APP_PIPE, useClass: InputPipe },
  ];
}

/** The HTTP face of what the libs do. */
@Module({})
export class ApiModule {
  static of(parts: ApiParts): DynamicModule {
    const providers = [...ofLibs(parts), ...ofDirectory(parts), ...ofOrganizations(parts), ...ofApi(parts)];
    return { module: ApiModule, controllers, providers };
  }
}

export { Acceptance, type AcceptanceInput, type OpenInvitation } from './acceptance.service.js';
export { recordAccess, recordBy, recordByLink, recordOperatorsAct } from './access-record.service.js';
export { AccessEventRow, AccountRow, IdempotentAnswerRow, SessionRow } from './account.entity.js';
export { Accounts, type AccountView } from './accounts.service.js';
export { AnnouncementReadRow, AnnouncementRow } from './announcement.entity.js';
export { AnnouncementMailing } from './announcement-mailing.service.js';
export { audiences, type AnnouncementView } from './announcement-view.js';
export { Announcements, type AnnouncementInput } from './announcements.service.js';
export { ApiTokenRow } from './api-token.entity.js';
export { ApiTokens, tokenScopes, type ApiTokenView, type NewApiToken } from './api-tokens.service.js';
export { type AccessAct } from './access-acts.js';
export { isPartyCaller, withoutKey, type Caller, type Once, type PartyCaller } from './caller.js';
export { CheckpointMailing } from './checkpoint-mailing.service.js';
export { rhythms } from './checkpoint-rhythm.js';
export { CheckpointSubscriptionRow } from './checkpoint-subscription.entity.js';
export { CheckpointSubscriptions, type CheckpointSubscription } from './checkpoint-subscriptions.service.js';
export { demandPermission } from './demand-permission.js';
export { DeliveryOversight } from './delivery-oversight.queries.js';
export { emergencyStates, type EmergencyView } from './emergency.js';
export { EmergencyAccessRow, EmergencyApprovalRow } from './emergency-access.entity.js';
export { EmergencyQueries } from './emergency-access.queries.js';
export { EmergencyAccess } from './emergency-access.service.js';
export { EmergencyMails } from './emergency-mails.service.js';
export { Forgetting } from './forgetting.service.js';
export { foundInstance } from './founding.service.js';
export {
  IdentityProviderRow,
  organizationPurposes,
  OrganizationIdentityRow,
  OrganizationSignInRow,
  type OrganizationPurpose,
} from './identity-provider.entity.js';
export { IdentityProviders, type IdentityProviderView } from './identity-providers.service.js';
export { InvitationRow } from './invitation.entity.js';
export { invitationStates, type InvitationView } from './invitation-view.js';
export { Invitations, type InvitationInput } from './invitations.service.js';
export { OpenIdConnect, returnPath, type ReturnedCode } from './openid-connect.service.js';
export { weakValues } from './organization-assurance.js';
export { OrganizationIdentities } from './organization-identities.service.js';
export { OrganizationSignIns, type Begun, type Finished } from './organization-sign-ins.service.js';
export { leastPassword } from './password-rules.js';
export { hashPassword } from './passwords.service.js';
export {
  includes,
  partyRoles,
  permissionTable,
  permits,
  roles,
  type CallerRole,
  type Permission,
  type Role,
} from './permissions.js';
export {
  Passkeys,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from './passkeys.service.js';
export { RecoveryCodes } from './recovery-codes.service.js';
export {
  PasskeyChallengeRow,
  PasskeyRow,
  RecoveryCodeRow,
  ThrottleRow,
  TotpRow,
} from './second-factor.entity.js';
export { SecondFactors, type SecondFactorsView, type SetUp } from './second-factors.service.js';
export { addressFault } from './invitations.service.js';
export { demandFresh, factors, type Factor, type SessionStage } from './step-up.js';
export { Throttle } from './throttle.service.js';
export { Totp } from './totp.service.js';
export { OwnSessions, type SessionView } from './own-sessions.service.js';
export { nameOf, personOf, signInToken, type Person } from './person.service.js';
export { Sessions, type Opened, type Proof } from './sessions.service.js';
export { KeyedLookups, repeatableDays } from './keyed-lookups.service.js';
export { recordView, sameViewSeconds } from './view-record.service.js';
export { ViewRow } from './view.entity.js';
export { Work } from './work.service.js';

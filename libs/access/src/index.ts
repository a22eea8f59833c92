export { Acceptance, type AcceptanceInput, type OpenInvitation } from './acceptance.service.js';
export { AccountRow, IdempotentAnswerRow, SessionRow } from './account.entity.js';
export { Accounts, type AccountView } from './accounts.service.js';
export { isPartyCaller, type Caller, type Once, type PartyCaller } from './caller.js';
export { foundInstance, type Founding } from './founding.service.js';
export { InvitationRow } from './invitation.entity.js';
export { invitationStates, type InvitationView } from './invitation-view.js';
export { invitationDays, Invitations, type InvitationInput } from './invitations.service.js';
export { leastPassword } from './password-rules.js';
export { hashPassword } from './passwords.service.js';
export {
  managedRoles,
  networkRoles,
  partyRoles,
  permissionTable,
  permits,
  roles,
  type CallerRole,
  type Permission,
  type Role,
} from './permissions.js';
export { personOf, Sessions, sessionHours, signInToken, type Person } from './sessions.service.js';
export { Work } from './work.service.js';

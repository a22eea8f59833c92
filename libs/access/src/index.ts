export { AccountRow, IdempotentAnswerRow, SessionRow } from './account.entity.js';
export { isPartyCaller, type Caller, type Once, type PartyCaller } from './caller.js';
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

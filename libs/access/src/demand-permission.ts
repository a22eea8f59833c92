import { Problem } from '#libs/runtime';
import type { Caller } from './caller.js';
import { includes, type Permission } from './permissions.js';

/** Raises `forbidden` where the role, or the scope of a token that acts for it, does not include a permission. */
export function demandPermission(caller: Pick<Caller, 'role' | 'scope'>, permission: Permission): void {
  if (!includes(caller, permission))
    throw new Problem('forbidden', `The role "${caller.role}" does not include "${permission}".`);
}

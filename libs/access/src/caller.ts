import { includes, type CallerRole, type Permission } from './permissions.js';
import type { CallerSession } from './step-up.js';

/** A call that may be repeated: its Idempotency-Key and a keyed hash of what was asked. */
export interface Once {
  key: string;
  /** What the call asked, in canonical form; it is stored only as a keyed hash. */
  asked: string;
}

/** Who calls: an account of a party, the staff of the network, or the bearer of one mail's link and code. */
export interface Caller {
  kind: 'account' | 'link';
  /** The account's id, or `link:<notice id>`. */
  actor: string;
  party: string | null;
  body: string | null;
  role: CallerRole;
  /** How sure it is who acts. */
  assurance: 'signed-in' | 'emergency' | 'link-and-code' | 'api-token';
  /** The name in the account, or as the bearer of a link stated it. */
  name: string;
  language: string;
  /** Of an account: its session, how far that has come and what it was opened with. */
  session?: CallerSession;
  /** Of an API token: what it is for, within the role. */
  scope?: readonly Permission[];
  once?: Once;
}

/** A caller who has a part in a party's requests. */
export type PartyCaller = Caller & { party: string; body: string };

/** Whether requests exist for the caller at all: neither for the network's staff nor for those who manage accounts. */
export const isPartyCaller = (caller: Caller): caller is PartyCaller =>
  caller.party !== null && caller.body !== null && includes(caller, 'read-requests');

/** The same caller in a change of their own: what a repeat would answer is not kept. */
export function withoutKey(caller: Caller): Caller {
  const { once: _, ...rest } = caller;
  return rest;
}

import { includes, type Caller, type Permission } from '#libs/access';
import { refusal, type Act, type Refusal, type Side } from './lifecycle.js';

/** The permission that each act needs; which role has it stands in the one table of permissions. */
const needed: Readonly<Record<Act, Permission>> = {
  save: 'file-requests',
  amend: 'file-requests',
  send: 'file-requests',
  withdraw: 'file-requests',
  disclose: 'file-requests',
  'answer-question': 'file-requests',
  'accept-offer': 'file-requests',
  release: 'file-requests',
  close: 'file-requests',
  reopen: 'file-requests',
  acknowledge: 'acknowledge-requests',
  take: 'attend-requests',
  ask: 'attend-requests',
  message: 'attend-requests',
  note: 'attend-requests',
  assess: 'answer-requests',
  determine: 'answer-requests',
  redirect: 'answer-requests',
  'report-progress': 'answer-requests',
  extend: 'answer-requests',
  complete: 'answer-requests',
};

/** Who asks, as far as rights go: the role, and the scope of a token that acts for it. */
export type Rights = { role: string } & Pick<Caller, 'scope'>;

/** Whether somebody may do an act at all; undefined is yes. */
export const may = (who: Rights, act: Act): Refusal | undefined => {
  if (includes(who, needed[act])) return undefined;
  return includes({ role: who.role }, needed[act])
    ? refusal('not-your-role', `The scope of this token does not include "${act}".`)
    : refusal('not-your-role', `The role "${who.role}" does not include "${act}".`);
};

/** Why a body may not act on a line: what one body of the State asked holds, no other acts on. */
export const holds = (
  { bodyId }: { bodyId: string | null },
  side: Side,
  body: string,
): Refusal | undefined =>
  side === 'addressee' && bodyId !== null && bodyId !== body
    ? refusal('not-your-body', 'Another body of your State holds it: it was handed over.')
    : undefined;

/** Why somebody may not act on a request that was only shared with them: they read it, and write internal notes. */
export const readsOnly = (act: Act): Refusal | undefined =>
  act === 'note'
    ? undefined
    : refusal('shared-to-read', 'It was shared with you to read: a body that it concerns acts on it.');

/**
 * Why somebody is called: to prove a channel, to check one that is proven, because a request waits there, or to announce on
 * an old channel that the ways to reach its point of contact change.
 */
export const callReasons = ['proof', 'check', 'request', 'change'] as const;
export type CallReason = (typeof callReasons)[number];

export const callStates = ['open', 'taken', 'done', 'cancelled', 'expired'] as const;
export type CallState = (typeof callStates)[number];

/**
 * How the code comes to the callee: `mailed` to a proven mailbox of the same point of contact and read to the caller;
 * `read-out` by the caller and recorded by somebody of the callee's party; `read-back` to the caller who has read it.
 */
export const callWays = ['mailed', 'read-out', 'read-back'] as const;
export type CallWay = (typeof callWays)[number];

/**
 * What came of a call. `answered`: by the right person, and the code was right. `disputed`: the callee knows nothing of the
 * change that was announced.
 */
export const callOutcomes = [
  'answered',
  'answered-by-another',
  'no-answer',
  'wrong-number',
  'refused',
  'disputed',
] as const;
export type CallOutcome = (typeof callOutcomes)[number];

export const callActs = ['take', 'record', 'hear', 'cancel'] as const;
export type CallAct = (typeof callActs)[number];

/** What each outcome says of the channel. That a change is disputed says nothing of it. */
export const checkedAs = {
  answered: 'answered',
  'answered-by-another': 'failed',
  'no-answer': 'no-answer',
  'wrong-number': 'wrong-contact',
  refused: 'failed',
} as const satisfies Record<Exclude<CallOutcome, 'disputed'>, string>;

import {
  callActs,
  type CallAct,
  type CallOutcome,
  type CallReason,
  type CallState,
  type CallWay,
} from './call-task-words.js';

/** Days after which a call that nobody has made is no longer wanted; minutes for which who took it has it alone. */
export const callDays = 7;
export const callMinutes = 120;
/** How many calls to a channel one side asks for within a day. */
export const callsADay = 5;
/** How often it can be taken, each time with a new code, and how many wrong codes each of them bears. */
export const mostTakes = 5;
export const callTries = 5;

/** What an act on a call task depends on. */
export interface CallFacts {
  state: CallState;
  reason: CallReason;
  way: CallWay | null;
  expiresAt: Date;
  takes: number;
  takenBy: string | null;
  takenUntil: Date | null;
  triesLeft: number;
  heardAt: Date | null;
}

/** How somebody stands to it. */
export interface CallStanding {
  account: string;
  /** Of those who make the call. */
  calls: boolean;
  /** Of the party that is called. */
  called: boolean;
  /** Whether it was they who added the channel. */
  added: boolean;
}

export interface CallRefusal {
  code: 'forbidden' | 'act-not-possible';
  detail: string;
}
const no = (detail: string): CallRefusal => ({ code: 'act-not-possible', detail });

/** The state at an instant: what nobody did in time is expired, and what was taken too long ago is open again. */
export function callStateAt({ state, expiresAt, takenUntil }: CallFacts, at: Date): CallState {
  if (state !== 'open' && state !== 'taken') return state;
  if (expiresAt <= at) return 'expired';
  return state === 'taken' && takenUntil !== null && takenUntil <= at ? 'open' : state;
}

/** Why somebody cannot do something with a call task now; null where they can. */
export function refuseCall(act: CallAct, facts: CallFacts, who: CallStanding, at: Date): CallRefusal | null {
  const state = callStateAt(facts, at);
  if (state === 'cancelled') return no('The call is no longer wanted: the call task is cancelled.');
  if (state !== 'open' && state !== 'taken') return no(`The call task is ${state}.`);
  if (act === 'hear') return refuseToHear(state, facts, who);
  if (!who.calls) return { code: 'forbidden', detail: 'Those who make the call do this.' };
  if (act === 'record')
    return state === 'taken' && facts.takenBy === who.account
      ? null
      : no('You have not taken the call, or too long ago: take it first.');
  if (state === 'taken' && facts.takenBy !== who.account)
    return no('Somebody else has taken the call and has it for two hours.');
  if (act === 'cancel') return null;
  if (facts.reason === 'proof' && who.added)
    return { code: 'forbidden', detail: 'Somebody else than who added the channel proves it.' };
  return facts.takes < mostTakes ? null : no('The call was taken too often: ask for a new one.');
}

function refuseToHear(state: CallState, facts: CallFacts, who: CallStanding): CallRefusal | null {
  if (!who.called) return { code: 'forbidden', detail: 'Somebody of the party that is called does this.' };
  if (facts.takenBy === who.account)
    return { code: 'forbidden', detail: 'Somebody else than who calls does this.' };
  if (state !== 'taken' || facts.way !== 'read-out') return no('No code is being read out now.');
  if (facts.heardAt !== null) return no('The code was recorded already.');
  return facts.triesLeft > 0 ? null : noTries;
}

/**
 * How the code comes to the callee: repeated by them, on the word of who calls, for a request or a change; else by a mailbox
 * of the same point of contact, where there is one.
 */
export function callWayOf(reason: CallReason, hasMailbox: boolean): CallWay {
  if (reason === 'request' || reason === 'change') return 'read-back';
  return hasMailbox ? 'mailed' : 'read-out';
}

/** What is wrong with an outcome for a call, with the field that it is about; null where it fits. */
export function outcomeFault(
  reason: CallReason,
  outcome: CallOutcome,
  code: string | undefined,
): { pointer: string; detail: string } | null {
  if (outcome === 'disputed' && reason !== 'change')
    return { pointer: '#/outcome', detail: 'is for calls that announce a change' };
  if (outcome !== 'answered' && code !== undefined)
    return { pointer: '#/code', detail: 'belongs to a call that was answered' };
  return null;
}

/** Where the newest code is of no more use. */
export const noTries = no('Too many wrong codes: who calls takes the call again, which gives a new one.');

/** What somebody can do with a call task now. */
export const allowedCallActs = (facts: CallFacts, who: CallStanding, at: Date): CallAct[] =>
  callActs.filter((act) => refuseCall(act, facts, who, at) === null);

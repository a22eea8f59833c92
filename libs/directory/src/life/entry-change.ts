import type { ChannelState, ContactState } from '../entry-words.js';

/** What one person of a party proposes for a point of contact, and another one confirms. */
export const entryChangeKinds = ['add-channel', 'end-channel', 'replace-channel', 'retire'] as const;
export type EntryChangeKind = (typeof entryChangeKinds)[number];

/** `confirmed`: it takes effect when the new channel is proven; `void`: it does not fit any more. */
export const entryChangeStates = ['asked', 'confirmed', 'done', 'declined', 'withdrawn', 'void'] as const;
export type EntryChangeState = (typeof entryChangeStates)[number];

export const entryChangeActs = ['confirm', 'decline', 'withdraw'] as const;
export type EntryChangeAct = (typeof entryChangeActs)[number];

export const voidReasons = [
  'expired',
  'proposer-left',
  'entry-retired',
  'entry-changed',
  'channel-ended',
  'new-channel-ended',
] as const;
export type VoidReason = (typeof voidReasons)[number];

/** For how long a change can be confirmed after it was proposed, in days. */
export const changeDays = 30;

/** What the state of a change depends on. */
export interface EntryChangeFacts {
  kind: EntryChangeKind;
  decided: 'asked' | 'confirmed' | 'declined' | 'withdrawn';
  isDone: boolean;
  isOver: boolean;
  proposerLeft: boolean;
  entry: ContactState;
  /** Whether the entry is as it was when this was proposed. */
  isSameEntry: boolean;
  /** Of the channel that ends, and of the one that comes; null where there is none, or none yet. */
  channel: ChannelState | null;
  newChannel: ChannelState | null;
}

/** Where a change stands, and where it is void, why. */
export function standing(facts: EntryChangeFacts): { state: EntryChangeState; because: VoidReason | null } {
  if (facts.isDone) return { state: 'done', because: null };
  const { decided } = facts;
  const because = decided === 'asked' || decided === 'confirmed' ? misfitOf(facts) : null;
  return because === null ? { state: decided, because } : { state: 'void', because };
}

/** What somebody of the party can do with a change now: who proposed it takes it back, and another one decides. */
export function allowedChangeActs(state: EntryChangeState, byProposer: boolean): EntryChangeAct[] {
  if (state !== 'asked') return [];
  return byProposer ? ['withdraw'] : ['confirm', 'decline'];
}

function misfitOf(facts: EntryChangeFacts): VoidReason | null {
  if (facts.entry === 'retired') return 'entry-retired';
  if (facts.channel === 'ended') return 'channel-ended';
  if (facts.newChannel === 'ended') return 'new-channel-ended';
  if (facts.decided === 'confirmed') return null;
  if (facts.proposerLeft) return 'proposer-left';
  // An address never changes, so a change of channels fits as long as these are there; a removal is of what was seen.
  if (facts.kind === 'retire' && !facts.isSameEntry) return 'entry-changed';
  return facts.isOver ? 'expired' : null;
}

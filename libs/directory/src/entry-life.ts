import type { ContactState } from './entry-words.js';

/** What a party does with a point of contact of its own. */
export const entryActs = ['verify', 'suspend', 'resume', 'retire'] as const;
export type EntryAct = (typeof entryActs)[number];

type Move = 'verified' | 'suspended' | 'retired';
/** From which state which act leads where; what is not here is not possible. Retired ones stay so. */
const moves: Readonly<Record<ContactState, Partial<Record<EntryAct, Move>>>> = {
  nominated: { verify: 'verified', retire: 'retired' },
  verified: { suspend: 'suspended', retire: 'retired' },
  active: { suspend: 'suspended', retire: 'retired' },
  stale: { suspend: 'suspended', retire: 'retired' },
  suspended: { resume: 'verified', retire: 'retired' },
  retired: {},
};

/** What an act on an entry depends on. */
export interface EntryFacts {
  state: ContactState;
  /** Whether it has a proven channel. */
  reachable: boolean;
  /** Whether who acts is who nominated it. */
  byNominator: boolean;
}

/** Why an act is refused: there is no such step, who nominated does not verify, or others rely on the entry. */
export type EntryRefusal = 'not-possible' | 'second-person' | 'proposal';
export type EntryDecision = { to: ContactState } | { refused: EntryRefusal };

/**
 * Where an act leads, or why it is refused: who nominated an entry does not verify it, and one that others rely on is
 * removed by two people alone, with a note verbale.
 */
export function decideEntry(facts: EntryFacts, act: EntryAct): EntryDecision {
  const to = moves[facts.state][act];
  if (!to) return { refused: 'not-possible' };
  if (act === 'verify' && facts.byNominator) return { refused: 'second-person' };
  if (act === 'retire' && facts.state !== 'nominated') return { refused: 'proposal' };
  return { to: withChannels(to, facts.reachable) };
}

/** The acts that are possible now to whoever asks. */
export const allowedEntryActs = (facts: EntryFacts): EntryAct[] =>
  entryActs.filter((act) => 'to' in decideEntry(facts, act));

/** The state once channels have changed: a verified entry is active while it has a proven channel. */
export function withChannels(state: ContactState, reachable: boolean): ContactState {
  if (state === 'verified' && reachable) return 'active';
  return state === 'active' && !reachable ? 'verified' : state;
}

/**
 * The state once time has passed, or the entry was confirmed: stale as soon as it is no longer fresh, and back where its
 * channels put it once it is again. What nobody is told of does not go stale.
 */
export function withConfirmation(state: ContactState, fresh: boolean, reachable: boolean): ContactState {
  if (!fresh) return state === 'verified' || state === 'active' ? 'stale' : state;
  return withChannels(state === 'stale' ? 'verified' : state, reachable);
}

import type { WrittenText } from '#libs/wording';
import type { Level } from '../entry-words.js';
import type { PlanMode, PlanWay } from './route-words.js';

/** The life of one version of a plan. */
export const planStates = ['proposed', 'declined', 'withdrawn', 'in-force', 'replaced', 'ended'] as const;
export type PlanState = (typeof planStates)[number];

/** What is done with a plan; either side ends it, the other side of a proposal agrees or declines. */
export const planActs = ['agree', 'decline', 'withdraw', 'end'] as const;
export type PlanAct = (typeof planActs)[number];

/** Roles that can declare a mode. */
export const declaringRoles = ['officer', 'duty-officer'] as const;

/** Who may declare a mode on one side: by role, and by the level of a point of contact of their body. */
export interface Declarers {
  party: string;
  roles: readonly (typeof declaringRoles)[number][];
  /** Empty: whatever the body. */
  levels: readonly Level[];
}

export interface PlanContent {
  /** Primary, alternate, contingency, emergency. */
  ways: PlanWay[];
  /** Whether nothing but these is to be used. */
  only: boolean;
  /** How to join the conference bridge. */
  bridge: WrittenText | null;
  /** Minutes between situation reports, by mode; absent: none. */
  reportEvery: Partial<Record<PlanMode, number>>;
  /** A side that is not named: its officers. */
  mayDeclare: Declarers[];
}

/** Where an act leads, or why it is refused; `mine` says whether the caller's side proposed it. */
export function decidePlan(
  { state, kind, mine }: { state: PlanState; kind: 'pair' | 'network'; mine: boolean },
  act: PlanAct,
): { to: PlanState } | { refused: 'not-possible' | 'other-side' } {
  if (act === 'end') return state === 'in-force' ? { to: 'ended' } : { refused: 'not-possible' };
  if (state !== 'proposed' || kind === 'network') return { refused: 'not-possible' };
  if (mine !== (act === 'withdraw')) return { refused: 'other-side' };
  return { to: act === 'agree' ? 'in-force' : act === 'decline' ? 'declined' : 'withdrawn' };
}

/** The acts that are possible to one side now. */
export const allowedPlanActs = (facts: Parameters<typeof decidePlan>[0]): PlanAct[] =>
  planActs.filter((act) => 'to' in decidePlan(facts, act));

/** Whether somebody may declare a mode on their side of a plan; `levels` are those of their body. */
export function mayDeclare(
  content: PlanContent,
  who: { party: string; role: string; levels: readonly Level[] },
): boolean {
  const named = content.mayDeclare.find(({ party }) => party === who.party);
  const roles: readonly string[] = named?.roles ?? ['officer'];
  if (!roles.includes(who.role)) return false;
  return !named || named.levels.length === 0 || named.levels.some((level) => who.levels.includes(level));
}

import type { ChannelKind, Level } from '../entry-words.js';

/** How channels of one kind stand, in a whole network. */
export interface KindReach {
  kind: ChannelKind;
  total: number;
  proven: number;
  suspect: number;
  unproven: number;
  /** Of the total: on how many a person answered within these days. */
  answeredWithin90Days: number;
  answeredWithin180Days: number;
}

/** Where a member stands as to the levels that its network asks for. Never a score, never an order but by code. */
export interface MemberLine {
  party: string;
  present: Level[];
  missing: Level[];
}

export interface Aggregate {
  members: number;
  coverage: { level: Level; required: boolean; present: number; missing: number }[];
  entries: { total: number; confirmed: number; stale: number; hardConfirmationOverdue: number };
  channels: KindReach[];
}

export interface DashboardView {
  network: string;
  at: string;
  rules: { confirmationDays: number; hardConfirmationDays: number };
  /** Null for a State in a network of fewer members than `leastMembers`: a sum of so few tells of each. */
  aggregate: Aggregate | null;
  /** Of all members for who keeps networks, to help those who lack a level; of the own party for everybody else. */
  lines: MemberLine[];
}

/** As many members a network has at least of which States are told sums. */
export const leastMembers = 5;

/** What of the whole somebody is told: who keeps networks all of it, other staff the sums, a State these and its own. */
export function dashboardFor(
  whole: { aggregate: Aggregate; lines: MemberLine[] },
  reader: { party: string | null; keeps: boolean },
): { aggregate: Aggregate | null; lines: MemberLine[] } {
  if (reader.keeps) return whole;
  const { aggregate, lines } = whole;
  const told = reader.party === null || aggregate.members >= leastMembers;
  return { aggregate: told ? aggregate : null, lines: lines.filter(({ party }) => party === reader.party) };
}

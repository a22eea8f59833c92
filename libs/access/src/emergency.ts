/** For how long an ask stands, in minutes, and the session that waits for it. */
export const askMinutes = 60;
export const waitMinutes = 75;
/** How many have to vouch, and how often one account may ask within a day. */
export const vouchers = 2;
export const asksADay = 5;

export const emergencyStates = ['asked', 'granted', 'refused', 'over'] as const;
export type EmergencyState = (typeof emergencyStates)[number];

/** Which state it is in at a time: refused is what was ended before it was granted, by whomever. */
export function emergencyState(
  row: { askUntil: Date; grantedAt: Date | null; endsAt: Date | null; endedAt: Date | null },
  at: Date,
): EmergencyState {
  if (row.endedAt) return row.grantedAt ? 'over' : 'refused';
  if ((row.endsAt ?? row.askUntil) <= at) return 'over';
  return row.grantedAt ? 'granted' : 'asked';
}

/** Somebody of the party, by account and name; null: erased since. */
export interface Someone {
  account: string;
  name: string | null;
}

/** An emergency access as its party sees it; names are kept from who has given a password alone. */
export interface EmergencyView {
  id: string;
  state: EmergencyState;
  who: Someone;
  /** Null: erased with the account. */
  reason: { text: string; language: string } | null;
  /** To be read out to those who vouch; shown to the session that waits and to no other. */
  code: string | null;
  askedAt: string;
  askUntil: string;
  approvals: { by: Someone | null; at: string }[];
  grantedAt: string | null;
  endsAt: string | null;
  /** When the person was let in; null: not yet. */
  begunAt: string | null;
  /** When a second factor was last set up under it: that stays when it ends. */
  factorSetUpAt: string | null;
  endedAt: string | null;
  endedBy: Someone | null;
}

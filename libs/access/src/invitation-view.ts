import type { Role } from './permissions.js';

export const invitationStates = ['open', 'accepted', 'revoked', 'expired'] as const;

/** An invitation as those see it who answer for it. */
export interface InvitationView {
  id: string;
  /** Null: erased with the account that it became. */
  email: string | null;
  role: Role;
  party: string | null;
  body: string | null;
  language: string;
  state: (typeof invitationStates)[number];
  /** What became of the newest mail, e.g. `accepted` by a relay; null where the link was handed over otherwise. */
  mail: string | null;
  account: string | null;
  createdAt: string;
  expiresAt: string;
}

/** Which of its four states an invitation is in at a time. */
export function invitationState(
  row: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date },
  at: Date,
): InvitationView['state'] {
  if (row.acceptedAt) return 'accepted';
  if (row.revokedAt) return 'revoked';
  return row.expiresAt <= at ? 'expired' : 'open';
}

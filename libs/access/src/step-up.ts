import { Problem } from '#libs/runtime';

/**
 * What a session was opened with beside or instead of the password. `none` is for sample worlds; `emergency` is the
 * word of two others.
 */
export const factors = ['none', 'totp', 'passkey', 'recovery-code', 'organization', 'emergency'] as const;
export type Factor = (typeof factors)[number];

/** How far a session has come: whole, waiting for the second factor, or for one to be set up. */
export type SessionStage = 'full' | 'second-factor' | 'enrol';

/** What a caller's session is, as far as decisions need it. */
export interface CallerSession {
  id: string;
  stage: SessionStage;
  factor: Factor | null;
  /** When the second factor was last given. */
  factorAt: Date | null;
}

/** For how long a second factor counts as just given, in minutes. */
export const freshMinutes = 5;

/**
 * What needs the second factor given just now: acts on requests by their names, and what would let somebody who found
 * an open session stay.
 */
export const actsThatNeedFresh: ReadonlySet<string> = new Set([
  'accept-offer',
  'set-up-factor',
  'remove-factor',
  'make-recovery-codes',
  'make-token',
  'vouch-for-emergency',
  'clear',
  'set-clearance',
  'change-identity-provider',
  'link-organization',
  'set-retention',
  'release-hold',
  'change-channel',
  'confirm-whole-entry',
  'change-key',
]);
/** What who was let in by emergency access may do of these: they have no factor to give, and need a new one. */
const inEmergency: ReadonlySet<string> = new Set(['set-up-factor']);

/**
 * Whether an act has to wait until the second factor is given again. In a sample world accounts have none, and a link
 * reaches none of these acts.
 */
export function needsStepUp(session: CallerSession | undefined, act: string, at: Date): boolean {
  if (!session || session.factor === 'none' || !actsThatNeedFresh.has(act)) return false;
  // Whoever sets the first one up has none to give.
  if (session.stage === 'enrol') return act !== 'set-up-factor';
  if (session.factor === 'emergency') return !inEmergency.has(act);
  return session.factorAt === null || at.getTime() - session.factorAt.getTime() > freshMinutes * 60_000;
}

/** Raises `step-up-needed` when {@link needsStepUp}; `forbidden` where no factor can be given. */
export function demandFresh(
  caller: { session?: CallerSession; scope?: unknown },
  act: string,
  at: Date,
): void {
  if (caller.scope !== undefined && actsThatNeedFresh.has(act))
    throw new Problem('step-up-needed', `A token does not do "${act}": a person signs in for it.`);
  if (caller.session?.factor === 'emergency' && needsStepUp(caller.session, act, at))
    throw new Problem('forbidden', `"${act}" is not done under emergency access.`);
  if (needsStepUp(caller.session, act, at))
    throw new Problem(
      'step-up-needed',
      `"${act}" needs the second factor given within the last ${freshMinutes} minutes: POST /api/v1/sessions/current/second-factor, then repeat the call.`,
    );
}

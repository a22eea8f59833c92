/** One try on a channel, as far as doubt goes. */
export interface Tried {
  kind: string;
  outcome: 'answered' | 'no-answer' | 'failed' | 'wrong-contact';
  /** Of a call: the party whose people called; null: the secretariat's. */
  by?: string | null;
}

/**
 * Whether a channel is suspect after what was tried on it, the newest first: a delivery or proof was refused, or a call of
 * its own party or of the secretariat reached nobody, or somebody else. Calls of other parties count as their reports do.
 * A mail that nobody confirmed says nothing yet: silence is for the calendar. Any answer ends all doubt from before it.
 */
export function isDoubtful(tried: readonly Tried[], own: string): boolean {
  const answered = tried.findIndex(({ outcome }) => outcome === 'answered');
  const since = answered === -1 ? tried : tried.slice(0, answered);
  const called = since.filter(({ kind }) => kind === 'call').map(({ by }) => by ?? null);
  const tellsOtherwise = ({ kind, outcome }: Tried) =>
    kind !== 'call' && (outcome === 'failed' || outcome === 'wrong-contact');
  return (
    since.some(tellsOtherwise) ||
    called.some((by) => by === null || by === own) ||
    isDoubtedByOthers(
      called.filter((by) => by !== null),
      own,
    )
  );
}

/** Parties that have to say the same of another's channel before it is doubted without its party's word. */
const reportingParties = 2;

/**
 * Whether reports of others alone make a channel suspect. One party cannot: it would silence another's channel by
 * saying so. Its own party's word is a decision, and none of these.
 */
export const isDoubtedByOthers = (reporters: readonly string[], own: string): boolean =>
  new Set(reporters.filter((party) => party !== own)).size >= reportingParties;

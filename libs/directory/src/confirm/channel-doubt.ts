/** One try on a channel, as far as doubt goes. */
export interface Tried {
  kind: string;
  outcome: 'answered' | 'no-answer' | 'failed' | 'wrong-contact';
  /** Of a call: the party whose people called; null: the secretariat's. */
  by?: string | null;
}

/** Calls in a row that did not reach whom they were meant for before a channel is doubted. */
const vainCalls = 2;
/** The secretariat, where parties are counted: one of the others. No code of a party. */
const secretariat = '';

/**
 * Whether a channel is suspect after what was tried on it, the newest first: its last delivery or proof was refused, the
 * number was somebody else's, or two calls in a row reached nobody, or another. Calls of others count as their reports
 * do. A mail that nobody confirmed says nothing yet: silence is for the calendar. Any answer ends all doubt from before it.
 */
export function isDoubtful(tried: readonly Tried[], own: string): boolean {
  const answered = tried.findIndex(({ outcome }) => outcome === 'answered');
  const since = answered === -1 ? tried : tried.slice(0, answered);
  const ofOthers = since.filter(({ kind, by }) => kind === 'call' && by !== own);
  const rest = since.filter((one) => !ofOthers.includes(one));
  const refused = rest.some(({ kind, outcome }) => kind !== 'call' && outcome === 'failed');
  return (
    refused ||
    rest.some(({ outcome }) => outcome === 'wrong-contact') ||
    rest.filter(({ kind }) => kind === 'call').length >= vainCalls ||
    isDoubtedByOthers(
      ofOthers.map(({ by }) => by ?? secretariat),
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

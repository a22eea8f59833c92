/** How many of the last checks are counted. */
export const checksCounted = 10;

/** What was tried on a channel and what came of it. */
export interface SeenCheck {
  outcome: string;
  at: Date | string;
}

/** What is known of whether a human answers on a channel. */
export interface Reach {
  /** When a person last answered, as ISO 8601 in UTC, and how that was seen; null: never, as far as is known. */
  answeredAt: string | null;
  how: string | null;
  /** Whole days since then. */
  daysAgo: number | null;
  /** Of the last {@link checksCounted} checks: how many there were, and how many were answered. */
  checks: number;
  answered: number;
  /** When a check last failed. */
  failedAt: string | null;
}

/** What the fields of a channel and its checks say at an instant; checks in any order, more than are counted as well. */
export function reachOf(
  { answeredAt, answeredHow }: { answeredAt: Date | string | null; answeredHow: string | null },
  checks: readonly SeenCheck[],
  at: Date,
): Reach {
  const inOrder = checks
    .map(({ outcome, at: when }) => ({ outcome, at: new Date(when) }))
    .toSorted((one, other) => other.at.getTime() - one.at.getTime());
  const counted = inOrder.slice(0, checksCounted);
  const last = answeredAt === null ? null : new Date(answeredAt);
  return {
    answeredAt: last?.toISOString() ?? null,
    how: last && answeredHow,
    daysAgo: last && Math.max(0, Math.floor((at.getTime() - last.getTime()) / 86_400_000)),
    checks: counted.length,
    answered: counted.filter(({ outcome }) => outcome === 'answered').length,
    failedAt: inOrder.find(({ outcome }) => outcome !== 'answered')?.at.toISOString() ?? null,
  };
}

/**
 * The checks that {@link reachOf} needs of a channel `c`, as SQL: the newest that are counted, and the last that failed
 * where it is older.
 */
export const checksOfChannel = `(SELECT coalesce(jsonb_agg(jsonb_build_object('outcome', k.outcome, 'at', k.at)), '[]') FROM (
  (SELECT id, outcome, at FROM channel_checks WHERE channel_id = c.id ORDER BY at DESC LIMIT ${checksCounted})
  UNION (SELECT id, outcome, at FROM channel_checks WHERE channel_id = c.id AND outcome <> 'answered' ORDER BY at DESC LIMIT 1)) k)`;

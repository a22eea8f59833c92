/** One version of how long content is kept. Days; null: never erased. */
export interface PolicyVersion {
  version: number;
  /** After a side's part in a request has ended. */
  days: number | null;
  /** After a draft was last touched. */
  draftDays: number | null;
  setAt: Date;
}

export type Terms = Pick<PolicyVersion, 'days' | 'draftDays'>;

/** What is shortened, or set for the first time, counts after so many days: nobody loses content by a keystroke. */
export const noticeDays = 30;
const notice = noticeDays * 86_400_000;

const longest = (terms: readonly (number | null)[]): number | null =>
  terms.includes(null) ? null : Math.max(...terms.map((days) => days ?? 0));

/**
 * What is in force at a time: the longest of all that was in force within the notice period before. The database
 * decides by the same rule (`app.kept_until`); this tells people of it.
 */
export function inForce(versions: readonly PolicyVersion[], at: Date): Terms {
  const since = at.getTime() - notice;
  const ordered = versions.toSorted((one, other) => one.version - other.version);
  // Each is in force until the next is set; before the first nothing is ever erased.
  const counting = ordered.filter((_, index) => (ordered[index + 1]?.setAt.getTime() ?? Infinity) > since);
  const first = ordered[0];
  if (!first || first.setAt.getTime() > since) return { days: null, draftDays: null };
  return {
    days: longest(counting.map(({ days }) => days)),
    draftDays: longest(counting.map(({ draftDays }) => draftDays)),
  };
}

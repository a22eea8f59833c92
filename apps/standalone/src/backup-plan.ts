const hour = 3_600_000;

/** A whole backup's folder; what bears another name is not ours to count or remove. */
const named = /^aldis-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** The instants of the backups in a folder, newest first, by their names. */
export function madeAt(names: readonly string[]): { name: string; at: number }[] {
  return names
    .flatMap((name) => {
      const [, year, month, day, hours, minutes, seconds] = named.exec(name) ?? [];
      const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}Z`);
      return Number.isNaN(at) ? [] : [{ name, at }];
    })
    .sort((one, other) => other.at - one.at);
}

/** Milliseconds until the next backup: none when the newest is older than `everyHours`, or there is none. */
export function untilNext(names: readonly string[], now: Date, everyHours: number): number {
  const [newest] = madeAt(names);
  if (!newest) return 0;
  // A clock that was set back must not put the next one off for longer than the rhythm.
  const age = Math.max(0, now.getTime() - newest.at);
  return Math.max(0, everyHours * hour - age);
}

/** The backups to remove so that the newest `keep` stay. */
export const outdated = (names: readonly string[], keep: number): string[] =>
  madeAt(names)
    .slice(keep)
    .map(({ name }) => name);

interface Line {
  id: string;
  follows: string | null;
}

/** The lines that acts are done on: a line that was handed over is followed by another, and is history. */
export function currentLines<L extends Line>(lines: readonly L[]): L[] {
  const followed = new Set(lines.map(({ follows }) => follows));
  return lines.filter(({ id }) => !followed.has(id));
}

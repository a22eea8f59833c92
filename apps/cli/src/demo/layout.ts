/** Columns of a terminal that the demo keeps to. */
export const pageWidth = 100;

/** Rows as lines, each column as wide as its longest cell, without blanks at the end. */
export function columns(rows: readonly (readonly string[])[], gap = '  '): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

/** A text in lines that fit beside an indent; a word that is longer stands alone. */
export function wrapped(text: string, indent = '', width = pageWidth): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}

/** Minutes as hours and minutes, to the nearest minute: `27:05`. */
export function hours(minutes: number): string {
  const whole = Math.round(minutes);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** How long after one instant another is, in full minutes: `+1:35`; empty before it. */
export function since(from: string, at: string): string {
  const minutes = Math.floor((Date.parse(at) - Date.parse(from)) / 60_000);
  return minutes >= 0 ? `+${hours(minutes)}` : '';
}

/** `2026-03-14 22:30`, UTC. */
export const utcMinute = (at: string): string => at.slice(0, 16).replace('T', ' ');

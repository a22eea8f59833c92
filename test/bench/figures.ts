/** Median of five rounds and how far they lie apart. */
export interface Figure {
  median: number;
  min: number;
  max: number;
  rounds: number[];
}

/** One row of the table: what was measured beside its raw limit. */
export interface Measured {
  what: string;
  unit: string;
  backEnd: string;
  aldis: Figure;
  bare: Figure | null;
  /** Aldis as a multiple of its raw limit. */
  ratio: number | null;
}

/** The value below which `share` of the values lie, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(Math.ceil(share * sorted.length) - 1, 0)] ?? Number.NaN;
}

export const figureOf = (rounds: readonly number[]): Figure => ({
  median: percentile(rounds, 0.5),
  min: Math.min(...rounds),
  max: Math.max(...rounds),
  rounds: rounds.map((value) => Number(value.toFixed(3))),
});

export function measured(
  about: Pick<Measured, 'what' | 'unit' | 'backEnd'>,
  aldis: readonly number[],
  bare?: readonly number[],
): Measured {
  const [ours, raw] = [figureOf(aldis), bare ? figureOf(bare) : null];
  return {
    ...about,
    aldis: ours,
    bare: raw,
    ratio: raw ? Number((ours.median / raw.median).toFixed(4)) : null,
  };
}

const short = (value: number): string => value.toFixed(Math.abs(value) < 100 ? 1 : 0);
const shown = (figure: Figure | null): string =>
  figure ? `${short(figure.median)} (${short(figure.min)}–${short(figure.max)})` : '–';

/** The measurements as an aligned text table. */
export function tableOf(rows: readonly Measured[]): string {
  const lines = [
    ['what', 'queue', 'unit', 'Aldis', 'raw limit', 'ratio'],
    ...rows.map(({ what, backEnd, unit, aldis, bare, ratio }) => [
      ...[what, backEnd, unit, shown(aldis), shown(bare)],
      ratio === null ? '–' : ratio.toFixed(ratio < 1 ? 3 : 1),
    ]),
  ];
  const widths =
    lines[0]?.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0))) ?? [];
  return lines
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

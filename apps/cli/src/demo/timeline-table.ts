interface Entry {
  at: string;
  act: string;
  party: string;
  addressee: string | null;
  by: { kind: string; name?: string | undefined; selfStated?: boolean | undefined };
}

const acts: Record<string, string> = {
  save: 'composed',
  send: 'sent',
  'accepted-by-relay': 'accepted by a mail relay',
  'delivery-failed': 'one delivery failed',
  unreached: 'not reached',
  acknowledge: 'receipt acknowledged',
  withdraw: 'withdrawn',
};

function who({ party, by }: Entry): string {
  if (by.kind === 'system') return `system, for ${party}`;
  return `${party}: ${by.name ?? 'unnamed'}${by.selfStated ? ' (self-stated)' : ''}`;
}

/** A timeline as lines of text: when (UTC, and seconds since it was sent), what, who. */
export function timelineTable(entries: readonly Entry[]): string[] {
  const sent = entries.find((entry) => entry.act === 'send')?.at;
  const rows = entries.map((entry) => {
    const since = sent === undefined ? NaN : (Date.parse(entry.at) - Date.parse(sent)) / 1000;
    const after = since >= 0 ? `+${since.toFixed(1)} s` : '';
    return [
      entry.at.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'),
      after,
      acts[entry.act] ?? entry.act,
      who(entry),
    ] as const;
  });
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}

/** An account of the sample world, to be shown in the clear: it opens fictional States only. */
export interface SampleAccount {
  name: string;
  password: string;
  /** Whose it is, in a few words. */
  about: string;
}

/** What there is to tell when everything runs. */
export interface Running {
  url: string;
  seconds: number;
  /** Where the embedded database's files are; `undefined` when the database is given. */
  databaseFolder: string | undefined;
  /** Whether that is outside the data folder. */
  isDatabaseElsewhere: boolean;
  dataDir: string;
  hasMailbox: boolean;
  hasRedis: boolean;
  sampleAccounts: readonly SampleAccount[];
  /** What the operator must know each time; none where it is for trying out. */
  warnings: readonly string[];
}

/** What is printed when everything runs: where to go, as whom, and what it rests on. */
export function welcome(running: Running): string {
  const { url, hasMailbox, sampleAccounts } = running;
  const addresses = [
    ['Web and API', `${url}/`],
    ['API reference', `${url}/api/docs`],
    ...(hasMailbox ? [['Mailbox', `${url}/mailbox`]] : []),
  ];
  const sections = [
    [`Aldis is ready (${running.seconds.toFixed(1)} s).`],
    aligned(addresses),
    ...(sampleAccounts.length > 0
      ? [
          [
            'Sample accounts (fictional States):',
            ...aligned(sampleAccounts.map(({ name, password, about }) => [name, password, about])),
          ],
        ]
      : []),
    aligned(basis(running)),
    ...(running.warnings.length > 0 ? [['WARNING', ...running.warnings.map((line) => `  ${line}`)]] : []),
    ['Ctrl-C stops everything; the data stay.'],
  ];
  return `\n${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function basis(running: Running): string[][] {
  const { databaseFolder, isDatabaseElsewhere, dataDir, hasMailbox, hasRedis } = running;
  return [
    ['Database', databaseFolder ? `embedded PostgreSQL, ${databaseFolder}` : 'DATABASE_URL'],
    ...(isDatabaseElsewhere ? [['', `(its user "postgres" cannot reach ${dataDir})`]] : []),
    ['Queue', hasRedis ? 'Redis, REDIS_URL' : 'PostgreSQL (no REDIS_URL)'],
    ['Mail', hasMailbox ? 'caught here, nothing leaves this machine' : 'SMTP_URL'],
    ['Data, logs', dataDir],
  ];
}

/** Rows as lines, indented, each column as wide as its longest cell. */
export function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

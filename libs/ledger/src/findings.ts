/** A row that does not fit, as an operator finds it. */
export interface LedgerFault {
  table: string;
  /** Which row: a chain and a number, or an id. */
  row: string;
  /** What about it does not fit; the sentence goes on from table and row. */
  what: string;
}

/** What a walk through the whole record found. */
export interface Findings {
  chains: number;
  entries: number;
  /** Entries of the journal, and those among them that are in no batch yet. */
  journal: number;
  waiting: number;
  checkpoints: number;
  /** Contents that were opened and compared, and those whose keys are all destroyed; zero when nobody asked. */
  contents: number;
  erased: number;
  /** In the order in which they were met: the first one is where to begin to look. */
  faults: LedgerFault[];
}

export const nothingFound = (): Findings => ({
  ...{ chains: 0, entries: 0, journal: 0, waiting: 0, checkpoints: 0, contents: 0, erased: 0, faults: [] },
});

/** The id before all others, for walks by id. */
export const beforeAll = '00000000-0000-0000-0000-000000000000';

/** All rows of pages that are asked for one after another, each from after the last row on. */
export async function* allPages<Row>(
  page: (after: Row | undefined, limit: number) => Promise<Row[]>,
  limit = 1000,
): AsyncGenerator<Row> {
  let last: Row | undefined;
  for (;;) {
    const rows = await page(last, limit);
    yield* rows;
    last = rows.at(-1);
    if (rows.length < limit) return;
  }
}

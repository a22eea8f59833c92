import type { TestDatabase } from './test-database.js';

/** What the worker folds, in its own time, of names that were written before. */
const whereNamesAreFolded = [
  'findables',
  'finding_holders',
  'finding_terms',
  'finding_words',
  'person_tokens',
];

/** What grows when somebody looks at something, or meanwhile, without anything else being changed. */
export const whereLookingShows = [
  ...['views', 'observations', 'journal_entries', 'entry_readings'],
  ...whereNamesAreFolded,
];

/** What grows when somebody signs in or is refused. */
export const whereAccessShows = [
  ...['sessions', 'access_events', 'ledger_entries', 'ledger_heads'],
  ...whereLookingShows,
];

/** A print of each table that changes when any of its rows does; sessions and answers to repeats left out on demand. */
export async function tablePrints(
  database: TestDatabase,
  without: readonly string[] = [],
): Promise<Record<string, string>> {
  const tables = await database.rows<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY 1`,
    [without],
  );
  const selects = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' rows ' || md5(coalesce(string_agg(t::text, '' ORDER BY t::text), '')) AS print
       FROM public.${name} t`,
  );
  const prints = await database.rows<{ name: string; print: string }>(selects.join(' UNION ALL '));
  return Object.fromEntries(prints.map(({ name, print }) => [name, print]));
}

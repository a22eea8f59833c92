import { randomUUID } from 'node:crypto';
import { loadavg } from 'node:os';
import { Work, type Caller } from '#libs/access';
import { EntryQueries, EntryReadings, Findables, Finding, soughtKinds } from '#libs/directory';
import { entities } from '#libs/requests';
import { createDatabase, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { settings } from '../harness/settings.js';
import { TestDatabase } from '../harness/test-database.js';
import { fillDirectory } from './crowded-directory.js';
import { percentile } from './figures.js';

const tiny = process.argv.includes('--tiny');
const size = { points: tiny ? 2_000 : 100_000, rounds: tiny ? 2 : 40 };

/** What people type, by kind: each is asked in turn, so that no kind is measured while it alone is warm. */
const typed: Readonly<Record<string, readonly string[]>> = {
  'a code': ['FR', 'and', 'uk', 'США', '020'],
  'a name, six languages': ['Andorra', 'Côte d’Ivoire', 'Франция', 'الصين', '法国', 'Alemania'],
  'a beginning': ['d', 'du', 'dut', 'duty', 'cy', 'mini', '中', '国家', 'нац', 'الا'],
  'words, any order': [
    'officer duty',
    'energy night officer',
    'france cert',
    'desk 117 sector',
    'xb technical',
  ],
  'with errors': [
    'germny',
    'dutty oficer',
    'minsitry',
    'узбикистан',
    'telecomunication desk',
    'enrgy offcier',
  ],
  'a person': ['fernandez', 'mar', 'ivanova maría', '王小', 'smi'],
  'nothing there is': ['qqqqqqqq', 'xyzzy plugh', 'zzz'],
};

/** Measures the search as the api's database user, walls, journal and all; prints what it found and decides nothing. */
export async function finding(): Promise<void> {
  const database = await TestDatabase.create();
  const vault = new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: settings.vaultKey }));
  const open = (url: string) =>
    createDatabase({ url, application: 'aldis-bench', entities, poolSize: 2 }).initialize();
  const [api, worker] = [await open(database.urls.api), await open(database.urls.worker)];
  try {
    process.stdout.write(`Making ${size.points} points of contact …\n`);
    await fillDirectory(database, vault, size.points);
    const started = performance.now();
    const findables = new Findables(new UnitOfWork(worker), vault);
    let folded = 0;
    for (let kept = 1; kept > 0; folded += kept) kept = await findables.run();
    await database.rows('VACUUM (ANALYZE)');
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stdout.write(`${folded} things were made findable in ${seconds} s. ${await sizesOf(database)}\n`);
    const units = new UnitOfWork(api);
    const work = new Work(units, vault);
    const search = new Finding(vault, new EntryQueries(vault), new EntryReadings());
    const caller = await callerIn(database);
    const find = (text: string) =>
      work.read(caller, (tx) => search.find(tx, caller, { text, kinds: soughtKinds, limit: 20 }, true));
    const probe = () =>
      work.read(caller, (tx) =>
        tx.query(
          `SELECT name FROM finding_terms WHERE kind = 'party' AND weight = 1 AND term >= 'fr' LIMIT 20`,
        ),
      );
    const nothing = () => work.read(caller, (tx) => tx.query('SELECT 1'));
    const times = new Map<string, number[]>();
    const took = async (what: string, task: () => Promise<unknown>) => {
      const begun = performance.now();
      await task();
      times.set(what, [...(times.get(what) ?? []), performance.now() - begun]);
    };
    for (const texts of Object.values(typed)) for (const text of texts) await find(text);
    for (let round = 0; round < size.rounds; round++) {
      for (const [kind, texts] of Object.entries(typed))
        for (const text of texts) await took(kind, () => find(text));
      for (let times_ = 0; times_ < 5; times_++) {
        await took('raw limit: SELECT 1 in a unit of work', nothing);
        await took('raw limit: one probe of the index', probe);
      }
    }
    print(times);
  } finally {
    await Promise.all([api.destroy(), worker.destroy()]);
    await database.drop();
  }
}

async function callerIn(database: TestDatabase): Promise<Caller> {
  const [account] = await database.rows<{ id: string; body: string }>(
    `SELECT id, body_id AS body FROM accounts WHERE party_code = 'XA' AND role = 'officer' LIMIT 1`,
  );
  const id = account?.id ?? randomUUID();
  return {
    ...{ kind: 'account', actor: id, party: 'XA', body: account?.body ?? null, role: 'officer' },
    ...{ assurance: 'signed-in', name: 'Bench', language: 'en' },
  };
}

async function sizesOf(database: TestDatabase): Promise<string> {
  const rows = await database.rows<{ name: string; count: string; size: string }>(
    `SELECT relname AS name, n_live_tup::text AS count, pg_size_pretty(pg_total_relation_size(relid)) AS size
     FROM pg_stat_user_tables WHERE relname ~ '^(find|person_tokens|points_of_contact$)' ORDER BY 1`,
  );
  return rows.map(({ name, count, size: bytes }) => `${name}: ${count} rows, ${bytes}`).join('; ');
}

function print(times: ReadonlyMap<string, readonly number[]>): void {
  const searches = [...times].filter(([what]) => !what.startsWith('raw')).flatMap(([, values]) => values);
  const line = (what: string, values: readonly number[]) =>
    `${what.padEnd(40)} ${[0.5, 0.95, 0.99, 1].map((share) => percentile(values, share).toFixed(2).padStart(8)).join(' ')}  ${values.length}`;
  const lines = [
    `${'milliseconds'.padEnd(40)} ${['p50', 'p95', 'p99', 'most'].map((name) => name.padStart(8)).join(' ')}  calls`,
    ...[...times].map(([what, values]) => line(what, values)),
    line('all searches', searches),
  ];
  process.stdout.write(`Load ${loadavg()[0]?.toFixed(1)}\n${lines.join('\n')}\n`);
}

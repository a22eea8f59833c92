import { createHash } from 'node:crypto';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/** One table as it was copied. */
export interface TableCopy {
  /** With its schema, e.g. `public.requests`. */
  table: string;
  columns: string[];
  rows: number;
  /** SHA-256 (hex) of its rows in the text form of COPY, in the order of the primary key. */
  digest: string;
}

/** All tables at one moment. */
export interface Copies {
  /** The migrations that made the schema, in order. */
  migrations: string[];
  /** The database's own time. */
  at: string;
  tables: TableCopy[];
}

/** A query on the connection that copies or restores, under its purpose. */
export type Ask = <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) => Promise<Row[]>;

interface Shape {
  table: string;
  columns: string[];
  order: string[];
  needs: string[];
}

/**
 * Copies every table in one snapshot, as the owner of the database, while everything runs: `take` is given each
 * table's rows in the text form of COPY. Raises when the schema holds what a copy would lose.
 */
export async function copyTables(
  ownerUrl: string,
  take: (table: string, rows: Readable) => Promise<void>,
): Promise<Copies> {
  return connected(
    ownerUrl,
    'copy',
    'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY',
    async (client, ask) => {
      const shapes = await shapesOf(ask);
      const tables: TableCopy[] = [];
      for (const shape of shapes) {
        const rows = new PassThrough();
        const [copy] = await Promise.all([copyOut(client, shape, rows), take(shape.table, rows)]);
        tables.push(copy);
      }
      const [clock] = await ask<{ at: Date }>('SELECT app.now() AS at');
      return { migrations: await migrationsOf(ask), at: clock?.at.toISOString() ?? '', tables };
    },
  );
}

/**
 * Puts copies back in one transaction, as the owner of a database that holds this schema and no instance. `give` is
 * asked for each table's rows; `check` may look at what is there before it is committed, and raise. Raises, and changes
 * nothing, when the schema is another, the database is not empty, or a table is not what was copied.
 */
export async function restoreTables(
  ownerUrl: string,
  copies: Copies,
  give: (table: string) => Promise<Readable>,
  check: (ask: Ask) => Promise<void>,
): Promise<void> {
  await connected(ownerUrl, 'restore', 'BEGIN', async (client, ask) => {
    const migrations = await migrationsOf(ask);
    if (migrations.join() !== copies.migrations.join())
      throw new Error(
        `The copy is of another version (${copies.migrations.at(-1)}; here it is ${migrations.at(-1)}). ` +
          'Restore it with the version that made it, then upgrade.',
      );
    const [instance] = await ask('SELECT 1 FROM instance');
    if (instance) throw new Error('This database holds an instance already. Restore into an empty one only.');
    const shapes = await shapesOf(ask);
    for (const { table } of shapes) await ask(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    // What the migrations themselves have put there comes with the copy.
    await ask(`TRUNCATE ${shapes.map(({ table }) => table).join(', ')}`);
    for (const shape of shapes) {
      const copy = copies.tables.find(({ table }) => table === shape.table);
      if (!copy) throw new Error(`The copy lacks ${shape.table}.`);
      // They become part of statements: only columns that there are.
      if (copy.columns.toSorted().join() !== shape.columns.toSorted().join())
        throw new Error(`The copy of ${shape.table} has other columns.`);
      await copyIn(client, ask, shape.table, copy.columns, await give(shape.table));
      const found = await copyOut(client, { ...shape, columns: copy.columns }, new PassThrough().resume());
      if (found.rows !== copy.rows || found.digest !== copy.digest)
        throw new Error(`${shape.table} is not what was copied: nothing is restored.`);
    }
    await check(ask);
    await ask('SET CONSTRAINTS ALL IMMEDIATE');
    for (const { table } of shapes) await ask(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  });
}

async function connected<T>(
  url: string,
  purpose: string,
  begin: string,
  work: (client: pg.Client, ask: Ask) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `aldis-${purpose}`,
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres -c client_encoding=UTF8',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(begin);
    await client.query(
      `SELECT set_config('app.actor', 'operator', true), set_config('app.purpose', $1, true)`,
      [purpose],
    );
    const value = await work(
      client,
      async <Row extends pg.QueryResultRow>(sql: string, values?: unknown[]) =>
        (await client.query<Row>(sql, values)).rows,
    );
    await client.query('COMMIT');
    return value;
  } finally {
    await client.end();
  }
}

/** All tables but the migrations', those first that others refer to. */
async function shapesOf(ask: Ask): Promise<Shape[]> {
  const [lost] = await ask<{ name: string }>(
    `SELECT s.relname AS name FROM pg_class s WHERE s.relkind = 'S' AND s.relname <> 'migrations_id_seq'
       AND s.relnamespace IN ('public'::regnamespace, 'app'::regnamespace)`,
  );
  if (lost) throw new Error(`A copy keeps no sequences, and there is ${lost.name}.`);
  const found = await ask<Shape>(
    `SELECT quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS table,
       (SELECT array_agg(a.attname::text ORDER BY a.attnum) FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
       (SELECT array_agg(a.attname::text ORDER BY u.at) FROM pg_index i, unnest(i.indkey::int2[]) WITH ORDINALITY u (number, at)
        JOIN pg_attribute a ON a.attnum = u.number
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid) AS order,
       coalesce((SELECT array_agg(DISTINCT quote_ident(m.nspname) || '.' || quote_ident(r.relname))
        FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace m ON m.oid = r.relnamespace
        WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid), '{}') AS needs
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname IN ('public', 'app') AND c.relkind = 'r' AND c.relname <> 'migrations' ORDER BY 1`,
  );
  return inOrder(found);
}

function inOrder(shapes: readonly Shape[]): Shape[] {
  const left = new Map(shapes.map((shape) => [shape.table, shape]));
  const ordered: Shape[] = [];
  while (left.size > 0) {
    const next = [...left.values()].filter(({ needs }) => !needs.some((name) => left.has(name)));
    if (next.length === 0)
      throw new Error(`These tables refer to each other: ${[...left.keys()].join(', ')}`);
    for (const shape of next) left.delete(shape.table);
    ordered.push(...next);
  }
  return ordered;
}

const migrationsOf = async (ask: Ask): Promise<string[]> =>
  (await ask<{ name: string }>('SELECT name FROM migrations ORDER BY "timestamp"')).map(({ name }) => name);

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

async function copyOut(client: pg.Client, shape: Shape, into: Writable): Promise<TableCopy> {
  const { table, columns, order } = shape;
  const rows = `SELECT ${quoted(columns)} FROM ${table} ORDER BY ${quoted(order)}`;
  const hash = createHash('sha256');
  let count = 0;
  const tap = new PassThrough();
  tap.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    // In the text form of COPY a row is a line, and line ends within values are escaped.
    for (const byte of chunk) if (byte === 0x0a) count++;
  });
  await pipeline(client.query(copyTo(`COPY (${rows}) TO STDOUT`)), tap, into);
  return { table, columns, rows: count, digest: hash.digest('hex') };
}

async function copyIn(
  client: pg.Client,
  ask: Ask,
  table: string,
  columns: string[],
  rows: Readable,
): Promise<void> {
  // By way of a table without walls: COPY does not write through row level security, INSERT does.
  await ask(`CREATE TEMP TABLE incoming (LIKE ${table})`);
  await pipeline(rows, client.query(copyFrom(`COPY incoming (${quoted(columns)}) FROM STDIN`)));
  await ask(`INSERT INTO ${table} (${quoted(columns)}) SELECT ${quoted(columns)} FROM incoming`);
  await ask('DROP TABLE incoming');
}

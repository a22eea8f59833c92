import pg from 'pg';
import { settings } from './settings.js';
import type { TestDatabase } from './test-database.js';

export interface Cell {
  table: string;
  /** The place of the row in the order of its primary key. */
  row: number;
  column: string;
}

/**
 * A superuser who has switched off triggers and taken down every CHECK, UNIQUE and PRIMARY KEY, changes rows, and can put
 * everything back as it was.
 */
export class Tamperer {
  private constructor(
    private readonly client: pg.Client,
    private readonly tables: readonly string[],
  ) {}

  static async of(database: TestDatabase, tables: readonly string[]): Promise<Tamperer> {
    const connectionString = Object.assign(new URL(settings.admin), { pathname: `/${database.name}` });
    const client = new pg.Client({ connectionString: connectionString.toString() });
    await client.connect();
    await client.query('SET session_replication_role = replica');
    for (const table of tables) {
      await client.query(`CREATE TABLE app.kept_${table} AS TABLE ${table}`);
      const { rows } = await client.query<{ name: string }>(
        `SELECT conname AS name FROM pg_constraint WHERE conrelid = $1::regclass AND contype IN ('c', 'u', 'p')`,
        [table],
      );
      for (const { name } of rows)
        await client.query(
          `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${pg.escapeIdentifier(name)} CASCADE`,
        );
    }
    return new Tamperer(client, tables);
  }

  async does(sql: string): Promise<void> {
    await this.client.query(sql);
  }

  async restores(tables: readonly string[] = this.tables): Promise<void> {
    for (const table of tables)
      await this.does(`DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM app.kept_${table}`);
  }

  /** Every field of every row. */
  async cells(table: string): Promise<Cell[]> {
    const { rows } = await this.client.query<{ column: string }>(
      `SELECT column_name AS column FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1`,
      [table],
    );
    const count = await this.count(table);
    return Array.from({ length: count }, (_, row) => row).flatMap((row) =>
      rows.map(({ column }) => ({ table, row, column })),
    );
  }

  async count(table: string): Promise<number> {
    const { rows } = await this.client.query<{ count: number }>(`SELECT count(*)::int FROM ${table}`);
    return rows[0]?.count ?? 0;
  }

  /** Changes one field to something else, as little as it can. */
  async changes({ table, row, column }: Cell): Promise<void> {
    const { rows } = await this.client.query<{ old: unknown; type: string }>(
      `SELECT ${column} AS old, pg_typeof(${column})::text AS type FROM ${table} WHERE ${this.at(table, row)}`,
    );
    const [found] = rows;
    if (!found) throw new Error(`there is no row ${row} in ${table}`);
    const { rowCount } = await this.client.query(
      `UPDATE ${table} SET ${column} = ${other(column, found)} WHERE ${this.at(table, row)}`,
    );
    if (rowCount !== 1) throw new Error(`${table} ${row} ${column} was not changed`);
  }

  async removes(table: string, row: number): Promise<void> {
    await this.does(`DELETE FROM ${table} WHERE ${this.at(table, row)}`);
  }

  async end(): Promise<void> {
    await this.client.end();
  }

  private at(table: string, row: number): string {
    const key = keys[table] ?? 'id';
    return `ctid = (SELECT ctid FROM ${table} ORDER BY ${key} OFFSET ${row} LIMIT 1)`;
  }
}

/** How rows are told apart where it is not by an id. */
const keys: Record<string, string> = {
  ledger_entries: 'chain, seq',
  ledger_heads: 'chain',
  checkpoints: 'number',
  checkpoint_places: 'checkpoint, position',
};

function other(column: string, { old, type }: { old: unknown; type: string }): string {
  if (type === 'uuid') return 'gen_random_uuid()';
  if (type === 'integer') return `coalesce(${column}, 0) + 100`;
  if (type === 'timestamp with time zone') return `${column} + interval '1 microsecond'`;
  if (type === 'text[]')
    return Array.isArray(old) && old.length > 1
      ? `${column}[2:] || ${column}[1:1]`
      : `coalesce(${column}, '{}') || 'x'::text`;
  const text = typeof old === 'string' ? old : '';
  const hex = /^[0-9a-f]{64}$/.test(text);
  return pg.escapeLiteral(hex ? `${text.startsWith('0') ? 1 : 0}${text.slice(1)}` : `${text}x`);
}

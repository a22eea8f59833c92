import pg from 'pg';
import { settings } from './settings.js';
import type { TestDatabase } from './test-database.js';

/** Who a statement is said to be for, as the unit of work says it. */
export interface SqlIdentity {
  actor?: string;
  party?: string;
  body?: string;
  purpose?: string;
  presented?: string;
}

/** A database role at work without the application: what the walls alone let through. */
export class SqlCaller {
  private constructor(private readonly client: pg.Client) {}

  static async connect(url: string): Promise<SqlCaller> {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    return new SqlCaller(client);
  }

  /** Runs one statement under an identity and takes it back. Raises what the database raises. */
  async tries<Row extends pg.QueryResultRow>(
    sql: string,
    identity: SqlIdentity = {},
    values: unknown[] = [],
  ): Promise<pg.QueryResult<Row>> {
    await this.client.query('BEGIN');
    try {
      for (const name of ['actor', 'party', 'body', 'purpose', 'presented'] as const)
        await this.client.query(`SELECT set_config($1, $2, true)`, [`app.${name}`, identity[name] ?? '']);
      return await this.client.query<Row>(sql, values);
    } finally {
      await this.client.query('ROLLBACK');
    }
  }

  async sees<Row extends pg.QueryResultRow>(sql: string, identity: SqlIdentity = {}): Promise<Row[]> {
    return (await this.tries<Row>(sql, identity)).rows;
  }

  /** What becomes of a statement: how many rows it would touch, or the code with which the database refuses it. */
  async outcome(sql: string, identity: SqlIdentity = {}, values: unknown[] = []): Promise<number | string> {
    try {
      return (await this.tries(sql, identity, values)).rowCount ?? 0;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code !== undefined) return error.code;
      throw error;
    }
  }

  /** What becomes of adding a row, given as its columns. */
  async adds(table: string, row: object, identity: SqlIdentity): Promise<number | string> {
    const columns = Object.keys(row).join(', ');
    const sql = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_record(NULL::${table}, $1)`;
    return this.outcome(sql, identity, [JSON.stringify(row)]);
  }

  async end(): Promise<void> {
    await this.client.end();
  }
}

/** Each role of the database, and beside them one that no wall holds. */
export async function sqlCallers({ urls, name }: TestDatabase) {
  const superuser = Object.assign(new URL(settings.admin), { pathname: `/${name}` }).toString();
  return {
    api: await SqlCaller.connect(urls.api),
    worker: await SqlCaller.connect(urls.worker),
    ledger: await SqlCaller.connect(urls.ledger),
    owner: await SqlCaller.connect(urls.owner),
    superuser: await SqlCaller.connect(superuser),
  };
}

/** What is answered for each of several tables or statements, to be compared at once. */
export async function each<T>(
  names: readonly string[],
  ask: (name: string) => Promise<T>,
): Promise<Record<string, T>> {
  const answers: Record<string, T> = {};
  for (const name of names) answers[name] = await ask(name);
  return answers;
}

/** The same answer for all of them. */
export const all = <T>(names: readonly string[], value: T) =>
  Object.fromEntries(names.map((name) => [name, value]));

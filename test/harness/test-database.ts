import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { prepareDatabase } from '#libs/runtime';
import { publishCatalogue } from '#libs/templates';
import { migrations } from '#migrations';
import { settings } from './settings.js';

type Urls = typeof settings.urls;

/** A database of its own with the sample world in it, and its time in the test's hands. */
export class TestDatabase {
  private constructor(
    readonly name: string,
    readonly urls: Urls,
    private readonly owner: pg.Pool,
  ) {}

  static async create(): Promise<TestDatabase> {
    return TestDatabase.make(`TEMPLATE ${new URL(settings.urls.owner).pathname.slice(1)}`);
  }

  /** One with nothing in it, not even a schema. */
  static async empty(): Promise<TestDatabase> {
    return TestDatabase.make('');
  }

  /** One with the schema and the templates in it, and no instance yet. */
  static async bare(): Promise<TestDatabase> {
    const database = await TestDatabase.make('');
    await prepareDatabase(database.urls, migrations);
    await publishCatalogue(database.urls.owner);
    return database;
  }

  private static async make(from: string): Promise<TestDatabase> {
    const name = `test_${randomBytes(6).toString('hex')}`;
    const owner = new URL(settings.urls.owner).username;
    await asAdmin(`CREATE DATABASE ${name} ${from} OWNER ${owner}`);
    const urls = Object.fromEntries(
      Object.entries(settings.urls).map(([role, url]) => [
        role,
        Object.assign(new URL(url), { pathname: `/${name}` }).toString(),
      ]),
    ) as Urls;
    const pool = new pg.Pool({ connectionString: urls.owner, max: 2 });
    pool.on('error', () => undefined);
    return new TestDatabase(name, urls, pool);
  }

  /** What a command of the operator is told of it. */
  get operator() {
    const { owner, api, worker, ledger } = this.urls;
    return {
      ...{ DATABASE_URL: owner, DATABASE_URL_API: api },
      ...{ DATABASE_URL_WORKER: worker, DATABASE_URL_LEDGER: ledger },
    };
  }

  /** Moves the time that all SQL uses ahead, as a story goes on. */
  async forward(milliseconds: number): Promise<void> {
    await this.owner.query(
      `INSERT INTO app.clock (ahead) VALUES (make_interval(secs => $1))
       ON CONFLICT (sole) DO UPDATE SET ahead = app.clock.ahead + excluded.ahead`,
      [milliseconds / 1000],
    );
  }

  /** Rows as a superuser or owner sees them; for looking at what lies in the tables. */
  async rows<Row extends pg.QueryResultRow>(sql: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({
      connectionString: Object.assign(new URL(settings.admin), { pathname: `/${this.name}` }).toString(),
    });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  async drop(): Promise<void> {
    await this.owner.end();
    await asAdmin(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`);
  }
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: settings.admin });
  client.on('error', () => undefined);
  await client.connect();
  try {
    // Only one copy at a time can be made from a template.
    await client.query(`SELECT pg_advisory_lock(42)`);
    await client.query(sql);
  } finally {
    await client.end();
  }
}

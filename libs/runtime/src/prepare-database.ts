import pg from 'pg';
import type { MigrationInterface } from 'typeorm';
import { createDatabase } from './database.js';
import { prepareQueueSchema } from './job-queue.js';

/** The owner's address and those of the roles that serve. */
export interface DatabaseUrls {
  owner: string;
  api: string;
  worker: string;
  ledger: string;
}

const serving = ['api', 'worker', 'ledger'] as const;

/**
 * Brings a database to the current state, as its owner: roles that are missing, migrations, the queue's schema.
 * Safe to repeat. Raises when a serving role could read past row level security.
 */
export async function prepareDatabase(
  urls: DatabaseUrls,
  migrations: (new () => MigrationInterface)[],
): Promise<void> {
  await makeRoles(urls);
  const database = createDatabase({ url: urls.owner, application: 'aldis-migrate', migrations, poolSize: 2 });
  await database.initialize();
  try {
    await database.runMigrations();
    // Once more than the migration that made it: tables have come since.
    await database.query(`DO $$ BEGIN
      IF to_regprocedure('app.let_owner_keep()') IS NOT NULL THEN PERFORM app.let_owner_keep(); END IF;
    END $$`);
  } finally {
    await database.destroy();
  }
  await prepareQueueSchema(urls.owner, ['aldis_api', 'aldis_worker']);
}

/** Makes the three roles that grants name, and the users of the addresses as members of them. */
async function makeRoles(urls: DatabaseUrls): Promise<void> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    // Two instances may start at once on one cluster.
    await client.query(`SELECT pg_advisory_lock(hashtext('aldis-roles'))`);
    for (const part of serving) await makeRole(client, `aldis_${part}`, new URL(urls[part]));
    await refuseUnwalled(
      client,
      serving.map((part) => userOf(new URL(urls[part]))),
    );
  } finally {
    await client.end();
  }
}

const userOf = (url: URL): string => decodeURIComponent(url.username);

async function makeRole(client: pg.Client, role: string, url: URL): Promise<void> {
  const user = userOf(url);
  const password = client.escapeLiteral(decodeURIComponent(url.password));
  if (!(await exists(client, role)))
    await client.query(
      `CREATE ROLE ${client.escapeIdentifier(role)} ${user === role ? `LOGIN PASSWORD ${password}` : ''}`,
    );
  if (user === role) return;
  const name = client.escapeIdentifier(user);
  if (!(await exists(client, user)))
    await client.query(
      `CREATE ROLE ${name} LOGIN PASSWORD ${password} IN ROLE ${client.escapeIdentifier(role)}`,
    );
}

const exists = async (client: pg.Client, role: string): Promise<boolean> =>
  (await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role])).rowCount === 1;

async function refuseUnwalled(client: pg.Client, users: string[]): Promise<void> {
  const { rows } = await client.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles
     WHERE rolname = ANY ($1) AND (rolsuper OR rolbypassrls OR rolname = current_user)`,
    [users],
  );
  const [first] = rows;
  if (first)
    throw new Error(
      `The database user "${first.rolname}" cannot serve: it owns the tables or may bypass row level security.`,
    );
}

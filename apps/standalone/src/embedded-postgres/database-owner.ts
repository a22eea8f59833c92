import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { newSecret, readIfThere, writeSecretFile } from '../secret-file.js';
import type { EmbeddedPostgres } from './embedded-postgres.js';

/** The addresses of one database for its four users. Only the first may change its shape; it never serves. */
export interface DatabaseUrls {
  owner: string;
  api: string;
  worker: string;
  ledger: string;
}

const passwords = z.object({ owner: z.string(), api: z.string(), worker: z.string(), ledger: z.string() });

/** The name of the database and the prefix of its users. */
const name = 'aldis';

/**
 * The addresses of the database `aldis`, made on first use together with its owner `aldis_owner`, who may make the
 * three serving users (`aldis_api`, `aldis_worker`, `aldis_ledger`) but is no superuser. The passwords are random and
 * kept in `database-passwords.json` (mode 0600).
 */
export async function makeOwner(server: EmbeddedPostgres, dataDir: string): Promise<DatabaseUrls> {
  const secrets = await databasePasswords(join(dataDir, 'database-passwords.json'));
  await ensureOwner(server.superuserUrl, `${name}_owner`, secrets.owner);
  const url = (user: keyof typeof secrets) => server.url(name, `${name}_${user}`, secrets[user]);
  return { owner: url('owner'), api: url('api'), worker: url('worker'), ledger: url('ledger') };
}

async function databasePasswords(path: string): Promise<z.infer<typeof passwords>> {
  const known = await readIfThere(path);
  if (known !== undefined) return passwords.parse(JSON.parse(known));
  const made = { owner: newSecret(), api: newSecret(), worker: newSecret(), ledger: newSecret() };
  await writeSecretFile(path, `${JSON.stringify(made)}\n`);
  return made;
}

async function ensureOwner(superuserUrl: string, owner: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const role = pg.escapeIdentifier(owner);
    const { rowCount: hasRole } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [owner]);
    // The file of passwords is the authority: after a restored copy of it, the server follows.
    await client.query(
      `${hasRole ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN CREATEROLE NOSUPERUSER PASSWORD ${pg.escapeLiteral(password)}`,
    );
    const { rowCount: hasDatabase } = await client.query('SELECT FROM pg_database WHERE datname = $1', [
      name,
    ]);
    if (!hasDatabase) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} OWNER ${role}`);
  } finally {
    await client.end();
  }
}

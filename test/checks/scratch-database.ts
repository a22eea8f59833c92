import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseUrls } from '#libs/runtime';
import { makeOwner } from '../../apps/standalone/src/embedded-postgres/database-owner.js';
import { startEmbeddedPostgres } from '../../apps/standalone/src/embedded-postgres/embedded-postgres.js';

/** An empty database that may be taken apart, and how to be rid of it. */
export interface ScratchDatabase {
  urls: DatabaseUrls;
  remove(): Promise<void>;
}

/**
 * A database of its own on the server of `DATABASE_URL` (whose user must be allowed to make databases and roles), or
 * on an embedded server in a temporary folder.
 */
export const scratchDatabase = (): Promise<ScratchDatabase> =>
  process.env['DATABASE_URL'] ? onGivenServer(process.env['DATABASE_URL']) : onEmbeddedServer();

async function onEmbeddedServer(): Promise<ScratchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), 'aldis-check-'));
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const remove = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { urls: await makeOwner(server, dataDir), remove };
}

async function onGivenServer(address: string): Promise<ScratchDatabase> {
  const name = `aldis_check_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: address });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  };
  const url = (user?: string) => {
    const scratch = new URL(address);
    scratch.pathname = `/${name}`;
    if (user) Object.assign(scratch, { username: user, password: randomBytes(16).toString('hex') });
    return scratch.href;
  };
  await run(`CREATE DATABASE ${name}`);
  return {
    urls: { owner: url(), api: url('aldis_api'), worker: url('aldis_worker'), ledger: url('aldis_ledger') },
    remove: () => run(`DROP DATABASE ${name} WITH (FORCE)`),
  };
}

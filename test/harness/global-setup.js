import { mkdtemp, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { seedSampleWorld } from '../../dist/libs/directory/src/index.js';
import { prepareDatabase } from '../../dist/libs/runtime/src/index.js';
import { publishCatalogue } from '../../dist/libs/templates/src/index.js';
import { LocalKeys, Vault } from '../../dist/libs/vault/src/index.js';
import { migrations } from '../../dist/migrations/index.js';
import { makeOwner } from '../../dist/apps/standalone/src/embedded-postgres/database-owner.js';
import { startEmbeddedPostgres } from '../../dist/apps/standalone/src/embedded-postgres/embedded-postgres.js';
import { findBrowser } from './find-browser.js';

/**
 * Once for a whole run: a real PostgreSQL (DATABASE_URL, else the embedded one) with a sample world that every test
 * copies, and which queue back ends there are. Prints what it found; with ALDIS_DEMAND_REDIS a run without Redis fails,
 * with ALDIS_DEMAND_BROWSER one without a browser.
 */
export default async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'aldis-test-'));
  const vaultKey = `k1:${randomBytes(32).toString('base64')}`;
  const ledgerKey = `s1:${randomBytes(32).toString('base64')}`;
  const server = process.env.DATABASE_URL
    ? undefined
    : await startEmbeddedPostgres({ dataDir: folder, log: () => undefined });
  const urls = server ? await makeOwner(server, folder) : await templateIn(given());
  await prepareDatabase(urls, migrations);
  await publishCatalogue(urls.owner);
  await seedSampleWorld(urls.owner, new Vault(LocalKeys.fromEnvironment({ VAULT_KEY: vaultKey })));
  const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
  if (!hasRedis && process.env.ALDIS_DEMAND_REDIS)
    throw new Error('redis-server is demanded and not on the PATH');
  const backEnds = hasRedis ? ['postgres', 'redis'] : ['postgres'];
  const browser = findBrowser();
  if (!browser && process.env.ALDIS_DEMAND_BROWSER)
    throw new Error('a browser is demanded and none is on the PATH');
  process.stdout.write(
    `\nDatabase: ${server ? 'embedded PostgreSQL' : 'DATABASE_URL'}. Queue back ends: ${backEnds.join(' and ')}${hasRedis ? '' : ' (install redis-server to try both)'}. Browser: ${browser ?? 'none (install chromium to try the pages)'}.\n`,
  );
  const settings = join(folder, 'settings.json');
  await writeFile(
    settings,
    JSON.stringify({
      urls,
      admin: server?.superuserUrl ?? process.env.DATABASE_URL,
      vaultKey,
      ledgerKey,
      backEnds,
      browser,
    }),
  );
  process.env.ALDIS_TEST_SETTINGS = settings;
  globalThis.aldisTestServer = server;
  globalThis.aldisTestFolder = folder;
}

/** A database of this run's own on the server that is given; its owner must be allowed to make databases. */
async function templateIn(urls) {
  const name = `test_template_${randomBytes(6).toString('hex')}`;
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  globalThis.aldisTestTemplate = { name, owner: urls.owner };
  const inside = ([role, url]) => [role, Object.assign(new URL(url), { pathname: `/${name}` }).toString()];
  return Object.fromEntries(Object.entries(urls).map(inside));
}

function given() {
  const {
    DATABASE_URL: owner,
    DATABASE_URL_API: api,
    DATABASE_URL_WORKER: worker,
    DATABASE_URL_LEDGER: ledger,
  } = process.env;
  if (!owner || !api || !worker || !ledger)
    throw new Error('DATABASE_URL needs its companions _API, _WORKER and _LEDGER');
  return { owner, api, worker, ledger };
}

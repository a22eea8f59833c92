import { rm } from 'node:fs/promises';
import pg from 'pg';

/** Stops and removes what the set-up made. */
export default async function tearDown() {
  await globalThis.aldisTestServer?.stop();
  if (globalThis.aldisTestTemplate) await dropTemplate(globalThis.aldisTestTemplate);
  await rm(globalThis.aldisTestFolder, { recursive: true, force: true });
}

async function dropTemplate({ name, owner }) {
  const client = new pg.Client({ connectionString: owner });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await client.end();
}

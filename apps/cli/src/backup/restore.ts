import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { prepareDatabase, restoreTables, type Ask, type DatabaseUrls } from '#libs/runtime';
import { LocalKeys, parseKeyFile, Vault, type KeyFile, type Sealed } from '#libs/vault';
import { migrations } from '#migrations';
import { chooseKeys, PlacedKeys, placesOf, type KeyVariables } from './kept-keys.js';
import { readManifest, type Manifest } from './manifest.js';
import { hashOf, readSealed } from './sealed-files.js';

/** Puts a backup back into an empty database, and its keys where there are none. Raises, and restores nothing, else. */
export async function restore(
  env: KeyVariables,
  urls: DatabaseUrls,
  words: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { values } = parseArgs({
    args: [...words],
    options: {
      from: { type: 'string' },
      identity: { type: 'string' },
      'replace-keys': { type: 'boolean', default: false },
    },
  });
  if (!values.from) throw new Error('Say where from: restore --from <folder> [--identity <file>]');
  const folder = values.from;
  const made = readManifest(await readFile(join(folder, 'manifest.json'), 'utf8'));
  const identity = await identityFor(made, values.identity);
  await refuseDamaged(folder, made);
  const replaces = values['replace-keys'];
  const kept = {
    vault: await keptIn(folder, made.keys, identity),
    ledger: await keptIn(folder, made.ledgerKeys, identity),
  };
  const keys = chooseKeys(placesOf(env, replaces), made, kept, replaces);
  const vault = new Vault(LocalKeys.fromDocument(JSON.stringify(keys.vault)));
  await prepareDatabase(urls, migrations);
  const fileOf = (table: string) => made.tables.find((copy) => copy.table === table)?.file ?? '';
  const placed = new PlacedKeys(replaces, [
    [env.VAULT_KEY_FILE, keys.vault],
    [env.LEDGER_KEY_FILE, keys.ledger],
  ]);
  try {
    await restoreTables(
      urls.owner,
      { migrations: made.migrations, at: made.madeAt, tables: made.tables },
      (table) => readSealed(join(folder, fileOf(table)), identity),
      async (ask) => {
        await refuseUnopened(ask, vault);
        await placed.put();
      },
    );
  } catch (error) {
    placed.takeBack();
    throw error;
  }
  for (const path of placed.paths) print(`The keys of the backup are in ${path}.`);
  if (keys.note) print(keys.note);
  const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
  print(
    `Restored as of ${made.madeAt}: ${made.tables.length} tables, ${rows} rows, each compared with the copy.`,
  );
  print('What was waiting to be sent then is sent when a worker starts, though it may have been sent since.');
}

async function identityFor(made: Manifest, path: string | undefined): Promise<string | undefined> {
  if (made.encryptedTo === null) return undefined;
  if (path === undefined)
    throw new Error(
      `This backup is encrypted to ${made.encryptedTo}: name its identity with --identity <file>.`,
    );
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  const found = lines.find((line) => line.startsWith('AGE-SECRET-KEY-'));
  if (!found) throw new Error(`${path} holds no identity: a line that begins with AGE-SECRET-KEY-.`);
  return found;
}

/** The keys in one of the files of a backup; undefined when they were not put there. */
async function keptIn(
  folder: string,
  keys: Manifest['keys'],
  identity: string | undefined,
): Promise<KeyFile | undefined> {
  return keys ? parseKeyFile(await text(await readSealed(join(folder, keys.file), identity))) : undefined;
}

async function refuseDamaged(folder: string, { tables, keys, ledgerKeys }: Manifest): Promise<void> {
  for (const { file, sha256 } of [...tables, ...[keys, ledgerKeys].filter((one) => one !== null)]) {
    const found = await hashOf(join(folder, file)).catch(() => 'missing');
    if (found !== sha256)
      throw new Error(`${file} is ${found === 'missing' ? found : 'damaged'}: nothing is restored.`);
  }
}

/** Opens one sealed value of each kind: digests alone would not show that the keys are the wrong ones. */
async function refuseUnopened(ask: Ask, vault: Vault): Promise<void> {
  for (const [table, column] of [
    ['accounts', 'person'],
    ['channels', 'address'],
  ]) {
    const rows = await ask<{ id: string; sealed: Sealed }>(
      `SELECT DISTINCT ON (${column} ->> 'key_id') id, ${column} AS sealed FROM ${table}
       WHERE ${column} ->> 'key_id' <> 'erased' ORDER BY ${column} ->> 'key_id'`,
    );
    for (const { id, sealed } of rows)
      await vault.openPartys({ table: table ?? '', row: id, field: column ?? '' }, sealed).catch(() => {
        throw new Error(`The vault keys do not open what is in ${table}: nothing is restored.`);
      });
  }
}

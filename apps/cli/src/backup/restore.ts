import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { prepareDatabase, restoreTables, type Ask, type DatabaseUrls } from '#libs/runtime';
import {
  keyFileFrom,
  keysNoticedAfter,
  readKeyFile,
  LocalKeys,
  parseKeyFile,
  Vault,
  writeKeyFile,
  type KeyFile,
  type Sealed,
} from '#libs/vault';
import { migrations } from '#migrations';
import { readManifest, type Manifest } from './manifest.js';
import { hashOf, readSealed } from './sealed-files.js';

interface Given {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}

/** Puts a backup back into an empty database, and its keys where there are none. Raises, and restores nothing, else. */
export async function restore(
  env: Given,
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
  const keys = await keysFor(env, folder, made, identity, replaces);
  const vault = new Vault(LocalKeys.fromDocument(JSON.stringify(keys)));
  await prepareDatabase(urls, migrations);
  const fileOf = (table: string) => made.tables.find((copy) => copy.table === table)?.file ?? '';
  const placed = new PlacedKeys(env.VAULT_KEY_FILE, keys, replaces);
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
  if (placed.path) print(`The vault keys are in ${placed.path}.`);
  const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
  print(
    `Restored as of ${made.madeAt}: ${made.tables.length} tables, ${rows} rows, each compared with the copy.`,
  );
  print('What was waiting to be sent then is sent when a worker starts, though it may have been sent since.');
}

/** The key file of what is restored: it is there before any process can see the rows that need it. */
class PlacedKeys {
  /** Where the keys were put; undefined when they were there before. */
  path: string | undefined;
  private before: KeyFile | undefined;

  constructor(
    private readonly place: string | undefined,
    private readonly keys: KeyFile,
    private readonly replaces: boolean,
  ) {}

  async put(): Promise<void> {
    const { place } = this;
    if (!place || (existsSync(place) && !this.replaces)) return;
    if (existsSync(place)) {
      this.before = readKeyFile(place);
      copyFileSync(place, `${place}.before-restore`);
    }
    writeKeyFile(place, this.keys);
    this.path = place;
    // Until processes that run have taken it up.
    await pause(2 * keysNoticedAfter);
  }

  takeBack(): void {
    if (!this.path) return;
    if (this.before) writeKeyFile(this.path, this.before);
    else rmSync(this.path, { force: true });
  }
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

async function refuseDamaged(folder: string, { tables, keys }: Manifest): Promise<void> {
  for (const { file, sha256 } of [...tables, ...(keys ? [keys] : [])]) {
    const found = await hashOf(join(folder, file)).catch(() => 'missing');
    if (found !== sha256)
      throw new Error(`${file} is ${found === 'missing' ? found : 'damaged'}: nothing is restored.`);
  }
}

/** The keys in the backup, else those that are given; where there are both, they must be the same. */
async function keysFor(
  env: Given,
  folder: string,
  made: Manifest,
  identity: string | undefined,
  replaces: boolean,
): Promise<KeyFile> {
  if (replaces && !made.keys)
    throw new Error('There are no vault keys in this backup to put in the place of others.');
  const isGiven = env.VAULT_KEY_FILE ? existsSync(env.VAULT_KEY_FILE) : env.VAULT_KEY !== undefined;
  const given = isGiven && !replaces ? keyFileFrom(env) : undefined;
  const kept = made.keys
    ? parseKeyFile(await text(await readSealed(join(folder, made.keys.file), identity)))
    : undefined;
  if (!given && !kept)
    throw new Error(
      'The vault keys are not in this backup. Name a copy of the key file with VAULT_KEY_FILE.',
    );
  if (!given && !env.VAULT_KEY_FILE)
    throw new Error('Say where the key file shall be: VAULT_KEY_FILE=<path>. It is written there.');
  for (const id of made.keyIds)
    if (given && (kept ? given.keys[id] !== kept.keys[id] : !(id in given.keys)))
      throw new Error(
        `The vault keys that are given are not those of this backup: ${id} is another or missing. On a machine that ` +
          'has only just been set up, --replace-keys puts those of the backup in their place.',
      );
  return given ?? kept ?? { current: '', keys: {} };
}

/** Opens one sealed value of each kind: digests alone would not show that the keys are the wrong ones. */
async function refuseUnopened(ask: Ask, vault: Vault): Promise<void> {
  for (const [table, column] of [
    ['accounts', 'person'],
    ['channels', 'address'],
  ]) {
    const rows = await ask<{ id: string; sealed: Sealed }>(
      `SELECT DISTINCT ON (${column} ->> 'key_id') id, ${column} AS sealed FROM ${table} ORDER BY ${column} ->> 'key_id'`,
    );
    for (const { id, sealed } of rows)
      await vault.openPartys({ table: table ?? '', row: id, field: column ?? '' }, sealed).catch(() => {
        throw new Error(`The vault keys do not open what is in ${table}: nothing is restored.`);
      });
  }
}

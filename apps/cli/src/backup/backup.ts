import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { clock, copyTables } from '#libs/runtime';
import { keyFileFrom, ledgerKeyFileFrom, publishedIn, type KeyFile } from '#libs/vault';
import type { Manifest } from './manifest.js';
import { writeSealed } from './sealed-files.js';

interface Given {
  DATABASE_URL: string;
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
  LEDGER_KEY?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}

/**
 * Copies the whole instance into a new folder, while it runs. With a recovery key (an age recipient) every file is
 * encrypted to it and the keys of vault and ledger come along; without one they do not. Answers the folder.
 */
export async function backup(
  env: Given,
  words: readonly string[],
  print: (line: string) => void,
): Promise<string> {
  const { values } = parseArgs({
    args: [...words],
    options: { to: { type: 'string' }, 'recovery-key': { type: 'string' } },
  });
  if (!values.to) throw new Error('Say where to: backup --to <folder> [--recovery-key <file>]');
  const recipient =
    values['recovery-key'] === undefined ? undefined : await recipientIn(values['recovery-key']);
  const stamp = clock
    .now()
    .toISOString()
    .replaceAll(/[-:]|\.\d+/g, '');
  const folder = join(values.to, `aldis-${stamp}`);
  // Under another name until it is whole: what bears the right name can be restored.
  const unfinished = `${folder}.unfinished`;
  await mkdir(values.to, { recursive: true, mode: 0o700 });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    const made = await copyInto(unfinished, env, recipient);
    await rename(unfinished, folder);
    const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
    print(`${folder}: ${made.tables.length} tables, ${rows} rows, as of ${made.madeAt}.`);
    print(
      made.keys
        ? 'The keys of vault and ledger are in it. Whoever has the recovery identity can read everything: keep it elsewhere.'
        : 'The keys of vault and ledger are NOT in it: without a copy of the key files it cannot be read, nor the record ' +
            'be signed as before. See --recovery-key.',
    );
    return folder;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

/** All keys that the environment names. What is signed can be signed by none, if nothing is to be kept. */
const keysOf = (env: Given, recipient: string | undefined) => ({
  vault: keyFileFrom(env),
  ledger:
    recipient !== undefined || env.LEDGER_KEY !== undefined || env.LEDGER_KEY_FILE !== undefined
      ? ledgerKeyFileFrom(env)
      : undefined,
});

async function copyInto(folder: string, env: Given, recipient: string | undefined): Promise<Manifest> {
  const ending = recipient === undefined ? 'gz' : 'gz.age';
  const before = keysOf(env, recipient);
  const hashes = new Map<string, string>();
  const fileOf = (table: string) => `${table}.copy.${ending}`;
  const { migrations, at, tables } = await copyTables(env.DATABASE_URL, async (table, rows) => {
    hashes.set(table, await writeSealed(join(folder, fileOf(table)), rows, recipient));
  });
  // A key that was made or retired meanwhile may be needed as well.
  const after = keysOf(env, recipient);
  const vault = both(before.vault, after.vault);
  // The key of the record that was replaced meanwhile signs no more, and its public half is in the file after.
  const { ledger } = after;
  const keep = async (name: string, keys: KeyFile | undefined) => {
    if (recipient === undefined || !keys) return null;
    const file = `${name}-key.json.${ending}`;
    const content = Readable.from([JSON.stringify(keys)]);
    return { file, sha256: await writeSealed(join(folder, file), content, recipient) };
  };
  const made: Manifest = {
    ...{ format: 'aldis-backup', version: 1, madeAt: at, migrations, encryptedTo: recipient ?? null },
    keys: await keep('vault', vault),
    keyIds: Object.keys(vault.keys),
    ledgerKeys: await keep('ledger', ledger),
    signedBy: ledger ? publishedIn(ledger).map(({ kid }) => kid) : [],
    tables: tables.map((copy) => ({
      ...copy,
      file: fileOf(copy.table),
      sha256: hashes.get(copy.table) ?? '',
    })),
  };
  const text = `${JSON.stringify(made, null, 2)}\n`;
  await writeFile(join(folder, 'manifest.json'), text, { flag: 'wx', mode: 0o600, flush: true });
  return made;
}

const both = (before: KeyFile, after: KeyFile): KeyFile => ({
  current: after.current,
  keys: { ...before.keys, ...after.keys },
});

/** The first age recipient in a file of one a line; lines that begin with # are notes. */
async function recipientIn(path: string): Promise<string> {
  const lines = (await readFile(path, 'utf8')).split('\n').map((line) => line.trim());
  const found = lines.find((line) => line !== '' && !line.startsWith('#'));
  if (!found?.startsWith('age1'))
    throw new Error(`${path} holds no recovery key: a line that begins with age1 (keys recovery makes one).`);
  return found;
}

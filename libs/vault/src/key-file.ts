import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const keyFile = z.object({
  current: z.string(),
  keys: z.record(
    z.string().regex(/^[\w-]{1,32}$/),
    z.base64().refine((key) => Buffer.from(key, 'base64').length === 32),
  ),
  /** Public halves of keys that sign no more, each with the key that it named as the next, and its signature of that. */
  retired: z.array(z.object({ x: z.string(), successor: z.string(), signature: z.string() })).optional(),
});

/** What a key file holds: root keys by id (32 bytes in base64), and the id of the one that seals new things. */
export type KeyFile = z.infer<typeof keyFile>;
export type RetiredKey = NonNullable<KeyFile['retired']>[number];

/** The keys in a document of this form. Raises when it has another, without repeating any of it. */
export function parseKeyFile(text: string): KeyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('The key file is not JSON');
  }
  const read = keyFile.safeParse(value);
  if (!read.success)
    throw new Error(`The key file does not fit: ${read.error.issues[0]?.message ?? 'unknown'}`);
  const { current, keys } = read.data;
  if (!(current in keys)) throw new Error(`The current key "${current}" is not among the keys`);
  return read.data;
}

export const readKeyFile = (path: string): KeyFile => parseKeyFile(readFileSync(path, 'utf8'));

/** All keys that the environment names, from the file or the variable. Raises when it names none. */
export function keyFileFrom(env: {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}): KeyFile {
  if (env.VAULT_KEY_FILE) return readKeyFile(env.VAULT_KEY_FILE);
  if (!env.VAULT_KEY) throw new Error('Neither VAULT_KEY_FILE nor VAULT_KEY is set: there are no keys');
  const [current = '', key = ''] = env.VAULT_KEY.split(':');
  return { current, keys: { [current]: key } };
}

/** The same of the keys that sign the record. */
export function ledgerKeyFileFrom(env: {
  LEDGER_KEY?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}): KeyFile {
  if (env.LEDGER_KEY_FILE) return readKeyFile(env.LEDGER_KEY_FILE);
  if (!env.LEDGER_KEY)
    throw new Error('Neither LEDGER_KEY_FILE nor LEDGER_KEY is set: the record cannot be signed');
  const [current = '', key = ''] = env.LEDGER_KEY.split(':');
  return { current, keys: { [current]: key } };
}

/** A file with one new random key, named by a letter and a number. */
export const newKeyFile = (letter: string, number = 1): KeyFile => {
  const current = `${letter}${number}`;
  return { current, keys: { [current]: randomBytes(32).toString('base64') } };
};

/** The same keys and a new random one, which becomes the current one. Ids are never given twice: they count upwards. */
export function withNewKey({ keys }: KeyFile): KeyFile {
  const numbers = Object.keys(keys).map((id) => Number(/^k(\d+)$/.exec(id)?.[1] ?? 0));
  const current = `k${Math.max(0, ...numbers) + 1}`;
  return { current, keys: { ...keys, [current]: randomBytes(32).toString('base64') } };
}

/** The same keys but one. Raises for the current one, and for one that is not there. */
export function withoutKey({ current, keys }: KeyFile, id: string): KeyFile {
  if (id === current) throw new Error(`"${id}" is the current key: make a new one first`);
  if (!(id in keys)) throw new Error(`There is no key "${id}" in the file`);
  return { current, keys: Object.fromEntries(Object.entries(keys).filter(([name]) => name !== id)) };
}

/**
 * Replaces a key file: whole or not at all, on disk when this returns, readable by its owner alone. Raises when the
 * file cannot be replaced where it lies, as one that is mounted by itself.
 */
export function writeKeyFile(path: string, file: KeyFile): void {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const before = statSync(path, { throwIfNoEntry: false });
  const out = openSync(unfinished, 'wx', 0o600);
  try {
    // The processes that read it may run as another user than whoever replaces it.
    if (before && before.uid !== process.getuid?.()) fchownSync(out, before.uid, before.gid);
    fchmodSync(out, before ? before.mode & 0o600 : 0o600);
    writeSync(out, `${JSON.stringify(file)}\n`);
    fsyncSync(out);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  } finally {
    closeSync(out);
  }
  try {
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new Error(`${path} cannot be replaced: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** Answers a key file's keys whenever they may have changed since it was last asked; undefined when not, or unreadable. */
export function watchKeyFile(path: string): () => KeyFile | undefined {
  const markOf = () => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found && `${found.ino}/${found.mtimeNs}/${found.size}`;
  };
  let mark = markOf();
  return () => {
    try {
      const now = markOf();
      if (now === undefined || now === mark) return undefined;
      const keys = readKeyFile(path);
      mark = now;
      return keys;
    } catch {
      // Half written by hand, or out of reach: what is at hand goes on serving, and the next look may find it whole.
      return undefined;
    }
  };
}

import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestDatabase } from './test-database.js';

/** The ways in which a text may lie among bytes without being sealed. */
function disguises(text: string): Buffer[] {
  const utf8 = Buffer.from(text);
  const utf16 = Buffer.from(text, 'utf16le');
  // Base64 depends on where the text begins within three bytes; its first and last characters on the neighbours.
  const base64 = [0, 1, 2].map((before) =>
    Buffer.concat([Buffer.alloc(before), utf8])
      .toString('base64')
      .slice(before === 0 ? 0 : before + 1, -4),
  );
  const encoded = [...base64, utf8.toString('hex'), encodeURIComponent(text)].map((one) => Buffer.from(one));
  return [utf8, utf16, Buffer.from(utf16).swap16(), ...encoded];
}

/** Which of the named texts lie among the bytes, in any disguise. */
export const found = (secrets: Record<string, string>, bytes: Buffer): string[] =>
  Object.entries(secrets)
    .filter(([, text]) => disguises(text).some((disguise) => bytes.includes(disguise)))
    .map(([name]) => name);

export interface Place {
  name: string;
  bytes: Buffer;
}

/** Every file below a folder; one that goes meanwhile, as those of a query under way do, held what the others hold. */
export async function filesIn(folder: string): Promise<Place[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const read = files.map(async (name) => {
    const bytes = await readFile(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    });
    return bytes === null ? [] : [{ name, bytes }];
  });
  return (await Promise.all(read)).flat();
}

/** The files in which a database keeps itself, and the write-ahead log and messages of its server. */
export async function filesOf(database: TestDatabase): Promise<Place[]> {
  await database.rows('CHECKPOINT');
  const [at] = await database.rows<{ folder: string; own: string }>(
    `SELECT current_setting('data_directory') AS folder, oid::text AS own FROM pg_database WHERE datname = current_database()`,
  );
  if (!at) throw new Error('the database did not say where it lies');
  const parts = [join(at.folder, 'base', at.own), join(at.folder, 'pg_wal'), join(at.folder, 'global')];
  const logs = await filesIn(dirname(process.env.ALDIS_TEST_SETTINGS ?? '')).then((files) =>
    files.filter(({ name }) => name.endsWith('.log')),
  );
  return [...(await Promise.all(parts.map(filesIn))).flat(), ...logs];
}

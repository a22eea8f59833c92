import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere, writeSecretFile } from '../secret-file.js';
import { StartRefused } from '../start-refused.js';
import { canEnter, letThrough, type DatabaseUser } from './database-user.js';

/** Where the database's own files lie. */
export interface DatabasePlace {
  /** Holds `postgres/`, the server's data. */
  folder: string;
  /** Whether this is outside the data folder, because the database's user cannot reach that one. */
  isElsewhere: boolean;
}

/** The substitute for a data folder (a real path) that the database's user cannot reach. */
export const substituteFor = (dataDir: string): string =>
  `/var/lib/aldis-${createHash('sha256').update(dataDir).digest('hex').slice(0, 10)}`;

/**
 * The data folder itself, or its substitute under `/var/lib`. A choice made once is kept, in the file
 * `database-elsewhere`; a data folder that was moved or copied afterwards is refused rather than given an empty or
 * another one's database ({@link StartRefused}).
 */
export async function databasePlace(dataDir: string, user: DatabaseUser | undefined): Promise<DatabasePlace> {
  const record = join(dataDir, 'database-elsewhere');
  const recorded = (await readIfThere(record))?.trim();
  const substitute = substituteFor(dataDir);
  if (recorded !== undefined && recorded !== substitute)
    throw new StartRefused(
      `The folder ${dataDir} was moved or copied from where it was made: its database is in ${recorded}. ` +
        `Move it back, or move that database to ${substitute} and write this path into ${record}.`,
    );
  await letThrough(dataDir, user);
  if (recorded === undefined && (await canEnter(dataDir, user)))
    return { folder: dataDir, isElsewhere: false };
  if (await readIfThere(join(dataDir, 'postgres', 'PG_VERSION')))
    throw new StartRefused(
      `The database in ${join(dataDir, 'postgres')} can no longer be reached by the user "postgres": ` +
        'a folder above it was closed. Open it again (chmod o+x), or start as the user who made it.',
    );
  await mkdir(substitute, { recursive: true });
  await letThrough(substitute, user);
  if (recorded === undefined) await writeSecretFile(record, `${substitute}\n`);
  return { folder: substitute, isElsewhere: true };
}

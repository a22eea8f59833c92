import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newSecret, readIfThere, writeSecretFile } from '../secret-file.js';
import { StartRefused } from '../start-refused.js';
import type { DatabaseUser } from './database-user.js';
import type { PostgresBinaries } from './postgres-binaries.js';
import { initdbArguments } from './postmaster-settings.js';

/**
 * The server's data in `folder/postgres`, made on first use; answers its path. It is made beside and moved into place,
 * so that a start that was cut off leaves nothing that looks whole.
 */
export async function ensureCluster(
  folder: string,
  user: DatabaseUser | undefined,
  binaries: PostgresBinaries,
  password: string,
): Promise<string> {
  const dataDir = join(folder, 'postgres');
  const version = (await readIfThere(join(dataDir, 'PG_VERSION')))?.trim();
  if (version === undefined) await makeCluster(folder, dataDir, user, binaries, password);
  else if (version !== binaries.majorVersion)
    throw new StartRefused(
      `The database in ${dataDir} was made by PostgreSQL ${version}, and this release brings ${binaries.majorVersion}. ` +
        'Export with the earlier release and import here, or give DATABASE_URL and its companions.',
    );
  return dataDir;
}

async function makeCluster(
  folder: string,
  dataDir: string,
  user: DatabaseUser | undefined,
  binaries: PostgresBinaries,
  password: string,
): Promise<void> {
  const unfinished = join(folder, 'postgres.unfinished');
  const passwordFile = join(folder, `initdb-${newSecret().slice(0, 8)}`);
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  await chmod(unfinished, 0o700);
  try {
    await writeSecretFile(passwordFile, `${password}\n`);
    if (user) await Promise.all([unfinished, passwordFile].map((path) => chown(path, user.uid, user.gid)));
    await initdb(binaries.initdb, initdbArguments(unfinished, passwordFile), user, folder);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, dataDir);
}

const initdb = (
  program: string,
  args: string[],
  user: DatabaseUser | undefined,
  cwd: string,
): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...user,
      cwd,
      env: { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.once('error', (error) =>
      reject(new StartRefused(`The database could not be made: ${error.message}`)),
    );
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new StartRefused(`The database could not be made: ${said.trim()}`)),
    );
  });

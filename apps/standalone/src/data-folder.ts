import { chmod, link, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { clock } from '#libs/runtime';
import { z } from 'zod';
import { processFacts } from './processes.js';
import { hasCode, newSecret, readIfThere, writeSecretFile } from './secret-file.js';
import { StartRefused } from './start-refused.js';

const note = z.object({ pid: z.number(), startMark: z.string(), url: z.string(), probe: z.string() });

/** Any of these tells that a folder is a data folder. */
const ours = new Set(['logs', 'vault-key.json', 'running.json']);

/** Who uses a data folder: the process, told apart from a later one with the same id, and where it serves. */
export type RunningNote = z.infer<typeof note>;

/** Our claim on a data folder. */
export interface DataFolderClaim {
  /** Makes known where we serve, for the next one who tries: for people, and for a machine on this host. */
  announce(url: string, probe: string): Promise<void>;
  release(): Promise<void>;
}

/**
 * The data folder's real path, made when missing, closed to others, with `logs/` in it. Raises {@link StartRefused}
 * with advice, also for a folder full of other things: its rights are not ours to change.
 */
export async function openDataFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    const folder = await realpath(path);
    const entries = (await readdir(folder)).filter((name) => !name.startsWith('.') && name !== 'lost+found');
    if (entries.length > 0 && !entries.some((name) => ours.has(name)))
      throw new StartRefused(
        `DATA_DIR names ${folder}, which holds other things. Choose an empty folder or a new one.`,
      );
    // Root may have let the database's group walk through (0710); nobody else ever may.
    if (((await stat(folder)).mode & 0o067) !== 0) await chmod(folder, 0o700);
    await mkdir(join(folder, 'logs'), { recursive: true, mode: 0o700 });
    return folder;
  } catch (error) {
    if (hasCode(error, 'EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'))
      throw new StartRefused(
        `The data folder ${path} cannot be used by this user. Start as the user who made it, or choose another with DATA_DIR.`,
      );
    throw error;
  }
}

/**
 * Claims a data folder for this process alone. Raises {@link StartRefused}, having touched nothing, when another
 * process uses it; a claim left by a process that is gone is taken over.
 */
export async function claimDataFolder(folder: string): Promise<DataFolderClaim> {
  const path = join(folder, 'running.json');
  const mine = {
    pid: process.pid,
    startMark: (await processFacts(process.pid))?.startMark ?? '',
    url: '',
    probe: '',
  };
  for (let tries = 0; tries < 100; tries++) {
    if (await putIfAbsent(path, JSON.stringify(mine))) {
      return {
        announce: (url, probe) => writeSecretFile(path, JSON.stringify({ ...mine, url, probe })),
        release: () => rm(path, { force: true }),
      };
    }
    const text = await readIfThere(path);
    if (text === undefined) continue;
    await refuseIfRunning(folder, text);
    await removeStale(path, text);
  }
  throw new StartRefused(`Several starts from ${folder} at once: try again.`);
}

async function refuseIfRunning(folder: string, text: string): Promise<void> {
  const other = parse(text);
  const facts = other && (await processFacts(other.pid));
  if (!other || !facts) return;
  const isCertain = facts.startMark !== '' && other.startMark !== '';
  if (isCertain && facts.startMark !== other.startMark) return;
  const serves = other.probe !== '' && (await answers(other.probe));
  if (!serves && !isCertain) return;
  throw new StartRefused(
    serves
      ? `Aldis is already running from ${folder}: open ${other.url} (process ${other.pid}).`
      : `Process ${other.pid} is using ${folder} already and does not answer${other.url ? ` at ${other.url}` : ''} yet. ` +
          'Wait for it, or end it and start again.',
  );
}

function parse(text: string): RunningNote | undefined {
  try {
    return note.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

const answers = (address: string): Promise<boolean> =>
  fetch(address, { signal: AbortSignal.timeout(1_500) }).then(
    (response) => response.ok,
    () => false,
  );

async function putIfAbsent(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${newSecret().slice(0, 8)}`;
  await writeSecretFile(draft, text);
  try {
    // A link, unlike a rename, never replaces: of two who start at once, one gets the name.
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Removes a stale claim, one process at a time: between reading it again and removing it, nobody can replace it. */
async function removeStale(path: string, stale: string): Promise<void> {
  const clearing = `${path}.clearing`;
  try {
    await mkdir(clearing);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    // Somebody else is at it, or died at it long ago.
    const since = await stat(clearing).then(
      ({ mtimeMs }) => clock.now().getTime() - mtimeMs,
      () => 0,
    );
    if (since > 10_000) await rm(clearing, { recursive: true, force: true });
    await pause(20);
    return;
  }
  try {
    if ((await readIfThere(path)) === stale) await rm(path, { force: true });
  } finally {
    await rm(clearing, { recursive: true, force: true });
  }
}

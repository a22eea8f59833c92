import { readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from '../secret-file.js';
import { exists, isGoneWithin, processFacts, type ProcessFacts } from '../processes.js';
import { StartRefused } from '../start-refused.js';

/** What `postmaster.pid` says (lines 1 and 8 of it). */
export interface PostmasterLock {
  pid: number;
  isReady: boolean;
}

const lockFile = (dataDir: string): string => join(dataDir, 'postmaster.pid');

/** The lock in a server's data folder; `undefined` when there is none or it is half written. */
export async function readPostmasterLock(dataDir: string): Promise<PostmasterLock | undefined> {
  const lines = (await readIfThere(lockFile(dataDir)))?.split('\n');
  const pid = Number(lines?.[0]);
  return lines && Number.isInteger(pid) && pid > 0
    ? { pid, isReady: lines[7]?.trim() === 'ready' }
    : undefined;
}

/**
 * Clears the way for a new server: one that outlived a killed parent is shut down in order; a lock whose process is
 * dead but unreaped, or whose id went to another program, is made over to us, because PostgreSQL never takes its own
 * parent for a rival. The lock is not removed: PostgreSQL still checks through it that no old backend is left.
 */
export async function retireOldPostmaster(dataDir: string, log: (line: string) => void): Promise<void> {
  const lock = await readPostmasterLock(dataDir);
  if (!lock) return;
  const facts = await processFacts(lock.pid);
  if (facts && (await isPostmasterOf(dataDir, facts))) {
    log(`a database server from an earlier start is still running (process ${lock.pid}): stopping it first`);
    await shutDown(lock.pid);
  } else if (exists(lock.pid)) {
    const text = await readFile(lockFile(dataDir), 'utf8');
    await writeFile(lockFile(dataDir), text.replace(/^-?\d+/, String(process.pid)));
  }
}

async function isPostmasterOf(dataDir: string, facts: ProcessFacts): Promise<boolean> {
  if (!/\bpostgres\b/.test(facts.command)) return false;
  const path = await realpath(dataDir);
  return facts.folder === path || facts.command.includes(path);
}

/** Fast shutdown (SIGINT), after ten seconds immediate shutdown (SIGQUIT), which the next start recovers from. */
export async function shutDown(pid: number): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (exists(pid)) process.kill(pid, signal);
    if (await isGoneWithin(pid, 10_000)) return;
  }
  throw new StartRefused(
    `The database server (process ${pid}) does not stop. End it by hand, then start again.`,
  );
}

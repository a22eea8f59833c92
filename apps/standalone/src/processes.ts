import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { hasCode } from './secret-file.js';

const run = promisify(execFile);
const hasProc = platform() === 'linux';

/** What the operating system tells about a running process. */
export interface ProcessFacts {
  /** Differs between two processes that had the same id one after the other; empty when it cannot be told. */
  startMark: string;
  command: string;
  /** Its current folder, where that can be told. */
  folder: string;
}

/** Facts about a process; `undefined` when it is gone, or dead and only waits to be reaped. */
export async function processFacts(pid: number): Promise<ProcessFacts | undefined> {
  if (!exists(pid)) return undefined;
  return hasProc ? factsFromProc(pid) : factsFromPs(pid);
}

/** Whether an id is taken, be it by a dead process that nobody has reaped. */
export function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Waits until a process is gone; answers whether it went within that many milliseconds. */
export async function isGoneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (let waited = 0; waited < milliseconds; waited += 50) {
    if (!(await processFacts(pid))) return true;
    await wait(50);
  }
  return (await processFacts(pid)) === undefined;
}

async function factsFromProc(pid: number): Promise<ProcessFacts | undefined> {
  const [stat, command, folder] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined),
    readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
    readlink(`/proc/${pid}/cwd`).catch(() => ''),
  ]);
  if (stat === undefined) return undefined;
  // The second field is the name in brackets and may hold spaces; proc(5) numbers the rest from 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  return { startMark: fields[19] ?? '', command: command.split('\0').join(' ').trim(), folder };
}

async function factsFromPs(pid: number): Promise<ProcessFacts | undefined> {
  const ask = async (column: string) =>
    run('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' } })
      .then(({ stdout }) => stdout.trim())
      .catch(() => '');
  const [state, startMark, command] = await Promise.all([ask('stat'), ask('lstart'), ask('command')]);
  return state.startsWith('Z') ? undefined : { startMark, command, folder: '' };
}

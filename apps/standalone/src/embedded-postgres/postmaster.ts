import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { DatabaseUser } from './database-user.js';
import { readPostmasterLock, shutDown } from './postmaster-lock.js';
import { postmasterArguments } from './postmaster-settings.js';

/** What a server is started from. */
export interface PostmasterOptions {
  program: string;
  dataDir: string;
  user: DatabaseUser | undefined;
  logFile: string;
}

/** How a start ended: `busy` and `port` are worth another try. */
export type LaunchOutcome = 'ready' | 'busy' | 'port' | { failed: string };

/** One run of the server, from launch to exit. */
export class Postmaster {
  private child: ChildProcess | undefined;

  constructor(private readonly options: PostmasterOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /**
   * Starts the server and waits until it takes connections. `onExit` is called once if it ends after that.
   * It gets its own session, so that Ctrl-C at the terminal reaches us alone and we end things in order.
   */
  async launch(port: number, onExit: () => void): Promise<LaunchOutcome> {
    const { program, dataDir, user, logFile } = this.options;
    const log = await open(logFile, 'a', 0o600);
    const logStart = (await log.stat()).size;
    const child = spawn(program, postmasterArguments(dataDir, port), {
      ...user,
      cwd: dataDir,
      env: { LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    this.child = child;
    let ended: string | undefined;
    child.once('error', (error) => (ended = error.message));
    child.once('exit', () => (ended ??= ''));
    await log.close();
    while (ended === undefined) {
      const lock = await readPostmasterLock(dataDir).catch(() => undefined);
      if (lock?.isReady && lock.pid === child.pid) {
        child.once('exit', onExit);
        return 'ready';
      }
      await wait(15);
    }
    return outcomeOf(ended || (await linesAfter(logFile, logStart)));
  }

  async stop(): Promise<void> {
    if (this.isRunning() && this.child?.pid) await shutDown(this.child.pid);
  }

  /** Ends the server at once; what was committed is safe, and the next start recovers it. */
  abort(): void {
    if (this.isRunning()) this.child?.kill('SIGQUIT');
  }

  private isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }
}

/** Reads the server's last words: whether another one is still going away, or the port went to someone else. */
export function outcomeOf(lastWords: string): LaunchOutcome {
  if (/lock file .* already exists|shared memory block .* still in use/.test(lastWords)) return 'busy';
  if (/could not bind|Address already in use/.test(lastWords)) return 'port';
  return { failed: lastWords.trim().split('\n').slice(-3).join('\n') };
}

async function linesAfter(path: string, position: number): Promise<string> {
  const { size } = await stat(path);
  return size > position ? (await readFile(path)).subarray(position).toString('utf8') : '';
}

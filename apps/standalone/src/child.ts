import { spawn, type ChildProcess } from 'node:child_process';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { restartDelay } from './restart-delay.js';
import { StartRefused } from './start-refused.js';

export interface ChildOptions {
  name: string;
  /** The program's file. */
  script: string;
  env: Record<string, string>;
  logFile: string;
  /** Told in one line what is out of the ordinary. */
  log: (line: string) => void;
  /** Milliseconds that never run backwards. */
  elapsed: () => number;
}

const settled = 60_000;
const logLimit = 20_000_000;
/** Young objects are collected in 8 MiB, often and shortly: in Node's own 64 MiB at once a search waited 10 ms for it. */
const shortPauses = ['--max-semi-space-size=8'];

/**
 * A process of ours that is kept running. It says `{ ready: true }` over its channel when it serves, and ends by itself
 * when the channel closes, so that it never outlives us. It has its own process group: Ctrl-C reaches us alone.
 */
export class Child {
  private child: ChildProcess | undefined;
  private endings = 0;
  private startedAt = 0;
  private isStopping = false;
  private wasReady = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: ChildOptions) {}

  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it and waits until it is ready. Raises {@link StartRefused} with its last words if it ends before. */
  async start(): Promise<void> {
    const { name, logFile } = this.options;
    await keepShort(logFile);
    const child = await this.launch();
    await new Promise<void>((resolve, reject) => {
      child.on('message', (message: unknown) => {
        if (!isReady(message)) return;
        this.wasReady = true;
        resolve();
      });
      child.once('error', reject);
      child.once('exit', () => {
        if (this.wasReady) return;
        lastLines(logFile).then(
          (lines) => reject(new StartRefused(`The ${name} did not start. The end of ${logFile}:\n${lines}`)),
          reject,
        );
      });
    });
  }

  /** Asks it to end (SIGTERM), and makes it end after so many milliseconds. */
  async stop(deadline: number): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.timer);
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const late = setTimeout(() => {
      this.options.log(`the ${this.options.name} did not end within ${deadline / 1000} s: killing it`);
      child.kill('SIGKILL');
    }, deadline);
    child.kill('SIGTERM');
    await gone;
    clearTimeout(late);
  }

  /** Ends it at once. */
  kill(): void {
    this.isStopping = true;
    clearTimeout(this.timer);
    this.child?.kill('SIGKILL');
  }

  private async launch(): Promise<ChildProcess> {
    const { script, env, logFile, elapsed } = this.options;
    const log = await open(logFile, 'a', 0o600);
    this.startedAt = elapsed();
    const child = spawn(process.execPath, [...shortPauses, script], {
      env,
      detached: true,
      stdio: ['ignore', log.fd, log.fd, 'ipc'],
    });
    this.child = child;
    child.once('exit', (code, signal) => this.onExit(signal ?? `code ${code}`));
    child.once('error', (error) =>
      this.options.log(`the ${this.options.name} could not be started: ${error.message}`),
    );
    await log.close();
    return child;
  }

  private onExit(how: string): void {
    if (this.isStopping || !this.wasReady) return;
    const { name, log, elapsed } = this.options;
    this.endings = elapsed() - this.startedAt > settled ? 1 : this.endings + 1;
    const delay = restartDelay(this.endings);
    log(`the ${name} ended (${how}): starting it again in ${delay / 1000} s`);
    this.timer = setTimeout(() => {
      this.launch().catch((error: unknown) => this.onExit(String(error)));
    }, delay);
  }
}

const isReady = (message: unknown): boolean =>
  typeof message === 'object' && message !== null && 'ready' in message && message.ready === true;

/** Sets a long log aside, so that logs of one part never take more than twice the limit. */
async function keepShort(path: string): Promise<void> {
  const size = await stat(path).then(
    (facts) => facts.size,
    () => 0,
  );
  if (size > logLimit) await rename(path, `${path}.1`);
}

async function lastLines(path: string): Promise<string> {
  const text = await readFile(path, 'utf8');
  return text.trimEnd().split('\n').slice(-15).join('\n');
}

import { fork, type ChildProcess as Forked } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { bareEnvironment } from './bare-environment.js';
import { waitUntil } from './waiting.js';

/** An api or a worker as a process of its own: to be killed at any point, frozen, and woken. */
export class ChildProcess {
  /** Everything it has printed so far. */
  output = '';

  private constructor(private readonly forked: Forked) {
    const keep = (text: Buffer) => (this.output += text.toString());
    forked.stdout?.on('data', keep);
    forked.stderr?.on('data', keep);
  }

  /**
   * Resolves once the process serves, or has killed itself before (a worker may find its armed point at once).
   * Raises, with what it printed, when it gives up by itself. With Node's options as in operation.
   */
  static async start(app: 'api' | 'worker', env: Record<string, string>): Promise<ChildProcess> {
    const main = fileURLToPath(new URL(`../../dist/apps/${app}/src/main.js`, import.meta.url));
    const forked = fork(main, {
      env: { ...bareEnvironment, ...env },
      execArgv: ['--max-semi-space-size=8'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const child = new ChildProcess(forked);
    await Promise.race([once(forked, 'message'), once(forked, 'exit')]);
    if (forked.exitCode !== null)
      throw new Error(`the ${app} ended with ${forked.exitCode}: ${child.output}`);
    return child;
  }

  /** Whether the process is still there, awake or frozen. */
  get lives(): boolean {
    return this.forked.exitCode === null && this.forked.signalCode === null;
  }

  kill(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT' | 'SIGTERM'): void {
    this.forked.kill(signal);
  }

  /** Waits for its end; answers the signal that ended it, or null where it ended by itself. */
  async end(): Promise<NodeJS.Signals | null> {
    await waitUntil('the process has ended', () => !this.lives);
    return this.forked.signalCode;
  }

  /** Ends it for good, whatever state it is in. */
  async stop(): Promise<void> {
    this.kill('SIGKILL');
    await this.end();
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A raw limit as a process of its own, so that it shares its event loop with nothing that is measured. */
export class BareProcess {
  private constructor(private readonly child: ChildProcess) {}

  static async start(file: URL, env: Record<string, string>): Promise<BareProcess> {
    const child = fork(fileURLToPath(file), { env: { PATH: process.env.PATH, ...env }, stdio: 'inherit' });
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
    if (child.exitCode !== null) throw new Error(`${file.pathname} ended with ${child.exitCode}`);
    return new BareProcess(child);
  }

  /** Gives it an order and waits for what it answers. */
  async asks(order: object): Promise<unknown> {
    const answer = once(this.child, 'message');
    this.child.send(order);
    return (await answer)[0] as unknown;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }
}

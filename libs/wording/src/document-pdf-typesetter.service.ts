import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import type { Typeset, Typesetting } from './document-pdf-process.service.js';

/** Where it stands beside this file: as TypeScript, which Node runs as it is, or built. */
const program = new URL(`document-pdf-process.service${extname(import.meta.filename)}`, import.meta.url);

/**
 * Typst in a process of its own, which is started with the first document and again after it ended. No thread of this
 * process: a thread inside native code cannot be ended, its memory has no limit of its own, and an abort in it would
 * end everything. It gets no environment, so no key and no password, and does not hold up the end of this process.
 */
export class Typesetter {
  #process: ChildProcess | undefined;

  /**
   * What the allocator took for a long document it does not give back: a process that has more than `memoryKept` bytes
   * afterwards is replaced.
   */
  constructor(private readonly memoryKept = 400_000_000) {}

  /** The process at work or waiting for work. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Sets one document; one at a time. Without an answer after `limit` milliseconds the process is killed: `late`. */
  async set(given: Typesetting, limit: number): Promise<Typeset | 'late' | 'ended'> {
    const child = (this.#process ??= this.start());
    const answer = await new Promise<Typeset | 'late' | 'ended'>((resolve) => {
      const timer = setTimeout(() => settle('late'), limit);
      const ended = () => settle('ended');
      const settle = (found: Typeset | 'late' | 'ended'): void => {
        clearTimeout(timer);
        child.off('message', settle).off('exit', ended).off('error', ended);
        resolve(found);
      };
      child.on('message', settle).on('exit', ended).on('error', ended);
      child.send(given, (error) => error && ended());
    });
    if (typeof answer === 'string' || !answer.loaded || answer.resident > this.memoryKept) this.end(child);
    return answer;
  }

  /** Ends the process, whatever it is at, and resolves when it has ended. */
  async close(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    // Somebody waits for its end now.
    child.ref();
    this.end(child);
    await ended;
  }

  private start(): ChildProcess {
    const child = fork(program, {
      execArgv: [],
      env: {},
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.unref();
    child.channel?.unref();
    const gone = () => this.forget(child);
    return child.once('exit', gone).on('error', gone);
  }

  private end(child: ChildProcess): void {
    child.kill('SIGKILL');
    this.forget(child);
  }

  private forget(child: ChildProcess): void {
    if (this.#process === child) this.#process = undefined;
  }
}

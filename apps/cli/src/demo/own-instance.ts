import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const standalone = fileURLToPath(new URL('../../../standalone/src/main.js', import.meta.url));

/** A whole instance on a free port, in a folder of its own that is removed when it is stopped. */
export class OwnInstance {
  readonly folder = mkdtempSync(join(tmpdir(), 'aldis-demo-'));
  /** Never resolves; rejects when the instance ends without having been asked to. */
  readonly lost: Promise<never>;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;
  private readonly address: Promise<string>;
  private said = '';
  private stopping: Promise<void> | undefined;

  constructor() {
    this.child = spawn(process.execPath, [standalone], {
      // Nothing of the caller's own set-up: the demo must not touch a real database or mail server.
      env: { PORT: '0', DATA_DIR: this.folder, RATE_LIMIT_PER_MINUTE: '1000000' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Ctrl-C reaches the demo alone, which then stops it in order.
      detached: true,
    });
    this.ended = once(this.child, 'exit').catch(() => undefined);
    this.lost = new Promise((_, reject) => {
      void this.ended.then(() => {
        if (!this.stopping) reject(new Error(`The instance ended by itself:\n${this.said}`));
      });
    });
    this.lost.catch(() => undefined);
    this.address = new Promise((resolve) => {
      for (const stream of [this.child.stdout, this.child.stderr])
        stream?.on('data', (chunk: Buffer) => {
          this.said += chunk.toString('utf8');
          const [, url] = /Web and API\s+(http:\/\/\S+?)\/?\s/.exec(this.said) ?? [];
          if (url) resolve(url);
        });
    });
  }

  /** Where it serves, once it does. Rejects with its last words when it does not start. */
  async ready(): Promise<string> {
    return Promise.race([this.address, this.lost]);
  }

  /** Stops it and removes all that it wrote; however often it is called. */
  async stop(): Promise<void> {
    this.stopping ??= this.end();
    return this.stopping;
  }

  private async end(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
    const place = await databasePlace(this.folder);
    for (const folder of new Set([place, this.folder])) await rm(folder, { recursive: true, force: true });
  }
}

/** The folder that holds `postgres/`: the data folder, or the one that it names (see apps/standalone). */
export const databasePlace = async (folder: string): Promise<string> =>
  readFile(join(folder, 'database-elsewhere'), 'utf8').then(
    (text) => text.trim(),
    () => folder,
  );

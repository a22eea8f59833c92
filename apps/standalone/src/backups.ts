import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clock } from '#libs/runtime';
import { outdated, untilNext } from './backup-plan.js';

const cli = fileURLToPath(new URL('../../cli/src/main.js', import.meta.url));
/** Milliseconds after which a backup that did not succeed is tried again. */
const retryAfter = 3_600_000;

export interface BackupOptions {
  folder: string;
  recoveryKey: string | undefined;
  everyHours: number;
  keep: number;
  /** What the command needs: addresses of the database, place of the keys. */
  env: Record<string, string>;
  log: (line: string) => void;
}

/** Makes backups in a rhythm, by the operator's own command, and removes the oldest. */
export class Backups {
  private timer: NodeJS.Timeout | undefined;
  private running: ChildProcess | undefined;
  private stopped = false;

  constructor(private readonly options: BackupOptions) {}

  /** Makes one when it is due and plans the next. Failures are told and tried again; they stop nothing. */
  async start(): Promise<void> {
    const { folder, everyHours } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    this.plan(untilNext(await readdir(folder), clock.now(), everyHours));
  }

  async stop(): Promise<void> {
    this.kill();
    if (this.running) await once(this.running, 'close');
  }

  kill(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.running?.kill('SIGTERM');
  }

  private plan(milliseconds: number): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.turn(), milliseconds);
  }

  private async turn(): Promise<void> {
    const { folder, everyHours, log } = this.options;
    const succeeded = await this.make().catch(() => false);
    if (this.stopped) return;
    if (!succeeded) {
      log('WARNING: the backup did not succeed. It is tried again in an hour.');
      return this.plan(retryAfter);
    }
    const names = await readdir(folder);
    for (const name of outdated(names, this.options.keep))
      await rm(join(folder, name), { recursive: true, force: true });
    this.plan(untilNext(names, clock.now(), everyHours));
  }

  private async make(): Promise<boolean> {
    const { folder, recoveryKey, env, log } = this.options;
    const words = ['backup', '--to', folder, ...(recoveryKey ? ['--recovery-key', recoveryKey] : [])];
    const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.running = child;
    const told = (chunk: Buffer) => {
      for (const line of chunk.toString('utf8').split('\n').filter(Boolean)) log(`backup: ${line}`);
    };
    child.stdout.on('data', told);
    child.stderr.on('data', told);
    const [code] = (await once(child, 'close')) as [number | null];
    this.running = undefined;
    return code === 0;
  }
}

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
    await this.trying(async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const names = await readdir(folder);
      // Nobody else makes backups here while this starts: what is unfinished was broken off.
      for (const name of names.filter((each) => each.endsWith('.unfinished'))) await this.remove(name);
      return untilNext(names, clock.now(), everyHours);
    });
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
    const { folder, everyHours, keep } = this.options;
    await this.trying(async () => {
      if (!(await this.make())) return undefined;
      const names = await readdir(folder);
      for (const name of outdated(names, keep)) await this.remove(name);
      return untilNext(names, clock.now(), everyHours);
    });
  }

  /** Plans the next turn in as many milliseconds as the work answers; in an hour, and with a warning, when it fails. */
  private async trying(work: () => Promise<number | undefined>): Promise<void> {
    const next = await work().catch(() => undefined);
    if (this.stopped) return;
    if (next === undefined)
      this.options.log('WARNING: the backup did not succeed. It is tried again in an hour.');
    this.plan(next ?? retryAfter);
  }

  private async remove(name: string): Promise<void> {
    await rm(join(this.options.folder, name), { recursive: true, force: true });
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

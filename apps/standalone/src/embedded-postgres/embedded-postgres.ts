import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freeLoopbackPort } from '../loopback-port.js';
import { newSecret, readIfThere, writeSecretFile } from '../secret-file.js';
import { StartRefused } from '../start-refused.js';
import { ensureCluster } from './cluster.js';
import { databasePlace } from './database-place.js';
import { databaseUser } from './database-user.js';
import { Postmaster } from './postmaster.js';
import { retireOldPostmaster } from './postmaster-lock.js';
import { postgresBinaries } from './postgres-binaries.js';

export interface EmbeddedPostgresOptions {
  /** The data folder; made when missing. The server's data lie in `postgres/` inside it, or see `isElsewhere`. */
  dataDir: string;
  /** Told in one line what is out of the ordinary. */
  log: (line: string) => void;
  /** Start the server again, on the same port, when it dies by itself. */
  keepAlive?: boolean;
}

/** A running PostgreSQL of our own, on 127.0.0.1. */
export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number | undefined;
  /** The server's data. */
  readonly dataDir: string;
  /** Whether that is outside the data folder, because the database's user cannot reach that one. */
  readonly isElsewhere: boolean;
  readonly superuserUrl: string;
  /** The address of a database, as the superuser when no user is given. */
  url(database: string, user?: string, password?: string): string;
  /** Fast shutdown; resolves when the server is gone. */
  stop(): Promise<void>;
  /** Immediate shutdown, without waiting. */
  abort(): void;
}

const attempts = 120;
const pause = 100;

/**
 * Starts PostgreSQL in a data folder, whatever an earlier start left there (a server that still runs, a stale lock).
 * Raises {@link StartRefused} with advice when it cannot.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const logs = join(options.dataDir, 'logs');
  await mkdir(options.dataDir, { recursive: true, mode: 0o700 });
  await mkdir(logs, { recursive: true, mode: 0o700 });
  const folder = await realpath(options.dataDir);
  const user = await databaseUser();
  const place = await databasePlace(folder, user);
  const binaries = await postgresBinaries(user, place.folder);
  const password = await superuserPassword(folder, place.folder);
  const dataDir = await ensureCluster(place.folder, user, binaries, password);
  await retireOldPostmaster(dataDir, options.log);
  const postmaster = new Postmaster({
    program: binaries.postgres,
    dataDir,
    user,
    logFile: join(logs, 'postgres.log'),
  });
  const running = new KeptPostmaster(postmaster, options);
  const port = await running.start();
  const url = (database: string, name = 'postgres', secret = password) =>
    `postgresql://${encodeURIComponent(name)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    port,
    get pid() {
      return postmaster.pid;
    },
    dataDir,
    isElsewhere: place.isElsewhere,
    superuserUrl: url('postgres'),
    url,
    stop: () => running.stop(),
    abort: () => running.abort(),
  };
}

/** The server under its keeper: tries again while an old one goes away, and revives it when it dies. */
class KeptPostmaster {
  private isStopping = false;

  constructor(
    private readonly postmaster: Postmaster,
    private readonly options: EmbeddedPostgresOptions,
  ) {}

  async start(samePort?: number): Promise<number> {
    let port = samePort ?? (await freeLoopbackPort());
    for (let attempt = 1; attempt <= attempts && !this.isStopping; attempt++) {
      const outcome = await this.postmaster.launch(port, () => this.onExit(port));
      if (outcome === 'ready') return port;
      if (typeof outcome === 'object')
        throw new StartRefused(`The database did not start: ${outcome.failed}`);
      if (outcome === 'port' && samePort === undefined) port = await freeLoopbackPort();
      else await wait(pause);
    }
    throw new StartRefused(
      `The database did not start within ${(attempts * pause) / 1000} s: another server still uses its data or port.`,
    );
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await this.postmaster.stop();
  }

  abort(): void {
    this.isStopping = true;
    this.postmaster.abort();
  }

  private onExit(port: number): void {
    if (this.isStopping || !this.options.keepAlive) return;
    this.options.log('the database server ended by itself: starting it again');
    this.start(port).catch((error: unknown) => {
      if (!this.isStopping) this.options.log(error instanceof Error ? error.message : String(error));
    });
  }
}

async function superuserPassword(folder: string, placeFolder: string): Promise<string> {
  const path = join(folder, 'database-superuser');
  const known = (await readIfThere(path))?.trim();
  if (known) return known;
  if (await readIfThere(join(placeFolder, 'postgres', 'PG_VERSION')))
    throw new StartRefused(
      `The file ${path} is missing: it holds the password of the database beside it. Put it back.`,
    );
  const made = newSecret();
  await writeSecretFile(path, `${made}\n`);
  return made;
}

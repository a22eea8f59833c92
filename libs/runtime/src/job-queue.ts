import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type RedisOptions,
} from 'bullmq';
import pg from 'pg';
import type { Logger } from './logging.js';

/** What travels through the queue: a row's id and which attempt is meant. Never anything else. */
export interface Job {
  id: string;
  attempt: number;
}

/** Where the queue is: Redis when an address is given, else the database's own back end. */
export interface QueueOptions {
  redisUrl?: string | undefined;
  databaseUrl: string;
  logger: Logger;
}

const schema = 'bullmq';
/** One queue an instance: it only says which row is due. */
const name = 'due';
const patience = 1_500;

const Redis = withBackend(createRedisBackend);
const Postgres = withBackend(createPostgresBackend);
type Queue = InstanceType<typeof Redis.Queue<Job>> | InstanceType<typeof Postgres.Queue<Job>>;
type Worker = InstanceType<typeof Redis.Worker<Job>> | InstanceType<typeof Postgres.Worker<Job>>;

/** Makes the queue's own schema in the database, as its owner, and lets the given roles use it. */
export async function prepareQueueSchema(ownerUrl: string, roles: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await runMigrations(client, schema);
    const grantees = roles.map((role) => client.escapeIdentifier(role)).join(', ');
    // The queue's own sequence is otherwise made by the first to add a job, who may not make anything.
    await client.query(`SELECT ${schema}.next_job_id($1)`, [name]);
    await client.query(`
      GRANT USAGE ON SCHEMA ${schema} TO ${grantees};
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${grantees};
      GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${grantees};
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${schema} TO ${grantees}`);
  } finally {
    await client.end();
  }
}

const jobId = (job: Job): string => `n-${job.id}-${job.attempt}`;

function redisConnection(redisUrl: string, more: RedisOptions): RedisOptions {
  const address = new URL(redisUrl);
  return {
    host: address.hostname,
    port: Number(address.port || 6379),
    ...(address.username ? { username: decodeURIComponent(address.username) } : {}),
    ...(address.password ? { password: decodeURIComponent(address.password) } : {}),
    ...(address.pathname.length > 1 ? { db: Number(address.pathname.slice(1)) } : {}),
    ...(address.protocol === 'rediss:' ? { tls: {} } : {}),
    // The default back-off grows to 20 s; a duty officer must not wait for it.
    retryStrategy: (times) => Math.min(200 * 2 ** times, 2_000),
    ...more,
  };
}

function postgresPool(databaseUrl: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max,
    application_name: 'aldis-queue',
    options: `-c search_path=${schema},public`,
    connectionTimeoutMillis: 3_000,
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  return pool;
}

/** The sending end. A failed ring is no loss: the sweep finds the row. */
export class Doorbell {
  private queue: Queue | undefined;
  private pool: pg.Pool | undefined;

  constructor(private readonly options: QueueOptions) {}

  /** Announces jobs; answers false, and never raises, when the queue could not take them in time. */
  async ring(jobs: readonly Job[]): Promise<boolean> {
    if (jobs.length === 0) return true;
    try {
      await within(patience, this.add(jobs));
      return true;
    } catch (error) {
      this.options.logger.warn({ jobs: jobs.length, reason: reasonOf(error) }, 'the queue did not take jobs');
      // A queue that never became ready does not heal by itself: start afresh with the next ring.
      await this.close();
      return false;
    }
  }

  async close(): Promise<void> {
    const { queue, pool } = this;
    this.queue = undefined;
    this.pool = undefined;
    await within(patience, Promise.resolve(queue?.close())).catch(() => undefined);
    await pool?.end().catch(() => undefined);
  }

  private async add(jobs: readonly Job[]): Promise<void> {
    this.queue ??= this.open();
    await this.queue.addBulk(
      jobs.map((job) => ({
        name,
        data: job,
        opts: { jobId: jobId(job), attempts: 1, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  private open(): Queue {
    const { redisUrl, databaseUrl, logger } = this.options;
    const queue = redisUrl
      ? new Redis.Queue<Job>(name, {
          connection: redisConnection(redisUrl, {
            enableOfflineQueue: false,
            maxRetriesPerRequest: 1,
            connectTimeout: 1_000,
          }),
        })
      : new Postgres.Queue<Job>(name, {
          connection: (this.pool = postgresPool(databaseUrl, 2)),
        });
    queue.on('error', (error: Error) => logger.debug({ reason: error.message }, 'queue connection'));
    return queue;
  }
}

export interface ListenerOptions extends QueueOptions {
  concurrency: number;
}

/** The receiving end: calls `onJob` for each announced job, at most `concurrency` at once. */
export class JobListener {
  private readonly worker: Worker;
  private readonly pool: pg.Pool | undefined;

  constructor(options: ListenerOptions, onJob: (job: Job) => Promise<void>) {
    const { redisUrl, databaseUrl, concurrency, logger } = options;
    const run = async (job: { data: Job }) => onJob(job.data);
    const common = {
      concurrency,
      maxStalledCount: 0,
      removeOnComplete: { count: 0 },
      removeOnFail: { count: 0 },
    };
    if (redisUrl) {
      const connection = redisConnection(redisUrl, { maxRetriesPerRequest: null });
      this.worker = new Redis.Worker<Job>(name, run, { ...common, connection });
    } else {
      this.pool = postgresPool(databaseUrl, concurrency + 2);
      this.worker = new Postgres.Worker<Job>(name, run, { ...common, connection: this.pool });
    }
    this.worker.on('error', (error: Error) => logger.debug({ reason: error.message }, 'queue connection'));
    this.worker.on('failed', (_job, error) => logger.warn({ reason: reasonOf(error) }, 'a job failed'));
  }

  /** Stops taking jobs; waits for the running ones, but not longer than `milliseconds`. */
  async close(milliseconds: number): Promise<void> {
    await within(milliseconds, this.worker.close()).catch(() =>
      this.worker.close(true).catch(() => undefined),
    );
    await this.pool?.end().catch(() => undefined);
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

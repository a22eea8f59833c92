import {
  createPostgresBackend,
  createRedisBackend,
  runMigrations,
  withBackend,
  type RedisOptions,
} from 'bullmq';
import { Redis as RedisClient } from 'ioredis';
import pg from 'pg';
import type { Logger } from './logging.js';
import { QuietClient } from './quiet-client.js';

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
export const queueName = 'due';
const patience = 1_500;

/** The queue's classes on either back end. */
export const Redis = withBackend(createRedisBackend);
export const Postgres = withBackend(createPostgresBackend);
type Queue = InstanceType<typeof Redis.Queue<Job>> | InstanceType<typeof Postgres.Queue<Job>>;

/** Makes the queue's own schema in the database, as its owner, and lets the given roles use it. */
export async function prepareQueueSchema(ownerUrl: string, roles: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await runMigrations(client, schema);
    const grantees = roles.map((role) => client.escapeIdentifier(role)).join(', ');
    // The queue's own sequence is otherwise made by the first to add a job, who may not make anything.
    await client.query(`SELECT ${schema}.next_job_id($1)`, [queueName]);
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

/** How a Redis is reached; `more` as the end needs it. */
export function redisConnection(redisUrl: string, more: RedisOptions): RedisOptions {
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

/** For the sending end: fails at once when it cannot reach the server. */
function redisClient(redisUrl: string): RedisClient {
  const client = new RedisClient(
    redisConnection(redisUrl, { enableOfflineQueue: false, maxRetriesPerRequest: 1, connectTimeout: 1_000 }),
  );
  client.on('error', () => undefined);
  return client;
}

/** Connections to the queue's own schema. */
export function postgresPool(databaseUrl: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    Client: QuietClient,
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
  private redis: RedisClient | undefined;

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
    const { queue, pool, redis } = this;
    this.queue = undefined;
    this.pool = undefined;
    this.redis = undefined;
    await within(patience, Promise.resolve(queue?.close())).catch(() => undefined);
    // The queue leaves a connection that is just being made anew to itself, and it would be made for ever.
    redis?.disconnect();
    await pool?.end().catch(() => undefined);
  }

  private async add(jobs: readonly Job[]): Promise<void> {
    this.queue ??= this.open();
    await this.queue.addBulk(
      jobs.map((job) => ({
        name: queueName,
        data: job,
        opts: { jobId: jobId(job), attempts: 1, removeOnComplete: true, removeOnFail: true },
      })),
    );
  }

  private open(): Queue {
    const { redisUrl, databaseUrl, logger } = this.options;
    const queue = redisUrl
      ? new Redis.Queue<Job>(queueName, { connection: (this.redis = redisClient(redisUrl)) })
      : new Postgres.Queue<Job>(queueName, {
          connection: (this.pool = postgresPool(databaseUrl, 2)),
        });
    queue.on('error', (error: Error) => logger.debug({ reason: error.message }, 'queue connection'));
    return queue;
  }
}

/** What an error says, for a log line. */
export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** The promise's value; raises when it takes longer. */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
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

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import {
  Postgres,
  postgresPool,
  queueName,
  reasonOf,
  Redis,
  redisConnection,
  within,
  type Job,
  type QueueOptions,
} from './job-queue.js';

type Worker = InstanceType<typeof Redis.Worker<Job>> | InstanceType<typeof Postgres.Worker<Job>>;

/** Milliseconds before what failed at the queue is tried again. */
const pause = 500;

/** For the receiving end, which repeats at once what has failed: an error is held back for a moment. */
function unhurriedPool(databaseUrl: string, max: number): pg.Pool {
  const pool = postgresPool(databaseUrl, max);
  const ask = pool.query.bind(pool) as (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  const askUnhurriedly: typeof ask = async (text, values) =>
    ask(text, values).catch(async (error: unknown) => {
      await sleep(pause);
      throw error;
    });
  return Object.assign(pool, { query: askUnhurriedly });
}

export interface ListenerOptions extends QueueOptions {
  concurrency: number;
}

/** The receiving end: calls `onJob` for each announced job, at most `concurrency` at once. */
export class JobListener {
  private readonly pool: pg.Pool | undefined;
  private readonly opened: Promise<void>;
  private worker: Worker;
  private closed = false;

  constructor(
    private readonly options: ListenerOptions,
    private readonly onJob: (job: Job) => Promise<void>,
  ) {
    const { redisUrl, databaseUrl, concurrency } = options;
    this.pool = redisUrl ? undefined : unhurriedPool(databaseUrl, concurrency + 2);
    this.worker = this.newWorker();
    this.opened = this.open();
  }

  /** Stops taking jobs; waits for the running ones, but not longer than `milliseconds`. */
  async close(milliseconds: number): Promise<void> {
    this.closed = true;
    await within(milliseconds, this.opened).catch(() => undefined);
    await within(milliseconds, this.worker.close()).catch(() =>
      this.worker.close(true).catch(() => undefined),
    );
    await this.pool?.end().catch(() => undefined);
  }

  /**
   * A worker whose first look at the database fails never looks again, and spins without ever letting anything else
   * run: so it is only started once it is ready, and made anew until it is.
   */
  private async open(): Promise<void> {
    if (!this.pool) return;
    while (!this.closed) {
      const { worker } = this;
      try {
        await worker.waitUntilReady();
        worker.run().catch((error: unknown) => this.note(error));
        return;
      } catch (error) {
        this.note(error);
        await worker.close(true).catch(() => undefined);
        await sleep(pause);
        if (!this.closed) this.worker = this.newWorker();
      }
    }
  }

  private newWorker(): Worker {
    const { redisUrl, concurrency, logger } = this.options;
    const run = async (job: { data: Job }) => this.onJob(job.data);
    const common = {
      ...{ concurrency, maxStalledCount: 0, runRetryDelay: 2_000 },
      ...{ removeOnComplete: { count: 0 }, removeOnFail: { count: 0 } },
    };
    const worker: Worker = this.pool
      ? new Postgres.Worker<Job>(queueName, run, { ...common, autorun: false, connection: this.pool })
      : new Redis.Worker<Job>(queueName, run, {
          ...common,
          connection: redisConnection(redisUrl ?? '', { maxRetriesPerRequest: null }),
        });
    worker.on('error', (error: Error) => this.note(error));
    worker.on('failed', (_job, error) => logger.warn({ reason: reasonOf(error) }, 'a job failed'));
    return worker;
  }

  private note(error: unknown): void {
    this.options.logger.debug({ reason: reasonOf(error) }, 'queue connection');
  }
}

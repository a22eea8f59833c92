import type { Instance } from './instance.js';
import type { BackEnd } from './settings.js';

/** What can befall the queue, in whichever back end it lives. */
export interface QueueOutage {
  /** From now on it answers nobody. */
  down(): Promise<void>;
  /** It answers again; on Redis with nothing in it. */
  up(): Promise<void>;
  /** Everything in it is gone from one moment to the next. */
  empty(): Promise<void>;
}

/** Outages of an instance's queue: its Redis killed and flushed, or its schema in PostgreSQL moved away and emptied. */
export function queueOutage(instance: Instance, queue: BackEnd): QueueOutage {
  const { redis, database } = instance;
  if (queue === 'postgres')
    return {
      down: async () => void (await database.rows('ALTER SCHEMA bullmq RENAME TO bullmq_away')),
      up: async () => void (await database.rows('ALTER SCHEMA bullmq_away RENAME TO bullmq')),
      empty: async () => void (await database.rows('DELETE FROM bullmq.job')),
    };
  if (!redis) throw new Error('the instance has no Redis');
  return { down: () => redis.kill(), up: () => redis.start(), empty: () => redis.flush() };
}

import { createHash } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { databaseCode, isDatabaseUnavailable } from './database.js';
import { failpoint } from './failpoint.js';
import { Problem } from './problem.js';

/** Who works, for which party and body, and to what end. Row level security shows nothing without it. */
export interface Identity {
  /** An account's id, `link:<notice>`, or the name of a process. */
  actor: string;
  party: string | null;
  body: string | null;
  purpose: string;
  /** The hash of a secret that the caller showed (a session, a link): opens exactly that row. */
  presented?: string;
}

/** A running transaction. Only {@link UnitOfWork} makes one, so what asks for it cannot happen outside a change. */
export class Tx {
  private readonly afterCommit: (() => void)[] = [];

  constructor(
    readonly manager: EntityManager,
    readonly identity: Identity,
  ) {}

  /** Rows of one SQL statement; parameters as `$1`, `$2`. */
  async query<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const result: unknown = await this.manager.query(sql, parameters);
    // TypeORM answers [rows, count] for UPDATE and DELETE, rows for everything else.
    const rows =
      Array.isArray(result) &&
      result.length === 2 &&
      Array.isArray(result[0]) &&
      typeof result[1] === 'number'
        ? result[0]
        : result;
    return rows as Row[];
  }

  /**
   * Rows of a statement that each connection plans once and keeps: for what is asked often and costs more to plan than to
   * run. Only for constant texts, of which there are few, that name their columns; nothing that a plan depends on
   * (`$1 IS NULL OR …`) belongs in a parameter. Raises what {@link query} raises, as the driver words it.
   */
  async prepared<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const runner = this.manager.queryRunner;
    if (!runner || runner.isReleased) throw new Error('the transaction is over');
    const connection = (await runner.connect()) as Connection;
    const { rows } = await connection.query({ name: nameOf(sql), text: sql, values: parameters });
    return rows as Row[];
  }

  /**
   * From here to the end of the transaction, what is {@link prepared} runs by the plan that was kept, whatever its
   * parameters: else the server may think it worth planning anew each time.
   */
  async keepPlans(): Promise<void> {
    await this.prepared(`SELECT set_config('plan_cache_mode', 'force_generic_plan', true)`);
  }

  /**
   * Asks several things at once, none of which needs another's answer: they are sent together, and done in their order.
   * Raises what went wrong, once all have ended: nothing of them is under way when the transaction is.
   */
  async atOnce<Answers extends readonly unknown[]>(asked: {
    [Nth in keyof Answers]: Answers[Nth] | Promise<Answers[Nth]>;
  }): Promise<Answers> {
    const ended = await Promise.allSettled(asked);
    const faults = ended.flatMap((one): unknown[] => (one.status === 'rejected' ? [one.reason] : []));
    // What comes after a statement that failed fails for that alone.
    const [first] = [...faults.filter((fault) => databaseCode(fault) !== transactionAborted), ...faults];
    if (faults.length > 0) throw first;
    return ended.map((one) => (one.status === 'fulfilled' ? one.value : undefined)) as unknown as Answers;
  }

  /** The database's time (`app.now()`): call it after taking locks, so that times follow the order of commits. */
  async now(): Promise<Date> {
    const [row] = await this.query<{ now: Date }>('SELECT app.now() AS now');
    if (!row) throw new Error('the database did not tell the time');
    return row.now;
  }

  /** Runs once the transaction is on disk. For doorbells only: what must not be lost is a row. */
  onCommit(hook: () => void): void {
    this.afterCommit.push(hook);
  }

  /** Does something to see what comes of it, and takes it back: no row stays and no hook. Raises what it raises. */
  async rehearse<T>(work: () => Promise<T>): Promise<T> {
    const hooks = this.afterCommit.length;
    await this.query('SAVEPOINT rehearsal');
    try {
      return await work();
    } finally {
      await this.query('ROLLBACK TO SAVEPOINT rehearsal');
      await this.query('RELEASE SAVEPOINT rehearsal');
      this.afterCommit.length = hooks;
    }
  }

  /**
   * Does something that the transaction outlives: where it raises, no row of it stays and no hook. Raises what it raises.
   */
  async attempt<T>(work: () => Promise<T>): Promise<T> {
    const hooks = this.afterCommit.length;
    await this.query('SAVEPOINT attempt');
    try {
      const value = await work();
      await this.query('RELEASE SAVEPOINT attempt');
      return value;
    } catch (error) {
      await this.query('ROLLBACK TO SAVEPOINT attempt');
      await this.query('RELEASE SAVEPOINT attempt');
      this.afterCommit.length = hooks;
      throw error;
    }
  }

  committed(): void {
    for (const hook of this.afterCommit) hook();
  }
}

/** A connection of the driver, as far as it is asked past TypeORM, which has no words for statements that are kept. */
interface Connection {
  query(statement: { name: string; text: string; values: unknown[] }): Promise<{ rows: unknown[] }>;
}

const transactionAborted = '25P02';

const names = new Map<string, string>();

/** The same text has the same name on each connection; no two texts share one. */
function nameOf(sql: string): string {
  const known = names.get(sql);
  if (known !== undefined) return known;
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return name;
}

const identify = `SELECT set_config('app.actor', $1, true), set_config('app.party', $2, true),
  set_config('app.body', $3, true), set_config('app.purpose', $4, true), set_config('app.presented', $5, true)`;

/** Transactions under an identity. The one place that opens, commits and rolls back. */
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in one transaction and returns its value once it is committed; anew, from its start, when the
   * database broke it off in favour of another.
   * Raises what `work` raises (nothing is written then); `unavailable` when the database cannot serve;
   * `clearance-needed` when a rule that demands it came into force meanwhile;
   * `outcome-unknown` when the connection was lost during COMMIT: repeat with the same Idempotency-Key.
   * With `REPEATABLE READ` everything is seen as it was at one moment.
   */
  async run<T>(identity: Identity, work: (tx: Tx) => Promise<T>, isolation?: 'REPEATABLE READ'): Promise<T> {
    for (let tries = 1; ; tries++)
      try {
        return await this.once(identity, work, isolation);
      } catch (error) {
        if (!(error instanceof Contention)) throw error;
        if (tries === 3) throw error.problem;
      }
  }

  /**
   * Does each in a transaction of its own, one after the other, and answers of how many it was true. What failed raises
   * after the others, all of it at once.
   */
  async each<T>(
    identity: Identity,
    items: readonly T[],
    work: (tx: Tx, item: T) => Promise<boolean>,
  ): Promise<number> {
    const failures: unknown[] = [];
    let done = 0;
    for (const item of items)
      await this.run(identity, (tx) => work(tx, item))
        .then((isDone) => (done += Number(isDone)))
        .catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw new Error(failures.map(String).join('; '));
    return done;
  }

  private async once<T>(
    identity: Identity,
    work: (tx: Tx) => Promise<T>,
    isolation: 'REPEATABLE READ' | undefined,
  ): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    let committing = false;
    try {
      await runner.connect();
      await runner.startTransaction(isolation);
      const tx = new Tx(runner.manager, identity);
      await tx.prepared(identify, [
        identity.actor,
        identity.party ?? '',
        identity.body ?? '',
        identity.purpose,
        identity.presented ?? '',
      ]);
      const value = await work(tx);
      failpoint(`${identity.purpose}:before-commit`);
      committing = true;
      await runner.commitTransaction();
      failpoint(`${identity.purpose}:after-commit`);
      tx.committed();
      return value;
    } catch (error) {
      // Nobody but this method releases it, unless its connection has broken.
      const lost = runner.isReleased;
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      if (committing) throw commitProblem(error);
      throw isContention(error) ? new Contention(asProblem(error, lost)) : asProblem(error, lost);
    } finally {
      await runner.release().catch(() => undefined);
    }
  }
}

/** The database gave way to another transaction: nothing was written, and it may go through the next time. */
class Contention extends Error {
  constructor(readonly problem: unknown) {
    super('broken off in favour of another transaction');
  }
}

/** Deadlock detected, or a serialization failure. */
const isContention = (error: unknown): boolean => ['40P01', '40001'].includes(databaseCode(error));

/** Raised at COMMIT, where a rule came into force while an act was being done. */
const uncleared = 'AL001';

const commitProblem = (error: unknown): unknown => {
  if (databaseCode(error) === uncleared)
    return new Problem(
      'clearance-needed',
      'A second person has to clear it since a moment ago: ask with POST /api/v1/approvals.',
    );
  return /^(23|40)/.test(databaseCode(error))
    ? error
    : new Problem(
        'outcome-unknown',
        'The connection was lost while saving. Repeat the call with the same key.',
        {
          retryAfter: 2,
        },
      );
};

const asProblem = (error: unknown, lost: boolean): unknown =>
  (lost && !(error instanceof Problem)) || isDatabaseUnavailable(error)
    ? new Problem('unavailable', 'The database does not answer at the moment. Repeat the call.', {
        retryAfter: 2,
      })
    : error;

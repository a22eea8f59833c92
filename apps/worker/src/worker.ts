import { setTimeout as pause } from 'node:timers/promises';
import { ChannelCalls } from '#libs/directory';
import {
  AckLinks,
  Deliveries,
  EndpointChannel,
  listenForReturns,
  MailChannel,
  ReturnAddresses,
  ReturnedMails,
} from '#libs/notifications';
import { entities, wireRequests, type Wired } from '#libs/requests';
import {
  clock,
  connectServing,
  createDatabase,
  createLogger,
  Doorbell,
  JobListener,
  outgoingCalls,
  UnitOfWork,
  type Job,
  type Logger,
  type OutgoingCalls,
  type WorkerEnvironment,
} from '#libs/runtime';
import { LocalKeys, SigningKeys, Vault } from '#libs/vault';
import { houseLanes, housekeeping } from './housekeeping.js';
import { direct, lateAfterSeconds, sweepEvery, sweepLimit } from './timetable.js';

export interface Worker {
  /** Looks once for what is due, rings for it and delivers what the queue has lost; waits for the housekeeping too. */
  sweep(): Promise<void>;
  /** Milliseconds since the last sweep that succeeded. */
  sinceSweep(): number;
  /** Stops taking work; waits for what is running, at most some seconds. */
  close(): Promise<void>;
}

/** The worker: takes announced notices, and sweeps for those that nobody announced. `outgoing` calls endpoints. */
export async function startWorker(
  env: WorkerEnvironment,
  outgoing: Pick<OutgoingCalls, 'fetch'> = outgoingCalls(env),
): Promise<Worker> {
  const logger = createLogger('worker', env.LOG_LEVEL);
  const database = await connected(env);
  const units = new UnitOfWork(database);
  const vault = new Vault(LocalKeys.fromEnvironment(env));
  const queue = { redisUrl: env.REDIS_URL, databaseUrl: env.DATABASE_URL_WORKER, logger };
  const doorbell = new Doorbell(queue);
  const wired = wireRequests({ units, vault, doorbell, publicUrl: env.PUBLIC_URL });
  const { requests, channelWatch } = wired;
  const { mail, stopReturns } = await mailBy(
    env,
    vault,
    new ReturnedMails(units, vault, requests, channelWatch, logger),
    logger,
  );
  const keys = SigningKeys.fromEnvironment(env);
  const channels = { mail, endpoint: new EndpointChannel(outgoing, keys) };
  const deliveries = new Deliveries(units, vault, new AckLinks(vault), channels, env.PUBLIC_URL, logger);
  const deliver = (job: Job) => deliveries.deliver(job, requests, channelWatch);
  const listener = new JobListener({ ...queue, concurrency: env.WORKER_CONCURRENCY }, deliver);

  const channelCalls = new ChannelCalls(units, vault, outgoing, keys, channelWatch);
  const keepHouse = housekeeping(units, keys, logger, { ...wired, channelCalls });
  let sweptAt = clock.elapsed();
  let lateOnes: Promise<void> | undefined;
  let house: Promise<void> | undefined;
  const deliverDue = async (): Promise<void> => {
    const { jobs, late } = await deliveries.due(sweepLimit, lateAfterSeconds);
    await doorbell.ring(jobs);
    // Not awaited: a mail server that answers slowly must not hold up timers and the next sweep.
    lateOnes ??= inTurn(late, direct, deliver).finally(() => (lateOnes = undefined));
  };
  const sweep = async (): Promise<void> => {
    const reminded = await done(() => fireTimers(wired, logger), logger, 'timers were not looked for');
    const delivered = await done(deliverDue, logger, 'deliveries were not looked for');
    if (reminded && delivered) sweptAt = clock.elapsed();
    // Not awaited either: it may take longer than timers and deliveries can wait.
    house = keepHouse();
  };
  const timer = repeat(sweep, logger);
  return {
    sweep: async () => {
      await sweep();
      await house;
    },
    sinceSweep: () => clock.elapsed() - sweptAt,
    close: async () => {
      await timer.stop();
      await Promise.all([listener.close(10_000), stopReturns()]);
      await Promise.race([Promise.all([lateOnes, house]), pause(10_000, undefined, { ref: false })]);
      await doorbell.close();
      mail.close();
      await database.destroy();
    },
  };
}

async function connected(env: WorkerEnvironment) {
  const database = createDatabase({
    ...{ url: env.DATABASE_URL_WORKER, application: 'aldis-worker', entities },
    // Beside deliveries: the sweep, the housekeeping, what comes back, and one to spare.
    poolSize: env.WORKER_CONCURRENCY + direct + houseLanes + 3,
  });
  await connectServing(database);
  return database;
}

/** How mails leave, and who takes what comes back where an operator has that brought here. */
async function mailBy(
  env: WorkerEnvironment,
  vault: Vault,
  returned: ReturnedMails,
  logger: Logger,
): Promise<{ mail: MailChannel; stopReturns: () => Promise<void> }> {
  const { RETURN_ADDRESS: address, RETURN_PORT: port, HOST: host } = env;
  const returns = address === undefined ? undefined : new ReturnAddresses(vault, address);
  const listener = returns && (await listenForReturns({ host, port }, returns, returned, logger));
  const mail = new MailChannel({
    smtpUrl: env.SMTP_URL,
    from: env.MAIL_FROM,
    fromExercise: env.MAIL_FROM_EXERCISE,
    connections: env.WORKER_CONCURRENCY + direct,
    returnTo: returns && ((noticeId) => returns.of(noticeId)),
  });
  return { mail, stopReturns: async () => listener?.close() };
}

/** One line that cannot be reminded must not hold up the others, nor the deliveries. */
async function fireTimers({ reminders }: Pick<Wired, 'reminders'>, logger: Logger): Promise<void> {
  for (const line of await reminders.due(sweepLimit))
    await reminders.fire(line).catch((error: unknown) => {
      logger.error({ line: line.addresseeId, reason: String(error) }, 'a timer did not fire');
    });
}

/** Whether one part of the sweep succeeded; a failure is logged, and the next part has its turn. */
async function done(part: () => Promise<void>, logger: Logger, failed: string): Promise<boolean> {
  return part().then(
    () => true,
    (error: unknown) => {
      logger.warn({ reason: String(error) }, failed);
      return false;
    },
  );
}

/** Runs a task again and again, each time after the one before has ended; a failure is logged and the next comes. */
function repeat(task: () => Promise<void>, logger: Logger): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout;
  let running: Promise<void> = Promise.resolve();
  const tick = () => {
    running = task()
      .catch((error: unknown) => logger.warn({ reason: String(error) }, 'the sweep did not succeed'))
      .then(() => {
        if (!stopped) timer = setTimeout(tick, sweepEvery);
      });
  };
  timer = setTimeout(tick, sweepEvery);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Does the jobs in their order, `lanes` at a time; one that fails does not hold up the others. */
async function inTurn(jobs: readonly Job[], lanes: number, task: (job: Job) => Promise<void>): Promise<void> {
  const waiting = [...jobs];
  const lane = async () => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await task(job).catch(() => undefined);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

import { Forgetting, type AnnouncementMailing, type CheckpointMailing } from '#libs/access';
import type { CallTasks, ChangeCallMailing, ChannelCalls } from '#libs/directory';
import type { ChannelWatch, Confirming, CorrectionMailing } from '#libs/directory';
import type { AheadWarnings, KeyWarnings, ModeMailing } from '#libs/directory';
import { Checkpoints, Journal } from '#libs/ledger';
import type { Findables } from '#libs/directory';
import type { Erasing } from '#libs/requests';
import { clock, type Logger, type UnitOfWork } from '#libs/runtime';
import type { SigningKeys } from '#libs/vault';
import {
  callEvery,
  checkpointTries,
  confirmEvery,
  eraseEvery,
  expireEvery,
  findEvery,
  foldEvery,
  forgetEvery,
  mailEvery,
  modeEvery,
  tellEvery,
  warnEvery,
} from './timetable.js';

/** What is done beside deliveries, beyond the record and what is forgotten. */
export interface Chores {
  announcementMailing: AnnouncementMailing;
  checkpointMailing: CheckpointMailing;
  erasing: Erasing;
  callTasks: CallTasks;
  changeCallMailing: ChangeCallMailing;
  channelCalls: ChannelCalls;
  confirming: Confirming;
  channelWatch: ChannelWatch;
  correctionMailing: CorrectionMailing;
  keyWarnings: KeyWarnings;
  aheadWarnings: AheadWarnings;
  modeMailing: ModeMailing;
  findables: Findables;
}

/** How many of {@link housekeeping}'s tasks are done at the same time: each lane does its own in their order. */
export const houseLanes = 3;

/**
 * What is done beside deliveries: the record is carried on, what is over is forgotten, what is no longer kept is
 * erased, the network's own mails are written, and endpoints are called. Called with each sweep; what is being done already is not begun
 * again but waited for. Erasing may take minutes, and nothing waits for it.
 */
export function housekeeping(
  units: UnitOfWork,
  keys: SigningKeys,
  logger: Logger,
  { announcementMailing, checkpointMailing, erasing, ...directory }: Chores,
): () => Promise<void> {
  const notCarriedOn = 'the record was not carried on';
  const journal = new Journal(units);
  const checkpoints = new Checkpoints(units, keys);
  const forgetting = new Forgetting(units);
  const chores = inOrder([
    atIntervals(foldEvery, () => journal.fold(), logger, notCarriedOn),
    atIntervals(checkpointTries, () => checkpoints.make(), logger, notCarriedOn),
    atIntervals(checkpointTries, () => checkpointMailing.run(), logger, 'a checkpoint was not sent'),
    atIntervals(forgetEvery, () => forgetting.run(), logger, 'what is over was not forgotten'),
    atIntervals(mailEvery, mailOn(announcementMailing, logger), logger, 'an announcement was not mailed on'),
    atIntervals(modeEvery, () => directory.modeMailing.run(), logger, 'a mode was not told of'),
    atIntervals(expireEvery, () => directory.callTasks.expire(), logger, 'call tasks did not expire'),
    atIntervals(tellEvery, () => directory.changeCallMailing.run(), logger, 'a change was not told of'),
    atIntervals(confirmEvery, () => directory.confirming.run(), logger, 'an entry was not asked about'),
    atIntervals(confirmEvery, () => directory.channelWatch.run(), logger, 'a channel was not looked at'),
    atIntervals(
      confirmEvery,
      () => directory.correctionMailing.run(),
      logger,
      'a correction was not told of',
    ),
    atIntervals(warnEvery, () => directory.keyWarnings.run(), logger, 'the end of a key was not warned of'),
    atIntervals(warnEvery, () => directory.aheadWarnings.run(), logger, 'what will be due was not told of'),
    atIntervals(findEvery, () => directory.findables.run(), logger, 'names were not made findable'),
  ]);
  const erase = atIntervals(eraseEvery, () => erasing.run(), logger, 'what is no longer kept was not erased');
  const call = atIntervals(
    callEvery,
    () => directory.channelCalls.run(),
    logger,
    'endpoints were not called',
  );
  const lanes = [onceAtATime(chores), onceAtATime(erase), onceAtATime(call)];
  return async () => {
    await Promise.all(lanes.map((lane) => lane()));
  };
}

const mailOn = (mailing: AnnouncementMailing, logger: Logger) => async () => {
  const { skipped } = await mailing.run();
  if (skipped.length > 0) logger.error({ accounts: skipped }, 'an announcement was not mailed to some');
};

const inOrder = (tasks: readonly (() => Promise<void>)[]) => async () => {
  for (const task of tasks) await task();
};

/** Begins a task unless it is running; answers with the end of the one that is. */
function onceAtATime(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return async () => (running ??= task().finally(() => (running = undefined)));
}

/** A task that is asked for with each sweep and done at intervals; its failure holds up nothing else. */
function atIntervals(
  every: number,
  task: () => Promise<unknown>,
  logger: Logger,
  failed: string,
): () => Promise<void> {
  let doneAt = -Infinity;
  return async () => {
    if (clock.elapsed() - doneAt < every) return;
    doneAt = clock.elapsed();
    await task().catch((error: unknown) => logger.error({ reason: String(error) }, failed));
  };
}

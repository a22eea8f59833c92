import type { ChannelChangeFacts } from '#libs/wording';
import { operatedByPeople, type ChannelKind, type ChannelState } from '../entry-words.js';

/** A channel of the entry that changes, not past its last day, as it stood before the change. */
export interface OldChannel {
  id: string;
  kind: ChannelKind;
  state: ChannelState;
  position: number;
}

/** Who is told of a change: by mail or a call of the worker, and by people who call. Each in the order of the entry. */
export interface WhoIsTold<Channel extends OldChannel> {
  byMachine: Channel[];
  byPeople: Channel[];
}

/**
 * The channels on which a change of an entry is announced. Those that a machine operates: each one that is proven, and the
 * one that ends or is used otherwise also when it is in doubt. Those that people operate: the ones that end or are used
 * otherwise, proven or in doubt; and where no machine is told, the first proven one as well, so that somebody hears of it.
 */
export function whoIsTold<Channel extends OldChannel>(
  { kind, channel: changed }: { kind: ChannelChangeFacts['kind']; channel: string | null },
  channels: readonly Channel[],
): WhoIsTold<Channel> {
  const inOrder = channels
    .filter(({ state }) => state === 'proven' || state === 'suspect')
    .toSorted((one, other) => one.position - other.position);
  const byMachine = inOrder.filter(
    (one) => !isOperatedByPeople(one) && (one.state === 'proven' || isAffected(kind, changed, one.id)),
  );
  const ofPeople = inOrder.filter(isOperatedByPeople);
  const first = byMachine.length === 0 ? ofPeople.find(({ state }) => state === 'proven') : undefined;
  return {
    byMachine,
    byPeople: ofPeople.filter((one) => isAffected(kind, changed, one.id) || one === first),
  };
}

/** Whether a channel is the one that ends or is used otherwise: all of them are, where the whole entry is removed. */
export const isAffected = (
  kind: ChannelChangeFacts['kind'],
  changed: string | null,
  channel: string,
): boolean => kind === 'retire' || channel === changed;

const isOperatedByPeople = ({ kind }: OldChannel): boolean => operatedByPeople.some((one) => one === kind);

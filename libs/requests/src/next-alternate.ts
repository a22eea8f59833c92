import type { Level } from '#libs/directory';
import { noticeChannels, type NoticeChannel } from '#libs/notifications';

/** Whom an addressee's notices go to, best first: technical, else diplomatic, else policy. */
export const whoIsAsked = ['technical', 'diplomatic', 'policy'] as const satisfies readonly Level[];

/** A point of contact, as far as it matters here. */
interface Asked {
  readonly id: string;
  readonly level: Level;
  readonly channels: readonly { kind: string; address: string; state: string }[];
}

/** One channel of a point of contact, as one that could be told. */
export interface Alternate<Contact> {
  contact: Contact;
  channel: NoticeChannel;
  address: string;
}

/**
 * The next channel that a machine operates: of the point of contact whose notice has failed, then of the others by level and order; those in
 * doubt last of all. Nobody is told twice.
 */
export function nextAlternate<Contact extends Asked>(
  contacts: readonly Contact[],
  failed: string | undefined,
  told: ReadonlySet<string>,
): Alternate<Contact> | undefined {
  const asked = whoIsAsked.flatMap((level) => contacts.filter((contact) => contact.level === level));
  const inTurn = [...asked.filter(({ id }) => id === failed), ...asked.filter(({ id }) => id !== failed)];
  const ways = inTurn.flatMap((contact) =>
    contact.channels.flatMap(({ kind, address, state }) => {
      const channel = noticeChannels.find((one) => one === kind);
      return channel && !told.has(address) ? { contact, channel, address, doubted: state === 'suspect' } : [];
    }),
  );
  const next = ways.find(({ doubted }) => !doubted) ?? ways[0];
  return next && { contact: next.contact, channel: next.channel, address: next.address };
}

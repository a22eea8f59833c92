import type { DirectoryEntry, Draft } from '#libs/directory';

const withoutPlace = <T extends { at?: unknown }>({ at: _, ...rest }: T): Omit<T, 'at'> => rest;

/** An entry as it was read, without where it stood: what is compared with an entry that was written. */
export function placeless({ unread: _, at: __, ...entry }: Draft): DirectoryEntry {
  const pointsOfContact = entry.pointsOfContact.map((contact) => ({
    ...withoutPlace(contact),
    channels: contact.channels.map(withoutPlace),
    keys: contact.keys.map(withoutPlace),
  }));
  return { ...entry, pointsOfContact };
}

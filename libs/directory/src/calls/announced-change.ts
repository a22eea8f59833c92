import type { ChannelChangeFacts } from '#libs/wording';
import type { ChannelKind } from '../entry-words.js';

/** A change of an entry as a call announces it, as JSON. No address stands in it. */
export interface AnnouncedChange extends Pick<ChannelChangeFacts, 'kind' | 'isThisOne'> {
  /** The kind of what ends or is used otherwise, and of what comes. */
  ended: ChannelKind | null;
  added: ChannelKind | null;
  decidedAt: string;
}

/**
 * All that a call needs which announces a change, as it was when that was decided: when the call is made the channel may
 * have ended, and the entry may be there no more.
 */
export interface ToldByCall {
  number: string;
  kind: ChannelKind;
  roleNames: Record<string, string>;
  languages: string[];
  zone: string;
  change: AnnouncedChange;
}

/** Where it is sealed, under the key of the party that is called. */
export const toldOf = (task: string) => ({ table: 'call_tasks', row: task, field: 'told' });

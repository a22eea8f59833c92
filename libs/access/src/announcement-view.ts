import type { WrittenText } from '#libs/wording';

/** `administrators`: those of parties, and the network's staff. `everyone`: every account. Never a State of its own. */
export const audiences = ['administrators', 'everyone'] as const;
export type Audience = (typeof audiences)[number];

/** An announcement as one account sees it. */
export interface AnnouncementView {
  id: string;
  title: string;
  text: readonly WrittenText[];
  audience: Audience;
  byMail: boolean;
  announcedAt: string;
  /** The one that it puts right, and the newest that puts this one right. */
  corrects: string | null;
  correctedBy: string | null;
  withdrawn: { at: string; reason: WrittenText } | null;
  /** When the reader has marked it as read; null: unread. */
  readAt: string | null;
  /** To the secretariat: how many accounts, of how many parties, have marked it as read; null to all others. */
  readBy: { accounts: number; parties: number } | null;
}

/**
 * The text for a reader: in their language, or that language without its further subtags (the "lookup" of RFC 4647,
 * 3.4), else the first one that was written. Raises where there is none at all.
 */
export function textFor(texts: readonly WrittenText[], language: string): WrittenText {
  const subtags = language.toLowerCase().split('-');
  for (let length = subtags.length; length > 0; length--) {
    const range = subtags.slice(0, length).join('-');
    const found = texts.find((text) => text.language.toLowerCase() === range);
    if (found) return found;
  }
  const [first] = texts;
  if (!first) throw new Error('an announcement has no text');
  return first;
}

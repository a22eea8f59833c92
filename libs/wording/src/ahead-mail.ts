import { channelRow, entryRows, type LevelName, type MaskedWay } from './entry-rows.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What a mail says that tells ahead of time what will be due of an entry. */
export interface AheadFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly party: string;
  readonly role: string;
  readonly level: LevelName;
  readonly dueAt: Date;
  /** Whether that has come. */
  readonly over: boolean;
  /** Whether the entry is to be confirmed, and has no mailbox that could be asked to. */
  readonly unasked: boolean;
  /** Whose last day it is (`YYYY-MM-DD`), its address masked; null: the entry is to be gone through, or confirmed. */
  readonly channel: (MaskedWay & { readonly lastDay: string }) | null;
  readonly link: string;
}

/** The mail that says that an entry is to be gone through or confirmed soon, or that the last day of a channel comes or is past. */
export function aheadMail(facts: AheadFacts): MailText {
  const { language, instance, dueAt, over, channel } = facts;
  const { ahead, marking } = textsIn(language);
  const party = plainLine(facts.party);
  const ofEntry = facts.unasked ? (over ? ahead.unconfirmed : ahead.toConfirm) : ahead.goThrough;
  const words = channel ? (over ? ahead.past : ahead.lastDay) : ofEntry;
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: words.subject(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: words.sentence(channel?.lastDay ?? formatInstant(dueAt)) },
      {
        kind: 'facts',
        rows: [...entryRows(facts, language), ...channelRow(channel, language)],
      },
      {
        kind: 'paragraph',
        text: channel ? ahead.prolong : facts.unasked ? ahead.byAdministrator : ahead.whole,
      },
      { kind: 'link', label: ahead.look, url: facts.link },
    ],
  };
}

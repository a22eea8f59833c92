import { changeSentence, type SaidChange } from './change-sentence.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What a mail says that tells of a change at a point of contact. It names kinds of channels and no address. */
export interface ChannelChangeFacts extends SaidChange {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Names of the party and of the point of contact in the language of the reader. */
  readonly party: string;
  readonly role: string;
  readonly at: Date;
}

/** The mail to a channel of a point of contact whose channels change, or that is removed. It has no link. */
export function channelChangeMail(facts: ChannelChangeFacts): MailText {
  const { language, instance, party, role, at } = facts;
  const { channelChange: words, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: words.subject(plainLine(role)),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: changeSentence(words, facts, language) },
      {
        kind: 'facts',
        rows: [
          [words.party, plainLine(party)],
          [words.role, plainLine(role)],
          [words.decidedAt, formatInstant(at)],
        ],
      },
      { kind: 'paragraph', text: facts.kind === 'change-use' ? words.byOne : words.byTwo },
      { kind: 'paragraph', text: words.unexpected },
    ],
  };
}

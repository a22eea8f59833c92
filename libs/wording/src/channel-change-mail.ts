import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

type Words = Texts['channelChange'];
type Kind = keyof Words['kinds'];

/** What a mail says that tells of a change at a point of contact. It names kinds of channels and no address. */
export interface ChannelChangeFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly kind: 'add-channel' | 'end-channel' | 'replace-channel' | 'change-use' | 'retire';
  /** Names of the party and of the point of contact in the language of the reader. */
  readonly party: string;
  readonly role: string;
  /** What ends or is used otherwise, and what comes. */
  readonly ended: Kind | null;
  readonly added: Kind | null;
  /** Whether the mailbox that the mail goes to is the one that ends or is used otherwise. */
  readonly isThisOne: boolean;
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
      { kind: 'paragraph', text: sentence(words, facts) },
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

function sentence(words: Words, { kind, ended, added, isThisOne }: ChannelChangeFacts): string {
  const named = (channel: Kind | null) => (channel === null ? '' : words.kinds[channel]);
  if (kind === 'add-channel') return words.added(named(added));
  if (kind === 'retire') return words.retired;
  if (kind === 'change-use') return isThisOne ? words.usedHere : words.usedThere(named(ended));
  if (kind === 'end-channel') return isThisOne ? words.endedHere : words.endedThere(named(ended));
  return isThisOne ? words.replacedHere(named(added)) : words.replacedThere(named(ended), named(added));
}

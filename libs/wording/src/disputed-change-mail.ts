import type { SaidChange } from './change-sentence.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What administrators are told when a callee knew nothing of a change. It names kinds of channels and no address. */
export interface DisputedChangeFacts extends Pick<SaidChange, 'kind' | 'ended' | 'added'> {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Names of the party and of the point of contact in the language of the reader. */
  readonly party: string;
  readonly role: string;
  /** The kind of channel on which somebody was called. */
  readonly called: NonNullable<SaidChange['ended']>;
  readonly decidedAt: Date;
  /** When the callee said so. */
  readonly saidAt: Date;
  /** Where the changes of the point of contact are read. */
  readonly link: string;
}

/** The mail to the administrators of a party: somebody at an old number says that a change is not theirs. */
export function disputedChangeMail(facts: DisputedChangeFacts): MailText {
  const { language, instance, ended, added } = facts;
  const { announcedChange, channelChange, marking } = textsIn(language);
  const { disputed: words } = announcedChange;
  const { kinds } = channelChange;
  const party = plainLine(facts.party);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: words.subject(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: words.sentence },
      {
        kind: 'facts',
        rows: [
          [channelChange.party, party],
          [channelChange.role, plainLine(facts.role)],
          [words.change, words.whats[facts.kind]],
          ...(ended ? [[words.ended, kinds[ended]] as const] : []),
          ...(added ? [[words.added, kinds[added]] as const] : []),
          [channelChange.decidedAt, formatInstant(facts.decidedAt)],
          [words.called, kinds[facts.called]],
          [words.saidAt, formatInstant(facts.saidAt)],
        ],
      },
      { kind: 'paragraph', text: words.todo },
      { kind: 'link', label: words.look, url: facts.link },
    ],
  };
}

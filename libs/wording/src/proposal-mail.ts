import type { LevelName } from './confirmation-mail.js';
import type { ChannelName } from './correction-mail.js';
import { formatInstant } from './instant.js';
import { inGroups } from './key-mails.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

interface MaskedWay {
  readonly kind: ChannelName;
  readonly masked: string;
}

/** What a mail says that tells of a proposal. Addresses are masked before, and the reason stays out of it. */
export interface ProposalFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly what: keyof Texts['proposal']['whats'];
  readonly party: string;
  readonly role: string;
  readonly level: LevelName;
  /** What would end, and what would come. */
  readonly ended: MaskedWay | null;
  readonly added: MaskedWay | null;
  /** The key that would come: `OpenPGP` or `S/MIME`, and its fingerprint, hexadecimal. */
  readonly key: { readonly kind: string; readonly fingerprint: string } | null;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** Until when it can be confirmed; null: as long as it stands. */
  readonly until: Date | null;
  readonly link: string;
}

/** The mail that tells an administrator that something waits for a second person. */
export function proposalMail(facts: ProposalFacts): MailText {
  const { language, instance, ended, added, key, until } = facts;
  const { proposal, entryWords, keyMail, marking } = textsIn(language);
  const party = plainLine(facts.party);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  const way = (label: string, one: MaskedWay | null): [string, string][] =>
    one ? [[label, `${entryWords.channels[one.kind]} ${plainLine(one.masked)}`]] : [];
  return {
    subject: proposal.subject(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: proposal.whats[facts.what] },
      {
        kind: 'facts',
        rows: [
          [entryWords.party, party],
          [entryWords.role, plainLine(facts.role)],
          [entryWords.level, entryWords.levels[facts.level]],
          ...way(proposal.ended, ended),
          ...way(facts.what === 'add-key' ? keyMail.mailbox : proposal.added, added),
          ...(key
            ? [[keyMail.kind, key.kind] as const, [keyMail.fingerprint, inGroups(key.fingerprint)] as const]
            : []),
          [proposal.proposedBy, plainLine(facts.proposedBy)],
          [proposal.proposedAt, formatInstant(facts.proposedAt)],
          ...(until ? [[proposal.until, formatInstant(until)] as const] : []),
        ],
      },
      { kind: 'paragraph', text: proposal.todo },
      { kind: 'link', label: proposal.look, url: facts.link },
      { kind: 'paragraph', text: proposal.unexpected },
    ],
  };
}

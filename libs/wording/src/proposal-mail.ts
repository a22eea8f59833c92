import { channelRow, entryRows, type LevelName, type MaskedWay } from './entry-rows.js';
import { formatInstant } from './instant.js';
import { inGroups } from './key-mails.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

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
  /** The key that would come or end: `OpenPGP` or `S/MIME`, and its fingerprint, hexadecimal. */
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
  const { proposal, keyMail, marking } = textsIn(language);
  const party = plainLine(facts.party);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: proposal.subject(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: proposal.whats[facts.what] },
      {
        kind: 'facts',
        rows: [
          ...entryRows(facts, language),
          ...channelRow(ended, language, key ? keyMail.mailbox : proposal.ended),
          ...channelRow(added, language, key ? keyMail.mailbox : proposal.added),
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

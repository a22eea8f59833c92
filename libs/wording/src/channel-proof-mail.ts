import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What a mail that proves a channel says. */
export interface ChannelProofFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** The name of the party in the language of the reader. */
  readonly party: string;
  readonly code: string;
  readonly expiresAt: Date;
}

/** The mail with the code that proves a mailbox. It has no link: who reads it says the code to a colleague. */
export function channelProofMail({
  language,
  instance,
  party,
  code,
  expiresAt,
}: ChannelProofFacts): MailText {
  const { channelProof, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: channelProof.subject(plainLine(party)),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: channelProof.sentence(plainLine(party)) },
      { kind: 'facts', rows: [[channelProof.code, code]] },
      { kind: 'paragraph', text: channelProof.validUntil(formatInstant(expiresAt)) },
      { kind: 'paragraph', text: channelProof.unexpected },
    ],
  };
}

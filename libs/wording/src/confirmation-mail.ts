import { entryRows, type LevelName } from './entry-rows.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What a mail that asks to confirm an entry says. */
export interface ConfirmationFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** The name of the party, and of the role, in the language of the reader. */
  readonly party: string;
  readonly role: string;
  readonly level: LevelName;
  readonly reminder: boolean;
  readonly lastAt: Date;
  readonly link: string;
  readonly expiresAt: Date;
}

/** The mail with the link to the page on which an entry is confirmed. It holds no address and no name of a person. */
export function confirmationMail(facts: ConfirmationFacts): MailText {
  const { language, instance, reminder, link } = facts;
  const { confirmation, marking } = textsIn(language);
  const party = plainLine(facts.party);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: (reminder ? confirmation.reminderSubject : confirmation.subject)(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: confirmation.sentence },
      {
        kind: 'facts',
        rows: [...entryRows(facts, language), [confirmation.lastAt, formatInstant(facts.lastAt)]],
      },
      { kind: 'link', label: confirmation.open, url: link },
      { kind: 'paragraph', text: confirmation.validUntil(formatInstant(facts.expiresAt)) },
      { kind: 'paragraph', text: confirmation.unexpected },
    ],
  };
}

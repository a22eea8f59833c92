import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import type { WrittenText } from './request-mails.js';
import { textsIn } from './texts.js';

/** What an announcement of the secretariat says to one reader. */
export interface AnnouncementFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Its name in the language of the reader. */
  readonly network: string;
  readonly title: string;
  /** In the language of the reader, where it was written in that. */
  readonly text: WrittenText;
  readonly announcedAt: Date;
  /** When the one that it corrects was announced. */
  readonly corrects?: Date;
}

/** The mail of an announcement: from whom it is stands first, and that it is no request. `url`: where it is read. */
export function announcementMail(facts: AnnouncementFacts, url: string): MailText {
  const { language, instance, network, title, text, announcedAt, corrects } = facts;
  const { announcement, invitation, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    // The title stands inside: subjects hold no content.
    subject: announcement.subject(plainLine(network)),
    language,
    blocks: [
      ...sample,
      {
        kind: 'facts',
        rows: [
          [announcement.from, announcement.secretariat],
          [invitation.network, network],
          [announcement.announcedAt, formatInstant(announcedAt)],
          ...(corrects ? [[announcement.corrects, formatInstant(corrects)] as const] : []),
        ],
      },
      { kind: 'paragraph', text: announcement.lead },
      { kind: 'quote', label: plainLine(title), language: text.language, text: text.text },
      { kind: 'link', label: announcement.readThere, url },
    ],
  };
}

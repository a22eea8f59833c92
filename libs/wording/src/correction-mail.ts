import { channelRow, entryRows, type LevelName, type MaskedWay } from './entry-rows.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** What a mail that tells of a correction says. What somebody wrote stays out of it: that is read after signing in. */
export interface CorrectionFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly what: keyof Texts['correction']['whats'];
  readonly party: string;
  readonly role: string;
  readonly level: LevelName;
  /** The channel that it is about, its address masked. */
  readonly channel?: MaskedWay;
  /** The name of the party that reported it. */
  readonly reporter?: string;
  /** Whether it came from the page of a mail. */
  readonly byLink: boolean;
  readonly reportedAt: Date;
  readonly link: string;
}

/** The mail that tells a party what is said to be wrong with an entry of its own. */
export function correctionMail(facts: CorrectionFacts): MailText {
  const { language, instance, what, channel, reporter, byLink } = facts;
  const { correction, marking } = textsIn(language);
  const party = plainLine(facts.party);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  const from = reporter === undefined ? undefined : plainLine(reporter);
  return {
    subject: correction.subject(party),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: correction.whats[what] },
      {
        kind: 'facts',
        rows: [
          ...entryRows(facts, language),
          ...channelRow(channel, language),
          [correction.reporter, from ?? (byLink ? correction.byLink : correction.bySystem)],
          [correction.reportedAt, formatInstant(facts.reportedAt)],
        ],
      },
      { kind: 'paragraph', text: correction.todo },
      { kind: 'link', label: correction.look, url: facts.link },
    ],
  };
}

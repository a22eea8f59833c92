import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { fixedBlock, type Block, type MailText } from './mail-text.js';
import { markingsAfter, markingsBefore, subjectPrefix } from './markings.js';
import { plainLine } from './plain-line.js';
import type { WrittenText } from './request-mails.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** What a mail says that tells of a mode. Of the bridge it says only that there is one: codes are read in the plan. */
export interface ModeFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  readonly mode: keyof Texts['mode']['names'];
  /** The names of the two parties, or of the network, in the language of the reader. */
  readonly of: readonly [one: string, other: string] | string;
  /** The number of the plan between them. */
  readonly number: number;
  /** The name of the party that declared it; null: the secretariat. */
  readonly declaredBy: string | null;
  readonly declaredAt: Date;
  readonly reason: WrittenText;
  /** Minutes between situation reports in this mode; null: none. */
  readonly reportEvery: number | null;
  readonly hasBridge: boolean;
  readonly link: string;
}

/** Nobody but those whom a plan is for reads it. */
const tlp = 'AMBER';

/** The mail that tells a point of contact which mode was declared under a plan of its party, and what changes. */
export function modeMail(facts: ModeFacts): MailText {
  const { language, traffic, mode, of, reason, declaredBy, reportEvery } = facts;
  const { mode: words } = textsIn(language);
  const marked = { ...facts, tlp } as const;
  const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
  return {
    subject: `${subjectPrefix[traffic]}${words.subject(words.names[mode])}`,
    language,
    blocks: [
      ...markingsBefore(marked),
      paragraph(
        typeof of === 'string'
          ? words.ofNetwork(plainLine(of))
          : words.ofPair(plainLine(of[0]), plainLine(of[1])),
      ),
      {
        kind: 'facts',
        rows: [
          [words.plan, String(facts.number)],
          [words.mode, words.names[mode]],
          [words.since, formatInstant(facts.declaredAt)],
          [words.declaredBy, declaredBy === null ? words.secretariat : plainLine(declaredBy)],
        ],
      },
      { kind: 'quote', label: words.reason, language: reason.language, text: reason.text },
      paragraph(reportEvery === null ? words.noReports : words.reports(String(reportEvery))),
      ...(facts.hasBridge ? [paragraph(words.bridge)] : []),
      ...(mode === 'crisis' ? [paragraph(words.crisis)] : []),
      { kind: 'link', label: words.look, url: facts.link },
      fixedBlock('fs.mode.no-implication', language),
      ...markingsAfter(marked),
    ],
  };
}

import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What is told of an emergency access: that it was asked for, granted, or ended after a factor was set up under it. Never the reason, which is read inside. */
export interface EmergencyFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly what: 'asked' | 'granted' | 'ended';
  /** Whose account it is. */
  readonly name: string;
  /** Whether the reader is that person, and not an administrator. */
  readonly own: boolean;
  readonly askedAt: Date;
  /** How long the ask stands, what was granted lasts, or what has ended lasted. */
  readonly until: Date;
  /** Who vouched; only an administrator is told. */
  readonly vouchers: readonly string[];
}

/** The mail that tells an administrator, or the person themself, of an emergency access. */
export function emergencyMail(facts: EmergencyFacts, publicUrl: string): MailText {
  const { language, instance, what, name, own, askedAt, until, vouchers } = facts;
  const { emergency, marking } = textsIn(language);
  const said = emergency[what];
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: said.subject,
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: own ? said.own : said.sentence },
      {
        kind: 'facts',
        rows: [
          [emergency.account, plainLine(name)],
          [emergency.askedAt, formatInstant(askedAt)],
          [emergency.until, formatInstant(until)],
          ...(vouchers.length > 0 ? [[emergency.vouched, vouchers.map(plainLine).join(', ')] as const] : []),
        ],
      },
      ...advice(facts),
      { kind: 'link', label: what === 'ended' ? emergency.look : emergency.end, url: publicUrl },
    ],
  };
}

function advice({ language, what, own }: EmergencyFacts): Block[] {
  const { emergency } = textsIn(language);
  if (what === 'ended') return [{ kind: 'paragraph', text: emergency.factorStays }];
  if (own) return [{ kind: 'paragraph', text: emergency.notYou }];
  return what === 'asked' ? [{ kind: 'paragraph', text: emergency.advice }] : [];
}

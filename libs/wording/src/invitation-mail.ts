import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** What an invitation says, in the mail and on the page behind its link. */
export interface InvitationFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Names in the language of the reader; of the network alone where the account belongs to no State. */
  readonly network: string;
  readonly state?: string;
  readonly body?: string;
  readonly role: keyof Texts['role'];
  readonly expiresAt: Date;
}

/** What is offered, as rows of a label and a value. */
export function invitationRows(facts: InvitationFacts): (readonly [label: string, value: string])[] {
  const { invitation, role } = textsIn(facts.language);
  return [
    [invitation.network, facts.network],
    ...(facts.state === undefined ? [] : [[invitation.state, facts.state] as const]),
    ...(facts.body === undefined ? [] : [[invitation.body, facts.body] as const]),
    [invitation.role, role[facts.role]],
  ];
}

/** The mail that offers an account. `link` is for one use, and for its reader alone. */
export function invitationMail(facts: InvitationFacts, link: string): MailText {
  const { language, instance, network, expiresAt } = facts;
  const { invitation, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: invitation.subject(plainLine(network)),
    language,
    blocks: [
      ...sample,
      { kind: 'facts', rows: invitationRows(facts) },
      { kind: 'link', label: invitation.mail, url: link },
      { kind: 'paragraph', text: invitation.validUntil(formatInstant(expiresAt)) },
      { kind: 'paragraph', text: `${invitation.keep} ${invitation.unexpected}` },
    ],
  };
}

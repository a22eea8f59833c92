import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What a mail with a code to be read to a caller says. */
export interface CallCodeFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Who calls, in the language of the reader. */
  readonly caller: string;
  readonly code: string;
  readonly expiresAt: Date;
}

/** The mail with the code that the callee reads to whoever calls. It has no link. */
export function callCodeMail({ language, instance, caller, code, expiresAt }: CallCodeFacts): MailText {
  const { callCode, marking } = textsIn(language);
  const sample: Block[] = instance === 'sample' ? [{ kind: 'marking', text: marking.sample }] : [];
  return {
    subject: callCode.subject(plainLine(caller)),
    language,
    blocks: [
      ...sample,
      { kind: 'paragraph', text: callCode.sentence(plainLine(caller)) },
      { kind: 'facts', rows: [[callCode.code, code]] },
      { kind: 'paragraph', text: callCode.validUntil(formatInstant(expiresAt)) },
      { kind: 'paragraph', text: callCode.unexpected },
    ],
  };
}

/** The same proof as one short text, for a gateway that sends it to a number; the party named in that language. */
export function endpointProofText(
  language: Language,
  instance: 'sample' | 'real',
  party: string,
  code: string,
): string {
  const { endpointProof } = textsIn(language);
  const sample = instance === 'sample' ? [endpointProof.sample] : [];
  return [...sample, endpointProof.text(plainLine(party)), code].join(' ');
}

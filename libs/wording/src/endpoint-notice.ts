import type { FixedSentenceId } from './fixed-sentences.js';
import { groupCode } from './acknowledgement-code.js';
import type { Language } from './language.js';
import type { AcknowledgeSlot, Block, MailText } from './mail-text.js';
import type { RequestFacts } from './request-mails.js';
import { textsIn } from './texts.js';
import { tlpLabel, type TlpCode } from './tlp.js';
import type { Urgency } from './urgency.js';

/** What a machine is told of a request: that something happened, and never its content, for machines keep what they get. */
export interface EndpointText {
  readonly language: Language;
  /** To a webhook: as it stands in the JSON. */
  readonly notice: {
    /** What happened, e.g. `request`, `reminder` or `acknowledged`. */
    readonly kind: string;
    readonly reference: string;
    readonly urgency: Urgency;
    readonly tlp: `TLP:${TlpCode}`;
    readonly traffic: RequestFacts['traffic'];
    /** In capitals where nothing of it is real. */
    readonly marking: 'EXERCISE' | 'TEST' | null;
    /** Whether the instance is one of samples. */
    readonly sample: boolean;
    /** Code and name. */
    readonly requester: string;
    readonly requesterName: string;
    readonly subject: string;
    /** Sentences of the system, none of them by the requester. */
    readonly sentences: readonly { readonly id: FixedSentenceId | null; readonly text: string }[];
    /** Where one signs in to read it. */
    readonly url: string;
  };
  /** To a number by a gateway, before the link: GSM characters alone. */
  readonly short: string;
}

const markings = { actual: null, exercise: 'EXERCISE', test: 'TEST' } as const;

/** The same as a mail says, as far as no person wrote it: for a webhook, and short for a gateway. */
export function endpointNotice(
  mail: MailText,
  facts: RequestFacts,
  { kind, requester }: { kind: string; requester: string },
): EndpointText {
  const { language, reference, urgency, traffic } = facts;
  const sample = facts.instance === 'sample';
  const { shortNotice: words } = textsIn(language);
  return {
    language,
    notice: {
      ...{ kind, reference, urgency, tlp: tlpLabel(facts.tlp), traffic, marking: markings[traffic] },
      ...{ sample, requester, requesterName: facts.from, subject: mail.subject },
      sentences: sentencesOf(mail.blocks),
      url: facts.publicUrl,
    },
    short: inGsm([`${mail.subject}.`, ...(sample ? [words.sample] : []), words.from(requester)].join(' ')),
  };
}

/** Each once, in their order. Quotes, facts and sections stay behind: people wrote them. */
function sentencesOf(blocks: readonly Block[]): EndpointText['notice']['sentences'] {
  const found = blocks.flatMap((block) => {
    if (block.kind === 'fixed') return { id: block.id, text: block.text };
    return block.kind === 'marking' || block.kind === 'paragraph' ? { id: null, text: block.text } : [];
  });
  return found.filter(({ text }, index) => found.findIndex((one) => one.text === text) === index);
}

/** The short text whole: with link and code where it can acknowledge. */
export function shortNotice(
  { short, notice, language }: EndpointText,
  slot: AcknowledgeSlot | undefined,
): string {
  const { shortNotice: words } = textsIn(language);
  if (!slot) return `${short} ${inGsm(words.signIn)} ${notice.url}`;
  return `${short} ${inGsm(words.acknowledge)} ${slot.link} ${groupCode(slot.code)}`;
}

/** Facts of a request without anything that its parties wrote or sought, for what is composed for a machine. */
export const withoutContent = (facts: RequestFacts): RequestFacts => {
  const { language, instance, traffic, reference, urgency, tlp, from, to, sentAt, publicUrl } = facts;
  const kind = facts.kind === undefined ? {} : { kind: facts.kind };
  return { language, instance, traffic, ...kind, reference, urgency, tlp, from, to, sentAt, publicUrl };
};

const gsmLetters = new Set('àÅåÆæßÉÄÖÑÜäöñüèéùìòÇØø');
const plain: Readonly<Record<string, string>> = {
  '’': "'",
  '\u00a0': ' ',
  '–': '-',
  œ: 'oe',
  Œ: 'OE',
  ç: 'c',
};

/** In the characters that every network carries in one piece (3GPP TS 23.038): others lose their accents, or are `?`. */
export const inGsm = (text: string): string =>
  Array.from(text.normalize('NFC'), (sign) => {
    if (/[ -_a-~]/.test(sign) || gsmLetters.has(sign)) return sign;
    return plain[sign] ?? (sign.normalize('NFD').replace(/[^ -_a-~]/g, '') || '?');
  }).join('');

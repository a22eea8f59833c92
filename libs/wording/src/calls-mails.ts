import type { Language } from './language.js';
import type { Block, MailText } from './mail-text.js';
import { fixedBlock } from './mail-text.js';
import { markingsAfter, markingsBefore, subjectPrefix } from './markings.js';
import { plainLine } from './plain-line.js';
import { factRows, subjectLine, type RequestFacts } from './request-mails.js';
import { textsIn } from './texts.js';

/** Where calls are listed and taken. */
const listOf = (publicUrl: string): string => `${publicUrl}/api/v1/call-tasks`;

/** To the requester: the addressee has not acknowledged after the last reminder, and its people are asked to call. */
export function callsMail(facts: RequestFacts & { readonly count: number }): MailText {
  const { language, publicUrl, count } = facts;
  const { calls } = textsIn(language);
  return {
    subject: subjectLine(facts, calls.subject),
    language,
    blocks: [
      ...markingsBefore(facts),
      { kind: 'paragraph', text: calls.ofRequester },
      { kind: 'facts', rows: [...factRows(facts), [calls.count, String(count)]] },
      { kind: 'paragraph', text: calls.what },
      { kind: 'link', label: calls.take, url: listOf(publicUrl) },
      ...markingsAfter(facts),
    ],
  };
}

/** What the secretariat is told of calls that it is to make: whom to call, and nothing of the request or of who asks. */
export interface ManagerCallsFacts {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  readonly traffic: 'actual' | 'exercise' | 'test';
  /** The party that is called, in the language of the reader. */
  readonly party: string;
  readonly count: number;
  /** A request waits there, or changes are to be announced. */
  readonly reason: 'request' | 'change';
  readonly publicUrl: string;
}

/** To the secretariat, where a network says that it calls, or where changes are to be announced. */
export function managerCallsMail(facts: ManagerCallsFacts): MailText {
  const { language, instance, traffic, party, count, publicUrl } = facts;
  const { calls, announcedChange, entryWords, marking } = textsIn(language);
  const { ofSecretariat, what } = facts.reason === 'change' ? announcedChange.calls : calls;
  const exercise: Block[] = traffic === 'exercise' ? [fixedBlock('fs.exercise', language)] : [];
  return {
    subject: `${subjectPrefix[traffic]}${calls.subject}`,
    language,
    blocks: [
      ...exercise,
      ...(traffic === 'test' ? [{ kind: 'marking', text: marking.test } as const] : []),
      ...(instance === 'sample' ? [{ kind: 'marking', text: marking.sample } as const] : []),
      { kind: 'paragraph', text: ofSecretariat },
      {
        kind: 'facts',
        rows: [
          [entryWords.party, plainLine(party)],
          [calls.count, String(count)],
        ],
      },
      { kind: 'paragraph', text: what },
      { kind: 'link', label: calls.take, url: listOf(publicUrl) },
      ...exercise,
    ],
  };
}

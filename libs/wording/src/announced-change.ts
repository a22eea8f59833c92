import { changeSentence, type SaidChange } from './change-sentence.js';
import { inGsm } from './endpoint-notice.js';
import type { Language } from './language.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** What an endpoint of a point of contact is told of a change there. */
export interface AnnouncedChangeFacts extends SaidChange {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Names of the party and of the point of contact, in that language. */
  readonly party: string;
  readonly role: string;
}

/** For a webhook: what changes, and whom to tell who did not expect it. */
export function announcedChange(facts: AnnouncedChangeFacts): string {
  const { language, instance } = facts;
  const { announcedChange: words, marking } = textsIn(language);
  return [
    ...(instance === 'sample' ? [marking.sample] : []),
    changeSentence(words.toEndpoint, facts, language),
    words.unexpected,
  ].join(' ');
}

/** For a gateway, which sends it to a number: the same with whose it is, in GSM characters alone. */
export function announcedChangeShort(facts: AnnouncedChangeFacts): string {
  const { language, instance, party, role } = facts;
  const { announcedChange: words, endpointProof } = textsIn(language);
  const said = [
    ...(instance === 'sample' ? [endpointProof.sample] : []),
    words.whose(plainLine(party), plainLine(role)),
    changeSentence(words.toEndpoint, facts, language),
    words.unexpected,
  ];
  return inGsm(said.join(' '));
}

import { textsIn } from './texts.js';
import type { Language } from './language.js';
import type { Texts } from './texts/en.js';

type Kind = keyof Texts['channelChange']['kinds'];

/** What changes at a point of contact. It names kinds of channels and no address. */
export interface SaidChange {
  readonly kind: 'add-channel' | 'end-channel' | 'replace-channel' | 'change-use' | 'retire';
  /** What ends or is used otherwise, and what comes. */
  readonly ended: Kind | null;
  readonly added: Kind | null;
  /** Whether the channel on which it is said is the one that ends or is used otherwise. */
  readonly isThisOne: boolean;
}

/** The sentences for all changes, as they are said in one place: in a mail, to an endpoint, or by who calls. */
export type ChangeSentences = Texts['announcedChange']['spoken']['sentences'];

/** The one sentence that says a change. */
export function changeSentence(words: ChangeSentences, change: SaidChange, language: Language): string {
  const { kind, isThisOne } = change;
  const { kinds } = textsIn(language).channelChange;
  const [ended, added] = [change.ended, change.added].map((one) => (one === null ? '' : kinds[one])) as [
    string,
    string,
  ];
  if (kind === 'add-channel') return words.added(added);
  if (kind === 'retire') return words.retired;
  if (kind === 'change-use') return isThisOne ? words.usedHere : words.usedThere(ended);
  if (kind === 'end-channel') return isThisOne ? words.endedHere : words.endedThere(ended);
  return isThisOne ? words.replacedHere(added) : words.replacedThere(ended, added);
}

import { toPointer, type Fault } from '#libs/runtime';
import { answerAt, isUnavailable, type Answers, type Template } from '#libs/templates';
import type { WrittenText } from '#libs/wording';
import { faultsInGiven } from './given-answers.js';
import { clearanceActs } from './clearance-acts.js';
import { acts, type Act, type Answer } from './lifecycle.js';

/** Where a request is handed over to: another body of the same party, or another party that is named only. */
export interface Redirection {
  party: string;
  body?: string | undefined;
}

/** What is said with an act. */
export interface Said {
  text?: WrittenText | undefined;
  /** With `determine`. */
  answer?: Answer | undefined;
  /** What the template of the act asks for beyond its five keys; with `amend`, what has become known since. */
  answers?: Answers | undefined;
  redirectTo?: Redirection | undefined;
}

/** What is kept of it: also on which template it was said, and what an amendment changed. */
export interface Kept extends Said {
  template?: { key: string; version: number } | undefined;
  amendment?: { field: string; change: 'added' | 'changed' | 'removed' }[] | undefined;
  /** The other addressees that an addressee was told of. */
  disclosed?: string[] | undefined;
  /** With whom of the own party it was shared, or is no longer. */
  sharedWith?:
    { body?: string | undefined; account?: string | undefined; name?: string | undefined } | undefined;
}

/** The template that an act is said on; all other acts take a text alone. */
export const templateOfAct: Partial<Record<Act, string>> = {
  acknowledge: 'acknowledgement',
  determine: 'response',
};

/** Acts that the own side alone knows of: no document tells them, for a document is handed on. */
export const internalActs: ReadonlySet<string> = new Set([
  ...['note', 'share-with', 'unshare', 'hold', 'release-hold', 'erase'],
  ...clearanceActs,
]);

const needText: ReadonlySet<Act> = new Set([
  'ask',
  'answer-question',
  'redirect',
  'report-progress',
  'message',
  'note',
]);
const year = 366 * 86_400_000;

const ofTheWhole: readonly Act[] = ['save', 'send', 'amend', 'disclose'];
const onLines = acts.filter((act) => !ofTheWhole.includes(act));

/** Which acts take which part of a call. */
const takers: Readonly<Record<string, readonly Act[]>> = {
  text: onLines,
  addressee: onLines,
  answer: ['determine'],
  redirectTo: ['redirect'],
  request: ['save'],
  disclosure: ['disclose'],
  answers: ['amend', 'acknowledge', 'determine'],
};

/** Parts of a call that do not belong to its act: they would be lost without a word. */
export const strayParts = (act: Act, parts: Readonly<Record<string, unknown>>): Fault[] =>
  Object.entries(takers)
    .filter(([part, takes]) => parts[part] !== undefined && !takes.includes(act))
    .map(([part]) => ({ pointer: toPointer([part]), detail: `does not belong to the act "${act}"` }));

/** An act's template, and its key fields as they follow from the request and the caller. */
export interface Form {
  template: Template;
  keys: Answers;
}

/** What is missing or absurd in what is said with an act; `form` where the act is said on a template. */
export function faultsInSaid(act: Act, said: Said, at: Date, form?: Form): Fault[] {
  const faults: Fault[] = [];
  if (needText.has(act) && !said.text) faults.push(fault('#/text', `is needed with the act "${act}"`));
  if (act === 'determine' && said.answer === undefined)
    return [...faults, fault('#/answer', 'is needed with the act "determine"')];
  if (form && said.answers) faults.push(...faultsInGiven(form.template, form.keys, said.answers));
  if (act === 'determine' && faults.length === 0) faults.push(...faultsInDetermination(said, at));
  return faults;
}

/** A refusal gives its reasons, or says why it gives none; more time is asked until a time. */
function faultsInDetermination({ answer, answers }: Said, at: Date): Fault[] {
  if (answer === 'cannot' && answerAt(answers, '/refusal/reasons') === undefined)
    return [
      fault(
        '#/answers/refusal/reasons',
        'is needed with the answer "cannot"; {"availability": "withheld"} gives none',
      ),
    ];
  if (answer !== 'more-time') return [];
  const until = answerAt(answers, '/moreTime/until');
  if (typeof until !== 'string' || isUnavailable(until))
    return [fault('#/answers/moreTime/until', 'is needed with the answer "more-time", as a time')];
  const wait = new Date(until).getTime() - at.getTime();
  return wait > 0 && wait <= year
    ? []
    : [fault('#/answers/moreTime/until', 'must lie in the future, at most a year from now')];
}

const fault = (pointer: string, detail: string): Fault => ({ pointer, detail });

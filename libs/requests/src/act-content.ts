import { toPointer, type Fault } from '#libs/runtime';
import type { WrittenText } from '#libs/wording';
import { acts, type Act, type Answer } from './lifecycle.js';

/** Reasons for not assisting, in whole or in part. */
export const refusalReasons = [
  'no-capability',
  'no-capacity',
  'no-resources',
  'not-competent-authority',
  'legal-bar',
  'national-security',
  'insufficient-information',
  'disproportionate',
  'already-assisted',
  'other',
] as const;
export const extents = ['yes', 'partly', 'no', 'unknown'] as const;
export type Extent = (typeof extents)[number];

/** What an addressee determines: the three answers of A/76/135, 53, and timeframe, nature, scope and terms of 54. */
export interface Determination {
  answer: Answer;
  capabilities?: Extent | undefined;
  capacity?: Extent | undefined;
  resources?: Extent | undefined;
  /** Needed with `cannot`. */
  reason?: (typeof refusalReasons)[number] | undefined;
  timeframe?: WrittenText | undefined;
  nature?: WrittenText | undefined;
  scope?: WrittenText | undefined;
  terms?: WrittenText | undefined;
  /** RFC 3339; needed with `more-time`. */
  nextAnswerBy?: string | undefined;
}

/** What is said with an act. */
export interface Said {
  text?: WrittenText | undefined;
  determination?: Determination | undefined;
  /** With `redirect`: the party that is concerned, if it is known. */
  redirectTo?: string | undefined;
  /** With `amend`: which fields of the template changed, and how. */
  amendment?: { field: string; change: 'added' | 'changed' | 'removed' }[] | undefined;
}

const needText: ReadonlySet<Act> = new Set([
  'ask',
  'answer-question',
  'redirect',
  'report-progress',
  'message',
  'note',
]);
const year = 366 * 86_400_000;

const ofDrafts: readonly Act[] = ['save', 'send', 'amend'];
const onLines = acts.filter((act) => !ofDrafts.includes(act));

/** Which acts take which part of a call. */
const takers: Readonly<Record<string, readonly Act[]>> = {
  text: onLines,
  addressee: onLines,
  determination: ['determine'],
  redirectTo: ['redirect'],
  request: ['save'],
  answers: ['amend'],
};

/** Parts of a call that do not belong to its act: they would be lost without a word. */
export const strayParts = (act: Act, parts: Readonly<Record<string, unknown>>): Fault[] =>
  Object.entries(takers)
    .filter(([part, takes]) => parts[part] !== undefined && !takes.includes(act))
    .map(([part]) => ({ pointer: toPointer([part]), detail: `does not belong to the act "${act}"` }));

/** What is missing or absurd in what is said with an act. */
export function faultsInSaid(act: Act, said: Said, at: Date): Fault[] {
  const fault = (path: string[], detail: string): Fault => ({ pointer: toPointer(path), detail });
  const faults: Fault[] = [];
  if (needText.has(act) && !said.text) faults.push(fault(['text'], `is needed with the act "${act}"`));
  if (act === 'determine') faults.push(...faultsInDetermination(said.determination, at, fault));
  return faults;
}

function faultsInDetermination(
  determination: Determination | undefined,
  at: Date,
  fault: (path: string[], detail: string) => Fault,
): Fault[] {
  if (!determination) return [fault(['determination'], 'is needed with the act "determine"')];
  const { answer, reason, nextAnswerBy } = determination;
  const faults: Fault[] = [];
  if (answer === 'cannot' && reason === undefined)
    faults.push(fault(['determination', 'reason'], 'is needed with the answer "cannot"'));
  if (answer === 'more-time' && nextAnswerBy === undefined)
    faults.push(fault(['determination', 'nextAnswerBy'], 'is needed with the answer "more-time"'));
  const wait = nextAnswerBy === undefined ? 1 : new Date(nextAnswerBy).getTime() - at.getTime();
  if (!(wait > 0 && wait <= year))
    faults.push(fault(['determination', 'nextAnswerBy'], 'must lie in the future, at most a year from now'));
  return faults;
}

import canonicalize from 'canonicalize';
import { toPointer } from '#libs/runtime';
import type { Said } from './act-content.js';
import type { Disclosure } from './disclosure.js';
import { acts, type Act } from './lifecycle.js';
import type { RequestInput } from './request-content.js';

/**
 * Whether a second person can be demanded for an act: for those by which words or decisions leave a party. An
 * acknowledgement must not wait; what is kept, taken, assessed or noted says nothing to the other side.
 */
const clearable: Readonly<Record<Act, boolean>> = {
  save: false,
  amend: true,
  send: true,
  withdraw: true,
  'answer-question': true,
  'accept-offer': true,
  release: true,
  close: true,
  reopen: true,
  acknowledge: false,
  take: false,
  assess: false,
  ask: true,
  determine: true,
  redirect: true,
  'report-progress': true,
  extend: true,
  complete: true,
  message: true,
  note: false,
  disclose: true,
};

export const clearableActs = acts.filter((act) => clearable[act]) as [Act, ...Act[]];

export const approvalStates = ['asked', 'approved', 'refused', 'withdrawn', 'void', 'used'] as const;
export type ApprovalState = (typeof approvalStates)[number];
export type VoidBecause = 'request-changed' | 'line-changed';

/** Acts that never wait, and whose words would be a message otherwise. */
const wordsOfMessages: ReadonlySet<Act> = new Set(['acknowledge', 'take', 'assess']);

/** What rules ask of an act: nothing, clearance, or that it is done without words, which would need clearance. */
export function demandOn(
  act: Act,
  facts: { isDraft: boolean; said: Said },
  inForce: readonly string[],
): 'nothing' | 'clearance' | 'no-words' {
  if (wordsOfMessages.has(act) && inForce.includes('message') && hasWords(facts.said)) return 'no-words';
  // A draft that is given up has told nobody anything.
  if (act === 'withdraw' && facts.isDraft) return 'nothing';
  return clearable[act] && inForce.includes(act) ? 'clearance' : 'nothing';
}

const hasWords = ({ text, answers }: Said): boolean =>
  text !== undefined || Object.keys(answers ?? {}).length > 0;

/** Exactly what is cleared: the act, what it is done on and at which version, and all that is said with it. */
export interface ToClear {
  request: string;
  /** The party that acts. */
  party: string;
  act: Act;
  /** The line that is acted on, and its party; null for the request as a whole. */
  line: string | null;
  addressee: string | null;
  /** Of the request: null for an addressee, which does not see it move. */
  versions: { request: number | null; line: number | null };
  said: Said;
  /** With `send`: the whole draft. */
  draft: RequestInput | null;
  /** With `disclose`. */
  disclosure?: Disclosure;
}

/** Where two of them differ, as pointers into the act (`#/text`), the draft (`#/draft/to`) or `#/version`. */
export function differences(cleared: ToClear, now: ToClear): string[] {
  const parts = (of: ToClear) => {
    const { said, draft, versions, line, addressee, disclosure } = of;
    return {
      ...prefixed('draft', draft ?? {}),
      ...prefixed('', said),
      [toPointer(['disclosure'])]: disclosure,
      [toPointer(['addressee'])]: [line, addressee],
      [toPointer(['version'])]: versions,
    };
  };
  const [before, after] = [parts(cleared), parts(now)] as Record<string, unknown>[];
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].filter((name) => print(before?.[name]) !== print(after?.[name])).sort();
}

const prefixed = (prefix: string, fields: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [toPointer(prefix ? [prefix, name] : [name]), value]),
  );

const print = (value: unknown): string => canonicalize(value ?? null) ?? '';

/** What there is to clear on a request, as far as it decides what its reader can do next. */
export interface Clearing {
  /** Acts that the rules in force demand clearance of. */
  inForce: readonly string[];
  /** Approvals of the own side that are waiting, or given and not used yet. */
  open: readonly { act: string; line: string | null; state: 'asked' | 'approved' }[];
}

/** How far clearance of an act has come; undefined where none is demanded. */
export type ClearanceStep = 'needed' | 'asked' | 'approved';

/** Whether an act, otherwise possible, waits for a second person. */
export function clearanceStep(
  { inForce, open }: Clearing,
  act: Act,
  on: { line: string | null; isDraft: boolean },
): ClearanceStep | undefined {
  if (demandOn(act, { isDraft: on.isDraft, said: {} }, inForce) !== 'clearance') return undefined;
  const own = open.filter((each) => each.act === act && each.line === on.line);
  if (own.some(({ state }) => state === 'approved')) return 'approved';
  return own.length > 0 ? 'asked' : 'needed';
}

/** Why an act waits, and what to do about it; undefined where it does not. */
export const waitsBecause: Readonly<Record<ClearanceStep, string | undefined>> = {
  needed: 'A second person has to clear it first: ask with POST /api/v1/approvals.',
  asked: 'A second person was asked to clear it and has not decided yet.',
  approved: undefined,
};

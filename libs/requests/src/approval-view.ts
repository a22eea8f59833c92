import {
  textsIn,
  type DocumentEntry,
  type DocumentText,
  type Language,
  type WrittenText,
} from '#libs/wording';
import type { Said } from './act-content.js';
import type { ApprovalState, VoidBecause } from './clearance.js';
import type { Disclosure } from './disclosure.js';
import type { Act } from './lifecycle.js';
import type { RequestInput } from './request-content.js';
import type { ByView, RequestView } from './request-view.js';

/** One thing to be cleared, in a list. Seen by the bodies of the own party that the request concerns, and nobody else. */
export interface ApprovalSummary {
  id: string;
  request: string;
  reference: string;
  traffic: 'actual' | 'exercise' | 'test';
  act: Act;
  /** The party on whose line it is; null for the request as a whole. */
  addressee: string | null;
  state: ApprovalState;
  /** A salted SHA-256 (hex) over exactly what is to be cleared. */
  digest: string;
  askedBy: ByView;
  askedAt: string;
  decidedBy: ByView | null;
  decidedAt: string | null;
  /** Used, void or taken back. */
  endedAt: string | null;
  voidBecause: VoidBecause | null;
}

/** The same with all that is to be cleared, and what the two have said to each other about it. */
export interface ApprovalView extends ApprovalSummary {
  /** At which versions it was asked for, as far as the party sees them; with another it is void. */
  versions: { request: number | null; line: number | null };
  said: Said;
  /** With `send`: the whole draft. */
  draft: RequestInput | null;
  /** With `disclose`. */
  disclosure?: Disclosure;
  note: WrittenText | null;
  comment: WrittenText | null;
}

/**
 * A rehearsed act, to be shown: the request as the act makes it, with what is new alone of what happened, and no time
 * of anything that has not come to be.
 */
export function rehearsed(before: RequestView, after: RequestView): RequestView {
  const known = new Set(before.timeline.map(({ id }) => id));
  const lines = new Map(before.addressees.map((line) => [line.id, line]));
  return {
    ...after,
    sentAt: before.sentAt,
    withdrawnAt: before.withdrawnAt,
    addressees: after.addressees.map((line) => ({
      ...line,
      sentAt: lines.get(line.id)?.sentAt ?? '',
      acknowledgedAt: lines.get(line.id)?.acknowledgedAt ?? null,
      answeredAt: lines.get(line.id)?.answeredAt ?? null,
    })),
    timeline: after.timeline.filter(({ id }) => !known.has(id)).map((event) => ({ ...event, at: '' })),
    allowedActs: [],
    fixedSentences: [],
  };
}

/** A document of what is to be cleared begins by saying so, and how far that has come. */
export function approvalDocument(document: DocumentText, approval: ApprovalSummary): DocumentText {
  const { clearance, done } = textsIn(document.language);
  const rows: [label: string, text: string | undefined][] = [
    [clearance.label.clearance, clearance.state[approval.state]],
    [clearance.label.act, done[approval.act]],
    [clearance.label.askedBy, approval.askedBy.name],
    [clearance.label.digest, approval.digest],
  ];
  return { ...document, entries: [...rows.flatMap(entry), ...document.entries] };
}

const entry = ([label, text]: [string, string | undefined]): DocumentEntry[] =>
  text === undefined ? [] : [{ label, value: { kind: 'plain', text } }];

/** In which state an approval is, for a sentence that says why nothing can be done with it. */
export const approvalIs = (state: ApprovalState, language: Language): string =>
  textsIn(language).clearance.state[state];

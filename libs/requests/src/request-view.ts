import { fixedSentence, type FixedSentence, type Language, type WrittenText } from '#libs/wording';
import type { Answers, Completeness } from '#libs/templates';
import type { Kept } from './act-content.js';
import { clearanceStep, waitsBecause, type ClearanceStep, type Clearing } from './clearance.js';
import type { Erased } from './erased.js';
import type { HoldView } from './holds.service.js';
import {
  actors,
  acts,
  decideLine,
  decideRequest,
  type Act,
  type Answer,
  type LineFacts,
  type LineState,
  type RequestState,
  type Ruling,
  type Side,
} from './lifecycle.js';
import { nothingToDisclose } from './disclosure.js';
import { holds, may, readsOnly, type Rights } from './policy.js';

/**
 * Who did something. A self-stated name was typed by the bearer of a link and checked by nobody. Where it was erased it
 * is not known any more who it was.
 */
export interface ByView extends Partial<Erased> {
  kind: 'officer' | 'link-bearer' | 'system' | 'unknown';
  name?: string | undefined;
  selfStated?: boolean | undefined;
}

/** One addressee's line. Instants are RFC 3339 in UTC, in the words of the clock rules. */
export interface LineView {
  id: string;
  party: string;
  /** The body that it was handed over to; null where the party was asked and no body was named. */
  body: { id: string; names: Record<string, string> } | null;
  /** Whether it was handed over to another body of the party: acts are done on the line that follows. */
  handedOver: boolean;
  state: LineState;
  version: number;
  /** How far it is known to have come; what comes later says more. */
  reach: 'none' | 'accepted' | 'delivered' | 'viewed' | 'unreached';
  sentAt: string;
  acceptedByRelayAt: string | null;
  /** When the link of a mail about it was first fetched: by a person or a program, nobody knows. */
  deliveredAt: string | null;
  /** When somebody of the addressee first read it here, signed in or with the code of a mail. */
  viewedAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: ByView | null;
  withdrawnAt: string | null;
  takenBy: ByView | null;
  /** What was determined last. */
  answer: Answer | null;
  answeredAt: string | null;
  /** Since when a question to the requester is open. */
  questionOpenSince: string | null;
  endedAt: string | null;
}

export interface EventView {
  id: string;
  at: string;
  act: string;
  /** The party that acted, or whose relay did. */
  party: string;
  /** The line it happened on; null for the request as a whole. */
  addressee: string | null;
  /** The id of that line. */
  line: string | null;
  /** The body that holds it, where one was named. */
  body: string | null;
  from: string | null;
  to: string;
  by: ByView;
  assurance: 'signed-in' | 'emergency' | 'link-and-code' | 'api-token' | 'system';
  commitment: string;
  /** What came with the act. */
  said: (Kept & Partial<Erased>) | null;
  /** Which act was to be cleared; seen by the own side alone. */
  clearance?: { approval: string; act: string; digest: string } | undefined;
}

/** A call that was asked for when the last reminder had been sent, and what came of it. It acknowledges nothing. */
export interface CallView {
  id: string;
  /** The line that waits, and its party, which is called. */
  line: string;
  party: string;
  pointOfContact: string;
  channel: string;
  /** Whose people call; null: the secretariat's. */
  wantedBy: string | null;
  state: 'open' | 'taken' | 'done' | 'cancelled' | 'expired';
  outcome: string | null;
  askedAt: string;
  endedAt: string | null;
}

export interface AllowedAct {
  act: Act;
  addressee?: string | undefined;
  allowed: boolean;
  /** Why not. */
  because?: string | undefined;
  /** How far a second person has got with it, where one is demanded. */
  clearance?: ClearanceStep | undefined;
}

export interface RequestSummary {
  id: string;
  reference: string;
  kind: 'assistance' | 'mitigation';
  traffic: 'actual' | 'exercise' | 'test';
  direction: 'outgoing' | 'incoming';
  /** The request's own state for its requester, the state of its own line for an addressee. */
  state: RequestState | LineState;
  version: number;
  from: string;
  /** Of a draft. */
  to: string[];
  urgency: string | null;
  tlp: string | null;
  sentence: WrittenText | Erased | null;
  text: WrittenText | Erased | null;
  neededBy: string | Erased | null;
  composedAt: string | null;
  sentAt: string | null;
  withdrawnAt: string | null;
  /** Since when the caller's side can read nothing of it any more. */
  erasedAt: string | null;
  /** The hold of the caller's own side; of the other's nothing is told. */
  hold: HoldView | null;
  /** All lines for the requester; an addressee's own alone, which tells nothing of others. */
  addressees: LineView[];
  /** Whether it does not concern the caller's body but was shared within the party, to read. */
  sharedWithYou: boolean;
}

export interface RequestView extends RequestSummary {
  template: { key: string; version: number } | null;
  /** When the caller's side may be erased, as policies are now; null: it does not rest, or is never erased. */
  eraseAfter: string | null;
  /** What was answered beyond the five fields; a field may be unknown, withheld or to follow. */
  answers: Answers | Erased;
  /** How complete it is, and what is missing; it informs and never blocks (A/76/135, 54 and 77 (b)). */
  completeness: Completeness | null;
  timeline: EventView[];
  /** Of the requester: the calls to its addressees. */
  calls: CallView[];
  /** Of an addressee: who else was asked, as far as the requester has told it; never what they say. */
  otherAddressees: { party: string; names: Record<string, string>; disclosedAt: string }[];
  /** Of the requester: which addressee it told of which other. */
  disclosures: { to: string; party: string; disclosedAt: string }[];
  allowedActs: AllowedAct[];
  fixedSentences: FixedSentence[];
}

const asAllowed = (
  act: Act,
  who: Rights,
  ruling: Ruling<string>,
  step: ClearanceStep | undefined,
  addressee?: string,
): AllowedAct => {
  const no = may(who, act) ?? (ruling.refused ? ruling : undefined);
  const because = no ? no.because : step && waitsBecause[step];
  return {
    act,
    ...(addressee ? { addressee } : {}),
    allowed: because === undefined,
    ...(because === undefined ? {} : { because }),
    ...(no || !step ? {} : { clearance: step }),
  };
};

const factsOf = ({ state, answer, questionOpenSince }: LineView, side: Side): LineFacts => ({
  ...{ state, side, answer, asked: questionOpenSince !== null },
});

const notKept = (act: Act, rest: object): AllowedAct => ({
  ...{ act, allowed: false, ...rest },
  because: 'The time for which this is kept is over.',
});

/**
 * What the caller can do next, from the tables that decide it, with the reason why not. Lines of the parties that are
 * `gone` are not opened again: their term is over.
 */
export function allowedActs(
  view: RequestSummary,
  who: Rights & { body: string },
  clearing: Clearing,
  gone: readonly string[] = [],
): AllowedAct[] {
  return possibleActs(view, who, clearing).map(({ allowed, because, ...rest }) => {
    const over = view.erasedAt !== null || (rest.act === 'reopen' && gone.includes(rest.addressee ?? ''));
    return allowed && over ? notKept(rest.act, rest) : { ...rest, allowed, ...(because ? { because } : {}) };
  });
}

function possibleActs(
  view: RequestSummary,
  who: Rights & { body: string },
  clearing: Clearing,
): AllowedAct[] {
  const at = new Date(0);
  const side: Side = view.direction === 'incoming' ? 'addressee' : 'requester';
  const own = acts.filter((act) => actors[act] === side || actors[act] === 'either');
  const lines = view.addressees.filter((line) => !line.handedOver);
  const onLine = (line: LineView, act: Act, party?: string) => {
    const held = view.sharedWithYou
      ? readsOnly(act)
      : holds({ bodyId: line.body?.id ?? null }, side, who.body);
    const step = clearanceStep(clearing, act, { line: line.id, isDraft: false });
    return asAllowed(act, who, held ?? decideLine(factsOf(line, side), act, at), step, party);
  };
  if (side === 'addressee') return lines.flatMap((line) => own.map((act) => onLine(line, act)));
  const whole: Act[] = ['save', 'amend', 'send', 'disclose', 'withdraw'];
  const facts = { state: view.state as RequestState, side };
  const ofLines = own.filter((act) => act === 'withdraw' || !whole.includes(act));
  const on = { line: null, isDraft: view.state === 'draft' };
  const onWhole = (act: Act) =>
    (view.sharedWithYou ? readsOnly(act) : undefined) ??
    (act === 'disclose' && view.state === 'sent' ? nothingToDisclose(lines) : undefined) ??
    decideRequest(facts, act, at);
  return [
    ...whole.map((act) => asAllowed(act, who, onWhole(act), clearanceStep(clearing, act, on))),
    ...lines.flatMap((line) => ofLines.map((act) => onLine(line, act, line.party))),
  ];
}

/** The sentences that always stand with a request, in the reader's language. */
export function fixedSentencesOf(view: RequestSummary, language: Language): FixedSentence[] {
  const acknowledged = view.addressees.some((line) => line.acknowledgedAt !== null);
  return [
    ...(view.traffic === 'exercise' ? [fixedSentence('fs.exercise', language)] : []),
    fixedSentence('fs.assist.no-result', language),
    ...(acknowledged ? [fixedSentence('fs.ack.request', language)] : []),
  ];
}

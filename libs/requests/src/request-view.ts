import { fixedSentence, type FixedSentence, type Language, type WrittenText } from '#libs/wording';
import {
  decideLine,
  decideRequest,
  type Act,
  type LineState,
  type RequestState,
  type Ruling,
  type Side,
} from './lifecycle.js';
import { may } from './policy.js';

/** Who did something. A self-stated name was typed by the bearer of a link and checked by nobody. */
export interface ByView {
  kind: 'officer' | 'link-bearer' | 'system';
  name?: string | undefined;
  selfStated?: boolean | undefined;
}

/** One addressee's line. Instants are RFC 3339 in UTC, in the words of the clock rules. */
export interface LineView {
  party: string;
  state: LineState;
  version: number;
  reach: 'none' | 'accepted' | 'delivered' | 'viewed' | 'unreached';
  sentAt: string;
  acceptedByRelayAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: ByView | null;
  withdrawnAt: string | null;
}

export interface EventView {
  id: string;
  at: string;
  act: string;
  /** The party that acted, or whose relay did. */
  party: string;
  /** The line it happened on; null for the request as a whole. */
  addressee: string | null;
  from: string | null;
  to: string;
  by: ByView;
  assurance: 'signed-in' | 'link-and-code' | 'system';
  commitment: string;
}

export interface AllowedAct {
  act: Act;
  addressee?: string | undefined;
  allowed: boolean;
  /** Why not. */
  because?: string | undefined;
}

export interface RequestSummary {
  id: string;
  reference: string;
  kind: 'assistance';
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
  sentence: WrittenText | null;
  text: WrittenText | null;
  neededBy: string | null;
  composedAt: string | null;
  sentAt: string | null;
  withdrawnAt: string | null;
  /** All lines for the requester; an addressee's own alone, which tells nothing of others. */
  addressees: LineView[];
}

export interface RequestView extends RequestSummary {
  timeline: EventView[];
  allowedActs: AllowedAct[];
  fixedSentences: FixedSentence[];
}

const asAllowed = (act: Act, role: string, ruling: Ruling<string>, addressee?: string): AllowedAct => {
  const no = may(role, act) ?? (ruling.refused ? ruling : undefined);
  return { act, ...(addressee ? { addressee } : {}), allowed: !no, ...(no ? { because: no.because } : {}) };
};

/** What the caller can do next, from the tables that decide it, with the reason why not. */
export function allowedActs(view: RequestSummary, role: string): AllowedAct[] {
  const at = new Date(0);
  if (view.direction === 'incoming') {
    const [line] = view.addressees;
    const facts = { state: line?.state ?? 'withdrawn', side: 'addressee' as Side };
    return [asAllowed('acknowledge', role, decideLine(facts, 'acknowledge', at))];
  }
  const facts = { state: view.state as RequestState, side: 'requester' as Side };
  const whole = (['save', 'send', 'withdraw'] as const).map((act) =>
    asAllowed(act, role, decideRequest(facts, act, at)),
  );
  const lines = view.addressees.map(({ party, state }) =>
    asAllowed('withdraw', role, decideLine({ state, side: 'requester' }, 'withdraw', at), party),
  );
  return [...whole, ...(lines.length > 1 ? lines : [])];
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

/** States of a request on the requester's side. */
export const requestStates = ['draft', 'sent', 'closed', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];

/** States of one addressee's line. `offered` comes with the negotiation of offers: a row in the table below. */
export const lineStates = [
  'sent',
  'acknowledged',
  'assessing',
  'answered',
  'agreed',
  'in-progress',
  'completed',
  'redirected',
  'closed',
  'withdrawn',
] as const;
export type LineState = (typeof lineStates)[number];

export type Side = 'requester' | 'addressee';

/** Every act, and whose it is. */
export const actors = {
  save: 'requester',
  amend: 'requester',
  send: 'requester',
  withdraw: 'requester',
  disclose: 'requester',
  'answer-question': 'requester',
  'accept-offer': 'requester',
  release: 'requester',
  close: 'requester',
  reopen: 'requester',
  acknowledge: 'addressee',
  take: 'addressee',
  assess: 'addressee',
  ask: 'addressee',
  determine: 'addressee',
  redirect: 'addressee',
  'report-progress': 'addressee',
  extend: 'addressee',
  complete: 'addressee',
  message: 'either',
  note: 'either',
} as const satisfies Record<string, Side | 'either'>;

export type Act = keyof typeof actors;
export const acts = Object.keys(actors) as [Act, ...Act[]];

/** What an addressee determined (A/76/135, 53). */
export const answers = ['can-assist', 'in-part', 'cannot', 'more-time'] as const;
export type Answer = (typeof answers)[number];

export const requestMoves: Record<RequestState, Partial<Record<Act, RequestState>>> = {
  draft: { save: 'draft', send: 'sent', withdraw: 'withdrawn' },
  sent: { amend: 'sent', disclose: 'sent', withdraw: 'withdrawn' },
  closed: {},
  withdrawn: {},
};

/** Acts that leave an open line where it is. */
const staying = ['take', 'ask', 'answer-question', 'message', 'note'] as const;

type Moves = Partial<Record<Act, LineState>>;
const open = (state: LineState, moves: Moves): Moves => ({
  ...Object.fromEntries(staying.map((act) => [act, state])),
  withdraw: 'withdrawn',
  ...moves,
});

/** The whole life of a line. Any open state also stays under `take, ask, answer-question, message, note`. */
export const lineMoves: Record<LineState, Moves> = {
  sent: open('sent', { acknowledge: 'acknowledged', determine: 'answered', redirect: 'redirected' }),
  acknowledged: open('acknowledged', { assess: 'assessing', determine: 'answered', redirect: 'redirected' }),
  assessing: open('assessing', { determine: 'answered', redirect: 'redirected' }),
  // Terms that the answer states are accepted as they stand; bargaining over them is the negotiation of offers.
  answered: open('answered', { determine: 'answered', 'accept-offer': 'agreed', close: 'closed' }),
  agreed: open('agreed', { 'report-progress': 'in-progress', release: 'answered' }),
  'in-progress': open('in-progress', {
    'report-progress': 'in-progress',
    extend: 'in-progress',
    complete: 'completed',
    release: 'answered',
  }),
  completed: open('completed', { reopen: 'in-progress', close: 'closed' }),
  redirected: open('redirected', { close: 'closed' }),
  closed: { reopen: 'acknowledged' },
  withdrawn: {},
};

export interface Decision<State> {
  refused: false;
  act: Act;
  from: State;
  to: State;
  at: Date;
}

export interface Refusal {
  refused: true;
  code:
    | 'not-your-side'
    | 'not-your-body'
    | 'not-in-this-state'
    | 'already-done'
    | 'not-your-role'
    | 'not-yet'
    | 'shared-to-read'
    | 'label';
  because: string;
}

export type Ruling<State> = Decision<State> | Refusal;

export const refusal = (code: Refusal['code'], because: string): Refusal => ({
  refused: true,
  code,
  because,
});

const done: Partial<Record<Act, string>> = {
  acknowledge: 'acknowledged',
  withdraw: 'withdrawn',
  send: 'sent',
  close: 'closed',
  assess: 'assessing',
};

function decideIn<State extends string>(
  moves: Record<State, Partial<Record<Act, State>>>,
  facts: { state: State; side: Side },
  act: Act,
  at: Date,
): Ruling<State> {
  const owner = actors[act];
  if (owner !== 'either' && owner !== facts.side)
    return refusal('not-your-side', `"${act}" is an act of the ${owner}.`);
  const to = moves[facts.state][act];
  if (to !== undefined) return { refused: false, act, from: facts.state, to, at };
  return done[act] === facts.state
    ? refusal('already-done', `It is already ${facts.state}.`)
    : refusal('not-in-this-state', `"${act}" is not possible while the state is "${facts.state}".`);
}

/** What an act does to a request as a whole: the requester's draft, sending, withdrawing. */
export const decideRequest = (
  facts: { state: RequestState; side: Side },
  act: Act,
  at: Date,
): Ruling<RequestState> => decideIn(requestMoves, facts, act, at);

/** What stands beside a line's state and decides with it. */
export interface LineFacts {
  state: LineState;
  side: Side;
  /** The answer that was determined last. */
  answer: Answer | null;
  /** Whether a question to the requester is open. */
  asked: boolean;
}

/**
 * What an act does to one addressee's line; `answer` is the one being determined. "More time" is no answer yet: it is
 * asked for while assessing, and the line stays there.
 */
export function decideLine(facts: LineFacts, act: Act, at: Date, answer?: Answer): Ruling<LineState> {
  const ruling = decideIn(lineMoves, facts, act, at);
  if (ruling.refused) return ruling;
  if (act === 'determine' && answer === 'more-time')
    return facts.state === 'assessing'
      ? { ...ruling, to: 'assessing' }
      : refusal(
          'not-in-this-state',
          `More time is asked for while assessing; the state is "${facts.state}".`,
        );
  if (act === 'accept-offer' && facts.answer !== 'can-assist' && facts.answer !== 'in-part')
    return refusal('not-yet', 'There is nothing to accept: the answer offers no assistance.');
  if (act === 'ask' && facts.asked) return refusal('not-yet', 'A question to the requester is open already.');
  if (act === 'answer-question' && !facts.asked) return refusal('not-yet', 'No question is open.');
  return ruling;
}

/** Whether a line has come to its end. */
export const isOver = (state: LineState): boolean => state === 'closed' || state === 'withdrawn';

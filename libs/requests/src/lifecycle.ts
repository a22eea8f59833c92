/** States of a request on the requester's side. */
export const requestStates = ['draft', 'sent', 'closed', 'withdrawn'] as const;
export type RequestState = (typeof requestStates)[number];

/** States of one addressee's line. Later moves add rows to the tables below, not new paths through the code. */
export const lineStates = ['sent', 'acknowledged', 'withdrawn'] as const;
export type LineState = (typeof lineStates)[number];

export const acts = ['save', 'send', 'acknowledge', 'withdraw'] as const;
export type Act = (typeof acts)[number];

export type Side = 'requester' | 'addressee';

/** Whose act it is. */
export const actor: Record<Act, Side> = {
  save: 'requester',
  send: 'requester',
  withdraw: 'requester',
  acknowledge: 'addressee',
};

export const requestMoves: Record<RequestState, Partial<Record<Act, RequestState>>> = {
  draft: { save: 'draft', send: 'sent', withdraw: 'withdrawn' },
  sent: { withdraw: 'withdrawn' },
  closed: {},
  withdrawn: {},
};

export const lineMoves: Record<LineState, Partial<Record<Act, LineState>>> = {
  sent: { acknowledge: 'acknowledged', withdraw: 'withdrawn' },
  acknowledged: { withdraw: 'withdrawn' },
  withdrawn: {},
};

/** Who is told when an act is done. */
export type Telling =
  'request-to-addressee' | 'copy-to-requester' | 'acknowledged-to-requester' | 'withdrawn-to-addressee';

const tellings: Record<Act, readonly Telling[]> = {
  save: [],
  send: ['request-to-addressee', 'copy-to-requester'],
  acknowledge: ['acknowledged-to-requester'],
  withdraw: ['withdrawn-to-addressee'],
};

export interface Decision<State> {
  refused: false;
  act: Act;
  from: State;
  to: State;
  at: Date;
  tell: readonly Telling[];
  /** Notices of the request itself that are still on their way are no longer wanted. */
  recallNotices: boolean;
}

export interface Refusal {
  refused: true;
  code: 'not-your-side' | 'not-in-this-state' | 'already-done' | 'not-your-role';
  because: string;
}

export type Ruling<State> = Decision<State> | Refusal;

export const refusal = (code: Refusal['code'], because: string): Refusal => ({
  refused: true,
  code,
  because,
});

const done: Partial<Record<Act, readonly string[]>> = {
  acknowledge: ['acknowledged'],
  withdraw: ['withdrawn'],
  send: ['sent'],
};

function decideIn<State extends string>(
  moves: Record<State, Partial<Record<Act, State>>>,
  facts: { state: State; side: Side },
  act: Act,
  at: Date,
): Ruling<State> {
  if (actor[act] !== facts.side) return refusal('not-your-side', `"${act}" is an act of the ${actor[act]}.`);
  const to = moves[facts.state][act];
  if (to === undefined)
    return done[act]?.includes(facts.state)
      ? refusal('already-done', `It is already ${facts.state}.`)
      : refusal('not-in-this-state', `"${act}" is not possible while the state is "${facts.state}".`);
  return {
    refused: false,
    act,
    from: facts.state,
    to,
    at,
    tell: facts.state === 'draft' && act === 'withdraw' ? [] : tellings[act],
    recallNotices: act === 'withdraw',
  };
}

/** What an act does to a request as a whole: the requester's draft, sending, withdrawing. */
export const decideRequest = (
  facts: { state: RequestState; side: Side },
  act: Act,
  at: Date,
): Ruling<RequestState> => decideIn(requestMoves, facts, act, at);

/** What an act does to one addressee's line. */
export const decideLine = (facts: { state: LineState; side: Side }, act: Act, at: Date): Ruling<LineState> =>
  decideIn(lineMoves, facts, act, at);

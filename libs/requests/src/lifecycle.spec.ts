import fc from 'fast-check';
import {
  actor,
  acts,
  decideLine,
  decideRequest,
  lineMoves,
  lineStates,
  requestMoves,
  requestStates,
  type LineState,
  type RequestState,
} from './lifecycle.js';

const at = new Date('2026-03-14T22:30:00Z');

describe('the line of an addressee', () => {
  const allowed: Record<string, string> = {
    'sent acknowledge': 'acknowledged',
    'sent withdraw': 'withdrawn',
    'acknowledged withdraw': 'withdrawn',
  };

  for (const state of lineStates)
    for (const act of acts)
      it(`${state}, ${act}: ${allowed[`${state} ${act}`] ?? 'refused with the reason'}`, () => {
        const ruling = decideLine({ state, side: actor[act] }, act, at);
        const next = allowed[`${state} ${act}`];
        if (next) expect(ruling).toMatchObject({ refused: false, act, from: state, to: next, at });
        else expect(ruling).toMatchObject({ refused: true, because: expect.stringMatching(/\w+/) });
      });

  it('is acknowledged by the addressee only and withdrawn by the requester only', () => {
    expect(decideLine({ state: 'sent', side: 'requester' }, 'acknowledge', at)).toMatchObject({
      refused: true,
      code: 'not-your-side',
    });
    expect(decideLine({ state: 'sent', side: 'addressee' }, 'withdraw', at)).toMatchObject({
      refused: true,
      code: 'not-your-side',
    });
  });

  it('tells the requester of an acknowledgement, and the addressee of a withdrawal whose notices it recalls', () => {
    expect(decideLine({ state: 'sent', side: 'addressee' }, 'acknowledge', at)).toMatchObject({
      tell: ['acknowledged-to-requester'],
      recallNotices: false,
    });
    expect(decideLine({ state: 'acknowledged', side: 'requester' }, 'withdraw', at)).toMatchObject({
      tell: ['withdrawn-to-addressee'],
      recallNotices: true,
    });
  });

  it('says that a second acknowledgement is already done', () => {
    expect(decideLine({ state: 'acknowledged', side: 'addressee' }, 'acknowledge', at)).toMatchObject({
      refused: true,
      code: 'already-done',
    });
  });
});

describe('a request', () => {
  const allowed: Record<string, string> = {
    'draft save': 'draft',
    'draft send': 'sent',
    'draft withdraw': 'withdrawn',
    'sent withdraw': 'withdrawn',
  };

  for (const state of requestStates)
    for (const act of acts)
      it(`${state}, ${act}: ${allowed[`${state} ${act}`] ?? 'refused with the reason'}`, () => {
        const ruling = decideRequest({ state, side: actor[act] }, act, at);
        const next = allowed[`${state} ${act}`];
        if (next) expect(ruling).toMatchObject({ refused: false, to: next });
        else expect(ruling).toMatchObject({ refused: true, because: expect.stringMatching(/\w+/) });
      });

  it('tells nobody that a draft was withdrawn', () => {
    expect(decideRequest({ state: 'draft', side: 'requester' }, 'withdraw', at)).toMatchObject({ tell: [] });
  });
});

describe('the move tables', () => {
  const reachable = <State extends string>(start: State, moves: Record<State, object>): Set<State> => {
    const seen = new Set<State>([start]);
    for (const state of seen) for (const next of Object.values(moves[state])) seen.add(next as State);
    return seen;
  };

  it('reach every state they name, but for "closed", whose moves come with answers', () => {
    expect([...reachable<LineState>('sent', lineMoves)].sort()).toEqual([...lineStates].sort());
    expect([...reachable<RequestState>('draft', requestMoves), 'closed'].sort()).toEqual(
      [...requestStates].sort(),
    );
  });

  it('never lead a random walk to a state without a name or past the end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...acts), fc.constantFrom('requester', 'addressee'))),
        (walk) => {
          let state: LineState = 'sent';
          for (const [act, side] of walk) {
            const ruling = decideLine({ state, side }, act, at);
            if (state === 'withdrawn') expect(ruling.refused).toBe(true);
            if (!ruling.refused) state = ruling.to;
            expect(lineStates).toContain(state);
          }
        },
      ),
    );
  });
});

import fc from 'fast-check';
import {
  actors,
  acts,
  answers,
  decideLine,
  decideRequest,
  lineMoves,
  lineStates,
  requestMoves,
  requestStates,
  type Act,
  type LineFacts,
  type LineState,
  type RequestState,
  type Side,
} from './lifecycle.js';

const at = new Date('2026-03-14T22:30:00Z');
const sideOf = (act: Act): Side => (actors[act] === 'requester' ? 'requester' : 'addressee');
const line = (state: LineState, act: Act, more: Partial<LineFacts> = {}): LineFacts => ({
  ...{ state, side: sideOf(act), answer: 'can-assist', asked: act === 'answer-question' },
  ...more,
});

const table: Record<LineState, Partial<Record<Act, LineState>>> = {
  sent: { acknowledge: 'acknowledged', determine: 'answered', redirect: 'redirected' },
  acknowledged: { assess: 'assessing', determine: 'answered', redirect: 'redirected' },
  assessing: { determine: 'answered', redirect: 'redirected' },
  answered: { determine: 'answered', 'accept-offer': 'agreed', close: 'closed' },
  agreed: { 'report-progress': 'in-progress', release: 'answered' },
  'in-progress': {
    ...{ 'report-progress': 'in-progress', extend: 'in-progress', complete: 'completed' },
    release: 'answered',
  },
  completed: { reopen: 'in-progress', close: 'closed' },
  redirected: { close: 'closed' },
  closed: { reopen: 'acknowledged' },
  withdrawn: {},
};
const staying: Act[] = ['take', 'ask', 'answer-question', 'message', 'note'];

describe('the line of an addressee', () => {
  for (const state of lineStates)
    for (const act of acts) {
      const isOpen = state !== 'closed' && state !== 'withdrawn';
      const next =
        table[state][act] ??
        (isOpen && act === 'withdraw' ? 'withdrawn' : isOpen && staying.includes(act) ? state : undefined);
      it(`${state}, ${act}: ${next ?? 'refused with the reason'}`, () => {
        const ruling = decideLine(line(state, act), act, at, 'can-assist');
        if (next) expect(ruling).toMatchObject({ refused: false, act, from: state, to: next, at });
        else expect(ruling).toMatchObject({ refused: true, because: expect.stringMatching(/\w+/) as string });
      });
    }

  it('hears nothing from the side whose act it is not', () => {
    for (const act of acts) {
      if (actors[act] === 'either') continue;
      const side = actors[act] === 'requester' ? 'addressee' : 'requester';
      expect(decideLine(line('sent', act, { side }), act, at)).toMatchObject({
        refused: true,
        code: 'not-your-side',
      });
    }
  });

  it('stays at assessing when more time is asked for, and nowhere else', () => {
    const ask = (state: LineState) => decideLine(line(state, 'determine'), 'determine', at, 'more-time');
    expect(ask('assessing')).toMatchObject({ refused: false, to: 'assessing' });
    for (const state of ['sent', 'acknowledged', 'answered'] as const) expect(ask(state).refused).toBe(true);
  });

  it('lets terms be accepted only where assistance was answered', () => {
    for (const answer of [...answers, null]) {
      const ruling = decideLine(line('answered', 'accept-offer', { answer }), 'accept-offer', at);
      expect([answer, ruling.refused]).toEqual([answer, answer !== 'can-assist' && answer !== 'in-part']);
    }
  });

  it('has one open question at most', () => {
    expect(decideLine(line('assessing', 'ask', { asked: true }), 'ask', at)).toMatchObject({
      code: 'not-yet',
    });
    const idle = line('assessing', 'answer-question', { asked: false });
    expect(decideLine(idle, 'answer-question', at)).toMatchObject({ code: 'not-yet' });
  });

  it('says that a second acknowledgement is already done', () => {
    expect(decideLine(line('acknowledged', 'acknowledge'), 'acknowledge', at)).toMatchObject({
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
    'sent amend': 'sent',
    'sent disclose': 'sent',
    'sent withdraw': 'withdrawn',
  };

  for (const state of requestStates)
    for (const act of acts)
      it(`${state}, ${act}: ${allowed[`${state} ${act}`] ?? 'refused with the reason'}`, () => {
        const ruling = decideRequest({ state, side: sideOf(act) }, act, at);
        const next = allowed[`${state} ${act}`];
        if (next) expect(ruling).toMatchObject({ refused: false, to: next });
        else expect(ruling).toMatchObject({ refused: true, because: expect.stringMatching(/\w+/) as string });
      });
});

describe('the move tables', () => {
  const reachable = <State extends string>(start: State, moves: Record<State, object>): Set<State> => {
    const seen = new Set<State>([start]);
    for (const state of seen) for (const next of Object.values(moves[state])) seen.add(next as State);
    return seen;
  };

  it('reach every state they name; a request is closed when its lines are', () => {
    expect([...reachable<LineState>('sent', lineMoves)].sort()).toEqual([...lineStates].sort());
    expect([...reachable<RequestState>('draft', requestMoves), 'closed'].sort()).toEqual(
      [...requestStates].sort(),
    );
  });

  it('never lead a random walk to an unexplained state or past the end', () => {
    const step = fc.tuple(
      fc.constantFrom(...acts),
      fc.constantFrom<Side>('requester', 'addressee'),
      fc.constantFrom(...answers),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (walk) => {
        let facts: LineFacts = { state: 'sent', side: 'addressee', answer: null, asked: false };
        for (const [act, side, answer] of walk) {
          const ruling = decideLine({ ...facts, side }, act, at, answer);
          if (facts.state === 'withdrawn') expect(ruling.refused).toBe(true);
          if (ruling.refused) {
            expect(ruling.because).toMatch(/\w/);
            continue;
          }
          expect(lineStates).toContain(ruling.to);
          if (ruling.to === 'agreed' && facts.state === 'answered')
            expect(['can-assist', 'in-part']).toContain(facts.answer);
          facts = {
            ...facts,
            state: ruling.to,
            answer: act === 'determine' ? answer : facts.answer,
            asked: act === 'ask' || (act !== 'answer-question' && facts.asked),
          };
        }
      }),
      { numRuns: 300 },
    );
  });
});

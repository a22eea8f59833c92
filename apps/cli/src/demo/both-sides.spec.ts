import { differences, type Seen } from './both-sides.js';

const entry = (id: string, addressee: string | null, act = 'message') => ({ id, addressee, act, at: '' });
const seen = (timeline: object[], state = 'sent', elapsedMinutes = 3) =>
  ({
    view: { addressees: [{ party: 'XB', state }], timeline },
    clocks: [{ party: 'XB', body: null, clocks: [{ state: 'running', elapsedMinutes }] }],
  }) as unknown as Seen;

describe('the views of both sides', () => {
  it('are the same where each sees the same, whatever else the requester sees', () => {
    const requesters = seen([entry('1', null, 'save'), entry('2', 'XB'), entry('3', 'XC')]);
    expect(differences(requesters, seen([entry('2', 'XB')], 'sent', 4), 'XB')).toEqual([]);
  });

  it('may differ in notes', () => {
    expect(differences(seen([]), seen([entry('4', 'XB', 'note')]), 'XB')).toEqual([]);
  });

  it('are told apart by an entry, a state or a clock', () => {
    expect(differences(seen([entry('2', 'XB')]), seen([]), 'XB')).toEqual(['timeline']);
    expect(differences(seen([]), seen([], 'closed'), 'XB')).toEqual(['line']);
    expect(differences(seen([]), { ...seen([]), clocks: [] }, 'XB')).toEqual(['clocks']);
  });
});

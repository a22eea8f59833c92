import { isDoubtedByOthers, isDoubtful, type Tried } from './channel-doubt.js';

const tried = (...what: readonly string[]): Tried[] =>
  what.map((one) => {
    const [kind = '', outcome] = one.split('/');
    return { kind, outcome: outcome as Tried['outcome'] };
  });

describe('doubt about a channel', () => {
  it.each([
    [['delivery/failed'], true],
    [['proof/failed'], true],
    [['call/wrong-contact'], true],
    [['report/wrong-contact'], true],
    [['call/no-answer'], false],
    [['call/no-answer', 'call/no-answer'], true],
    [['call/failed'], false],
    [['call/failed', 'call/no-answer'], true],
    [['call/no-answer', 'confirmation/no-answer', 'call/failed'], true],
    [['call/no-answer', 'delivery/failed'], true],
    [['confirmation/no-answer', 'ping/no-answer'], false],
    [[], false],
  ])('after %j is %s', (what, doubtful) => {
    expect(isDoubtful(tried(...what))).toBe(doubtful);
  });

  it('ends with an answer, and begins anew after it', () => {
    expect(isDoubtful(tried('confirmation/answered', 'delivery/failed'))).toBe(false);
    expect(isDoubtful(tried('call/no-answer', 'call/answered', 'call/no-answer'))).toBe(false);
    expect(isDoubtful(tried('delivery/failed', 'proof/answered', 'delivery/failed'))).toBe(true);
  });

  it('takes two other parties', () => {
    expect(isDoubtedByOthers(['XA'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XA'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XB'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XC'], 'XB')).toBe(true);
  });
});

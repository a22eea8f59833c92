import { isDoubtedByOthers, isDoubtful, type Tried } from './channel-doubt.js';

const tried = (...what: readonly string[]): Tried[] =>
  what.map((one) => {
    const [kind = '', outcome, by = 'XB'] = one.split('/');
    return { kind, outcome: outcome as Tried['outcome'], by: by === 'nobody' ? null : by };
  });

describe('doubt about a channel', () => {
  it.each([
    [['delivery/failed'], true],
    [['proof/failed'], true],
    [['call/wrong-contact'], true],
    [['report/wrong-contact'], true],
    [['call/no-answer'], true],
    [['call/failed/nobody'], true],
    [['call/wrong-contact/nobody'], true],
    [['call/no-answer', 'call/no-answer'], true],
    [['call/failed'], true],
    [['call/failed', 'call/no-answer'], true],
    [['call/no-answer', 'confirmation/no-answer', 'call/failed'], true],
    [['call/no-answer', 'delivery/failed'], true],
    [['confirmation/no-answer', 'ping/no-answer'], false],
    [[], false],
  ])('after %j is %s', (what, doubtful) => {
    expect(isDoubtful(tried(...what), 'XB')).toBe(doubtful);
  });

  it('ends with an answer, and begins anew after it', () => {
    expect(isDoubtful(tried('confirmation/answered', 'delivery/failed'), 'XB')).toBe(false);
    expect(isDoubtful(tried('call/answered', 'call/no-answer'), 'XB')).toBe(false);
    expect(isDoubtful(tried('call/no-answer', 'call/answered', 'call/no-answer'), 'XB')).toBe(true);
    expect(isDoubtful(tried('delivery/failed', 'proof/answered', 'delivery/failed'), 'XB')).toBe(true);
  });

  it.each([
    [['call/wrong-contact/XA'], false],
    [['call/failed/XA', 'call/wrong-contact/XA', 'call/no-answer/XA'], false],
    [['call/failed/XA', 'call/no-answer'], true],
    [['call/failed/XA', 'call/no-answer/XC'], true],
    [['call/failed/XA', 'call/wrong-contact/nobody'], true],
    [['call/failed/XA', 'call/answered/XA', 'call/failed/XC'], false],
  ])('after %j, called by others too, is %s', (what, doubtful) => {
    expect(isDoubtful(tried(...what), 'XB')).toBe(doubtful);
  });

  it('takes two other parties', () => {
    expect(isDoubtedByOthers(['XA'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XA'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XB'], 'XB')).toBe(false);
    expect(isDoubtedByOthers(['XA', 'XC'], 'XB')).toBe(true);
  });
});

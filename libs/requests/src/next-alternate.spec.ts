import { nextAlternate } from './next-alternate.js';

const route = ['first:a1', 'first:a2', 'second:b1', 'second:b2?', 'diplomat:d1', 'policy:p1'].map((one) => {
  const [id = '', address = ''] = one.split(':');
  return { id, address, doubted: address.endsWith('?') };
});
const order = (failed: string, ...before: readonly string[]) => {
  const told = new Set(before);
  const found: string[] = [];
  for (let next = nextAlternate(route, failed, told); next; next = nextAlternate(route, failed, told)) {
    told.add(next.address);
    found.push(next.address);
  }
  return found;
};

describe('who is told next', () => {
  it('is the next mailbox of the same, then whoever comes after in the route, those in doubt last, each once', () => {
    expect(order('first', 'a1', 'b1')).toEqual(['a2', 'd1', 'p1', 'b2?']);
    expect(order('second', 'a1', 'b1')).toEqual(['a2', 'd1', 'p1', 'b2?']);
    expect(order('diplomat', 'd1')).toEqual(['a1', 'a2', 'b1', 'p1', 'b2?']);
  });

  it('is nobody once all have been told', () => {
    expect(order('first', 'a1', 'a2', 'b1', 'b2?', 'd1', 'p1')).toEqual([]);
  });
});

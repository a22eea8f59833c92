import type { Level } from '#libs/directory';
import { nextAlternate } from './next-alternate.js';

const contact = (id: string, level: Level, ...mailboxes: readonly string[]) => ({
  ...{ id, level },
  channels: mailboxes.map((address) => ({
    ...{ address, kind: address.startsWith('+') ? 'telephone' : address.includes(':') ? 'webhook' : 'mail' },
    state: address.includes('?') ? 'suspect' : 'proven',
  })),
});
const contacts = [
  contact('policy', 'policy', 'p1'),
  contact('first', 'technical', 'a1', '+41', 'a2'),
  contact('second', 'technical', 'b1', 'b2?'),
  contact('police', 'law-enforcement-liaison', 'l1'),
  contact('diplomat', 'diplomatic', 'd1'),
];
const order = (failed: string, ...before: readonly string[]) => {
  const told = new Set(before);
  const found: string[] = [];
  for (let next = nextAlternate(contacts, failed, told); next; next = nextAlternate(contacts, failed, told)) {
    told.add(next.address);
    found.push(next.address);
  }
  return found;
};

describe('who is told next', () => {
  it('is the next mailbox of the same, then whoever comes after, those in doubt last, each once', () => {
    expect(order('first', 'a1', 'b1')).toEqual(['a2', 'd1', 'p1', 'b2?']);
    expect(order('second', 'a1', 'b1')).toEqual(['a2', 'd1', 'p1', 'b2?']);
    expect(order('diplomat', 'd1')).toEqual(['a1', 'a2', 'b1', 'p1', 'b2?']);
  });

  it('is an endpoint too, by its own kind', () => {
    const desks = [contact('desk', 'technical', 'a1', 'https://hooks.xb.example/')];
    const next = nextAlternate(desks, 'desk', new Set(['a1']));
    expect([next?.channel, next?.address]).toEqual(['webhook', 'https://hooks.xb.example/']);
  });

  it('is nobody once all have been told, nor somebody whom requests do not go to', () => {
    expect(order('first', 'a1', 'a2', 'b1', 'b2?', 'd1', 'p1')).toEqual([]);
  });
});

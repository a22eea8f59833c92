import { endProposed, endsByTwo, heldUntil, type KeyEndFacts } from './key-end.js';
import type { KeyFacts } from './key-use.js';
import { allowedKeyActs, type KeyKeeping } from './key-view.js';

const at = new Date('2026-11-23T09:00:00Z');
const days = (count: number) => new Date(at.getTime() + count * 86_400_000);
const proposed: KeyEndFacts = {
  ...{ state: 'confirmed', expiresAt: days(200), entry: 'active' },
  ...{ endProposedAt: days(-1), endProposedBy: 'b' },
};

describe('the end of a key', () => {
  it.each([
    [{}, true],
    [{ expiresAt: null }, true],
    [{ entry: 'verified' }, true],
    [{ entry: 'suspended' }, true],
    [{ entry: 'nominated' }, false],
    [{ expiresAt: at }, false],
    [{ state: 'proposed' }, false],
    [{ state: 'revoked' }, false],
    [{ state: 'ended' }, false],
  ] as const)('of one with %j takes two: %s, and only then a proposal counts', (changes, two) => {
    const facts = { ...proposed, ...changes };
    expect([endsByTwo(facts, at), endProposed(facts, at)]).toEqual([two, two ? days(-1) : null]);
  });

  it.each([
    [{ endProposedAt: null, endProposedBy: null }, null],
    [{ endProposedBy: null }, null],
    [{ endProposedAt: at }, at],
    [{ endProposedAt: new Date(days(-30).getTime() + 1) }, new Date(days(-30).getTime() + 1)],
    [{ endProposedAt: days(-30) }, null],
  ])('is waited for with %j since %p', (changes, since) => {
    expect(endProposed({ ...proposed, ...changes }, at)).toEqual(since);
  });

  it('is waited for 30 days', () => {
    expect(heldUntil(at)).toEqual(days(30));
  });
});

describe('what can be done with a key', () => {
  const good: KeyFacts = {
    ...{ state: 'confirmed', canEncrypt: true, validFrom: days(-1), expiresAt: days(200), testedAt: null },
  };
  const keeping: KeyKeeping = { bySelf: false, endProposed: null, reachable: true, at };

  it.each([
    [{}, {}, ['test', 'end']],
    [{}, { reachable: false }, ['end']],
    [{}, { endProposed: 'by-self' }, ['test', 'keep']],
    [{}, { endProposed: 'by-another' }, ['test', 'end', 'keep']],
    [{ expiresAt: at }, {}, ['end']],
    [{ state: 'proposed' }, {}, ['confirm', 'end']],
    [{ state: 'proposed' }, { bySelf: true }, ['end']],
    [{ state: 'revoked' }, {}, ['end']],
    [{ state: 'ended' }, {}, []],
  ] as const)('with %j by somebody with %j: %j', (changes, by, acts) => {
    expect(allowedKeyActs({ ...good, ...changes }, { ...keeping, ...by })).toEqual(acts);
  });
});

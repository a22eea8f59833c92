import {
  allowedChangeActs,
  entryChangeKinds,
  entryChangeStates,
  standing,
  type EntryChangeFacts,
} from './entry-change.js';

const facts: EntryChangeFacts = {
  ...{ kind: 'replace-channel', decided: 'asked', isDone: false, isOver: false, proposerLeft: false },
  ...{ entry: 'active', isSameEntry: true, channel: 'proven', newChannel: null },
};

describe('a change that two people make', () => {
  it('stands as it was decided while it fits', () => {
    for (const kind of entryChangeKinds)
      for (const decided of ['asked', 'confirmed', 'declined', 'withdrawn'] as const)
        expect(standing({ ...facts, kind, decided })).toEqual({ state: decided, because: null });
  });

  it('is void as soon as what it is about has gone, has moved, or nobody stands for it any more', () => {
    for (const [changes, because] of [
      [{ entry: 'retired' }, 'entry-retired'],
      [{ channel: 'ended' }, 'channel-ended'],
      [{ isOver: true }, 'expired'],
      [{ proposerLeft: true }, 'proposer-left'],
      [{ kind: 'retire', channel: null, isSameEntry: false }, 'entry-changed'],
      [{ decided: 'confirmed', newChannel: 'ended' }, 'new-channel-ended'],
      [{ decided: 'confirmed', channel: 'ended', newChannel: 'unproven' }, 'channel-ended'],
    ] as const)
      expect([changes, standing({ ...facts, ...changes })]).toEqual([changes, { state: 'void', because }]);
  });

  it('outlives a bounce, a change of other words of the entry, and after it was confirmed its time', () => {
    for (const changes of [
      { channel: 'suspect' },
      { isSameEntry: false },
      { decided: 'confirmed', newChannel: 'unproven', isOver: true, proposerLeft: true },
    ] as const)
      expect(standing({ ...facts, ...changes }).because).toBeNull();
  });

  it('stays done or refused whatever comes after', () => {
    const after = { entry: 'retired', channel: 'ended', newChannel: 'ended', isOver: true } as const;
    expect(standing({ ...facts, ...after, decided: 'confirmed', isDone: true }).state).toBe('done');
    for (const decided of ['declined', 'withdrawn'] as const)
      expect(standing({ ...facts, ...after, decided }).state).toBe(decided);
  });

  it('is taken back by who proposed it and decided by another one, while it is asked', () => {
    for (const state of entryChangeStates)
      expect([allowedChangeActs(state, true), allowedChangeActs(state, false)]).toEqual(
        state === 'asked' ? [['withdraw'], ['confirm', 'decline']] : [[], []],
      );
  });
});

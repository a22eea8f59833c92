import {
  commitmentToAttempt,
  entryOfBatch,
  faultOfAttempt,
  faultOfBatch,
  rootOf,
  type AttemptFacts,
  type JournalEntry,
} from './journal.js';

const at = '2026-11-21T23:41:31.123456Z';
const attempt: AttemptFacts = {
  ...{ id: 'a1', notice: 'n1', request: 'r1', party: 'XB', requester: 'XA', traffic: 'actual', number: 1 },
  ...{ started: at, ended: at, outcome: 'accepted', reply: 250 },
};
const entry: JournalEntry = {
  ...{ id: 'j1', party: 'XB', traffic: 'actual', kind: 'delivery.accepted', at, subject: 'a1' },
  commitment: commitmentToAttempt(attempt),
};
const entries = [entry, { ...entry, id: 'j2' }, { ...entry, id: 'j3' }];
const batch = { id: 'b1', at, size: 3, root: rootOf(entries) };

describe('a batch of the journal', () => {
  it('is whole with the entries that were folded into it', () => {
    expect(faultOfBatch(batch, entries)).toBeUndefined();
  });

  it.each(Object.keys(entry) as (keyof JournalEntry)[])('shows a change of %s in one of them', (name) => {
    const changed = entries.map((one, index) => (index === 1 ? { ...one, [name]: 'other' } : one));
    expect(faultOfBatch(batch, changed)).toMatch(/root/);
  });

  it('shows entries that are gone, added or in another order', () => {
    expect(faultOfBatch(batch, entries.slice(1))).toBe('has 2 of its 3 entries');
    expect(faultOfBatch(batch, [...entries, entry])).toBe('has 4 of its 3 entries');
    expect(faultOfBatch(batch, entries.toReversed())).toMatch(/root/);
  });

  it('is committed to with everything it says', () => {
    const { commitment } = entryOfBatch(batch);
    for (const changed of [{ id: 'b2' }, { at: 'later' }, { size: 2 }, { root: 'other' }])
      expect(entryOfBatch({ ...batch, ...changed }).commitment).not.toBe(commitment);
  });
});

describe('an attempt', () => {
  it('agrees with the last entry about it', () => expect(faultOfAttempt(attempt, entry)).toBeUndefined());

  it.each(Object.keys(attempt) as (keyof AttemptFacts)[])('shows a change of its %s', (name) => {
    expect(faultOfAttempt({ ...attempt, [name]: 7 }, entry)).toBe('is not what the journal says of it');
  });

  it('shows that the journal does not know it', () => {
    expect(faultOfAttempt(attempt, null)).toMatch(/does not say so/);
    expect(faultOfAttempt(attempt, { ...entry, kind: 'delivery.permanent' })).toMatch(/not what/);
  });
});

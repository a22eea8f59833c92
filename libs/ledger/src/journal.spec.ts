import {
  commitmentToAttempt,
  entryOfBatch,
  faultOfAttempt,
  faultOfBatch,
  pathsOf,
  rootOf,
  type AttemptFacts,
  type Folded,
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
const entries = [entry, { ...entry, id: 'j2', kind: 'observation.viewed' }, { ...entry, id: 'j3' }];
const batch = { id: 'b1', at, size: 3, root: rootOf(entries) };
const folded = (of: JournalEntry[]): Folded[] => {
  const paths = pathsOf(of);
  return of.map((one, position) => ({ entry: one, position, path: paths[position] ?? null }));
};

describe('a batch of the journal', () => {
  it('is whole with the entries that were folded into it', () => {
    expect(faultOfBatch(batch, folded(entries))).toBeUndefined();
  });

  it.each(Object.keys(entry) as (keyof JournalEntry)[])('shows a change of %s in one of them', (name) => {
    const changed = entries.map((one, index) => (index === 1 ? { ...one, [name]: 'other' } : one));
    expect(faultOfBatch(batch, folded(changed))).toMatch(/root/);
  });

  it('shows entries that are gone, added or in another order', () => {
    expect(faultOfBatch(batch, folded(entries.slice(1)))).toBe('has 2 of its 3 entries');
    expect(faultOfBatch(batch, folded([...entries, entry]))).toBe('has 4 of its 3 entries');
    expect(faultOfBatch(batch, folded(entries.toReversed()))).toMatch(/root/);
  });

  it('shows entries in other places, and ways to the root that were changed, added or taken away', () => {
    const [first, second, third] = folded(entries) as [Folded, Folded, Folded];
    const other = { ...third, position: 3 };
    expect(faultOfBatch(batch, [first, second, other])).toMatch(/other places/);
    expect([first.path, second.path?.length]).toEqual([null, 2]);
    for (const path of [null, [], second.path?.toReversed() ?? []])
      expect(faultOfBatch(batch, [first, { ...second, path }, third])).toMatch(/way to the root/);
    expect(faultOfBatch(batch, [{ ...first, path: [] }, second, third])).toMatch(/way to the root/);
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

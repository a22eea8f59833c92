import { allowedEntryActs, decideEntry, entryActs, withChannels, withConfirmation } from './entry-life.js';
import { contactStates, type ContactState } from './entry-words.js';

const table = (reachable: boolean, byNominator = false) =>
  Object.fromEntries(
    contactStates.map((state) => [
      state,
      entryActs.map((act) => {
        const decision = decideEntry({ state, reachable, byNominator }, act);
        return 'to' in decision ? decision.to : decision.refused;
      }),
    ]),
  );
const no = 'not-possible';

describe('the life of an entry', () => {
  it('leads from every state by every act where the table says', () => {
    expect(entryActs).toEqual(['verify', 'suspend', 'resume', 'retire']);
    expect(table(true)).toEqual({
      nominated: ['active', no, no, 'retired'],
      verified: [no, 'suspended', no, 'proposal'],
      active: [no, 'suspended', no, 'proposal'],
      stale: [no, 'suspended', no, 'proposal'],
      suspended: [no, no, 'active', 'proposal'],
      retired: [no, no, no, no],
    });
  });

  it('makes active only what has a proven channel', () => {
    expect(table(false).nominated?.[0]).toBe('verified');
    expect(table(false).suspended?.[2]).toBe('verified');
    for (const state of contactStates) {
      const after: Partial<Record<ContactState, ContactState>> = { verified: 'active' };
      expect(withChannels(state, true)).toBe(after[state] ?? state);
      expect(withChannels(state, false)).toBe(state === 'active' ? 'verified' : state);
    }
  });

  it('is not verified by who nominated it, and in all else knows no difference', () => {
    expect(table(true, true)).toEqual({
      ...table(true),
      nominated: ['second-person', no, no, 'retired'],
    });
    expect(allowedEntryActs({ state: 'nominated', reachable: false, byNominator: true })).toEqual(['retire']);
    expect(allowedEntryActs({ state: 'nominated', reachable: false, byNominator: false })).toEqual([
      'verify',
      'retire',
    ]);
  });

  it('reaches by one person alone every state but staleness, and is removed so before anybody relies on it', () => {
    const reached = new Set<ContactState>(['nominated']);
    for (const state of reached)
      for (const reachable of [true, false])
        for (const act of entryActs) {
          const decision = decideEntry({ state, reachable, byNominator: false }, act);
          if ('to' in decision) reached.add(decision.to);
        }
    expect([...reached].sort()).toEqual(['active', 'nominated', 'retired', 'suspended', 'verified']);
    for (const state of contactStates)
      expect([state, allowedEntryActs({ state, reachable: true, byNominator: false }).length > 0]).toEqual([
        state,
        state !== 'retired',
      ]);
  });

  it('goes stale with time and comes back by a confirmation, while it is told of anything', () => {
    const after = (fresh: boolean, reachable: boolean) =>
      contactStates.map((state) => withConfirmation(state, fresh, reachable));
    const [, , , , suspended, retired] = contactStates;
    for (const reachable of [true, false])
      expect(after(false, reachable)).toEqual(['nominated', 'stale', 'stale', 'stale', suspended, retired]);
    expect(after(true, true)).toEqual(['nominated', 'active', 'active', 'active', suspended, retired]);
    expect(after(true, false)).toEqual(['nominated', 'verified', 'verified', 'verified', suspended, retired]);
  });
});

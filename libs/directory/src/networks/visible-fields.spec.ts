import fc from 'fast-check';
import { levels } from '../entry-words.js';
import {
  hideableFields,
  shownDuty,
  shownEntry,
  showsCapabilities,
  visibleFields,
  type Visibility,
} from './visible-fields.js';

const hidden = fc.oneof(fc.constant('hidden' as const), fc.subarray([...levels], { minLength: 1 }));
const visibility: fc.Arbitrary<Visibility> = fc
  .dictionary(fc.constantFrom(...hideableFields), hidden)
  .map((said) => ({ ...said }));
const level = fc.constantFrom(...levels);

describe('the fields of an entry that another party sees', () => {
  it('are all of them, of its own, and none without a shared network', () => {
    expect(visibleFields('policy', 'own')).toBe('all');
    expect(visibleFields('policy', [])).toBeNull();
    expect(visibleFields('policy', [{}])).toEqual(new Set(hideableFields));
  });

  it('leave out what the one shared network hides, at every level or at those it names', () => {
    const said: Visibility = { person: 'hidden', 'emergency-telephone': ['policy'] };
    const at = (each: (typeof levels)[number]) =>
      hideableFields.filter((field) => !(visibleFields(each, [said]) as ReadonlySet<string>).has(field));
    expect([at('policy'), at('technical')]).toEqual([['person', 'emergency-telephone'], ['person']]);
  });

  it('are those that any shared network shows', () => {
    fc.assert(
      fc.property(fc.array(visibility, { minLength: 1, maxLength: 4 }), level, (shared, at) => {
        const seen = visibleFields(at, shared) as ReadonlySet<string>;
        for (const field of hideableFields) {
          const shows = shared.map(
            ({ [field]: said }) => said !== 'hidden' && !(Array.isArray(said) && said.includes(at)),
          );
          expect(seen.has(field)).toBe(shows.includes(true));
        }
      }),
    );
  });

  it('never become fewer by sharing one more network', () => {
    fc.assert(
      fc.property(
        fc.array(visibility, { minLength: 1, maxLength: 3 }),
        visibility,
        level,
        (shared, one, at) => {
          const [before, after] = [visibleFields(at, shared), visibleFields(at, [...shared, one])];
          for (const field of before as ReadonlySet<string>)
            expect((after as ReadonlySet<string>).has(field)).toBe(true);
        },
      ),
    );
  });
});

describe('an entry as it is shown', () => {
  const entry = {
    ...{ party: 'XB', level: 'technical' as const, person: { name: 'A. Duty' }, note: { text: 'x' } },
    ...{ languages: ['en'], expectedRoles: ['receive-requests'], coordination: ['ministries'] },
    readiness: { ready: true },
    channels: [{ kind: 'mail' as const }, { kind: 'messenger' as const }],
  };

  it('has everything for its own party and the staff', () => {
    expect(shownEntry(entry, 'all')).toEqual([entry]);
  });

  it('is not there where no network is shared', () => {
    expect(shownEntry(entry, null)).toEqual([]);
  });

  it('is empty where fields are hidden, and lacks hidden channels', () => {
    const bare = { person: null, note: null, languages: [], expectedRoles: [], coordination: [] };
    expect(shownEntry(entry, new Set(['mail']))).toEqual([
      { party: 'XB', level: 'technical', ...bare, readiness: {}, channels: [{ kind: 'mail' }] },
    ]);
  });

  it('has no keys and no hours where these are hidden, and both where they are shown', () => {
    const given = {
      ...{ party: 'XB', level: 'technical' as const, hours: { aroundTheClock: true } },
      channels: [{ kind: 'mail' as const, keys: [{ id: 'k1' }] }],
    };
    expect(shownEntry(given, new Set(['mail']))).toMatchObject([{ hours: {}, channels: [{ keys: [] }] }]);
    expect(shownEntry(given, new Set(['mail', 'keys', 'duty']))).toEqual([given]);
  });

  it('keeps answers on readiness from others, whatever networks show, and gets no field that it has not', () => {
    const [shown] = shownEntry(
      { party: 'XB', level: 'policy' as const, readiness: { ready: false } },
      new Set(),
    );
    expect(shown).toEqual({ party: 'XB', level: 'policy', readiness: {} });
  });
});

describe('capabilities', () => {
  it('are shown by a network unless it hides them, and by any that does not', () => {
    const hides: Visibility = { capabilities: 'hidden' };
    expect([[hides], [hides, {}], [], 'own' as const].map((shared) => showsCapabilities(shared))).toEqual([
      ...[false, true, false, true],
    ]);
  });
});

describe('duty at a point of contact', () => {
  const point = { duty: { aroundTheClock: true } };

  it('is shown where its field is, without hours where it is hidden, and not without a shared network', () => {
    expect(shownDuty(point, 'all')).toEqual([{ ...point, hidden: false }]);
    expect(shownDuty(point, new Set(['duty']))).toEqual([{ ...point, hidden: false }]);
    expect(shownDuty(point, new Set(['mail']))).toEqual([{ duty: {}, hidden: true }]);
    expect(shownDuty(point, null)).toEqual([]);
  });
});

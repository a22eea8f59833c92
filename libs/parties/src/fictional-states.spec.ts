import { fictionalStates, isUserAssigned } from './fictional-states.js';
import { memberStates } from './member-states.js';

describe('fictional states', () => {
  it('are XA, XB and XC', () => {
    expect(fictionalStates.map(({ code, alpha3 }) => [code, alpha3])).toEqual([
      ['XA', 'XAA'],
      ['XB', 'XBB'],
      ['XC', 'XCC'],
    ]);
  });

  it('stand on user-assigned codes and belong to no regional group', () => {
    for (const state of fictionalStates) {
      expect(isUserAssigned(state.code)).toBe(true);
      expect(state).toMatchObject({ numeric: null, regionalGroup: null });
    }
  });

  it('share no code and no name with a Member State', () => {
    const taken = new Set(
      memberStates.flatMap((state) => [state.code, state.alpha3, ...Object.values(state.names)]),
    );
    const own = fictionalStates.flatMap((state) => [state.code, state.alpha3, ...Object.values(state.names)]);
    expect(own.filter((value) => taken.has(value))).toEqual([]);
    expect(new Set(own).size).toBe(own.length);
  });

  it('say in every language that they are fictional', () => {
    const word = {
      ar: 'الافتراضية',
      zh: '虚构',
      en: 'Fictional',
      fr: 'fictif',
      ru: 'Вымышленное',
      es: 'ficticio',
    };
    for (const { names } of fictionalStates) {
      for (const language of Object.keys(word) as (keyof typeof word)[]) {
        expect(names[language]).toContain(word[language]);
      }
    }
  });
});

describe('user-assigned codes', () => {
  it('are the 42 that ISO 3166-1 sets aside', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((a) => letters.map((b) => a + b)).filter(isUserAssigned);
    expect(codes).toHaveLength(1 + 14 + 26 + 1);
    expect(codes).toEqual(expect.arrayContaining(['AA', 'QM', 'QZ', 'XA', 'XZ', 'ZZ']));
    expect(codes).not.toEqual(expect.arrayContaining(['QL']));
  });

  it('are no code of a Member State, and nothing else', () => {
    expect(memberStates.filter((state) => isUserAssigned(state.code))).toEqual([]);
    expect(['', 'xa', 'XAA', 'X', ' XA', 'XA\n'].filter(isUserAssigned)).toEqual([]);
  });
});

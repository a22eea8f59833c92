import { memberStates } from './member-states.js';
import { observerStates } from './observer-states.js';

describe('observer States', () => {
  it('are the State of Palestine and the Holy See, with codes that no Member State has', () => {
    expect(
      observerStates.map(({ code, alpha3, numeric, names }) => [code, alpha3, numeric, names.en]),
    ).toEqual([
      ['PS', 'PSE', '275', 'State of Palestine'],
      ['VA', 'VAT', '336', 'Holy See'],
    ]);
    const taken = new Set(memberStates.flatMap(({ code, alpha3, numeric }) => [code, alpha3, numeric]));
    for (const { code, alpha3, numeric } of observerStates)
      expect([code, alpha3, numeric].filter((one) => taken.has(one))).toEqual([]);
  });

  it('have names without notes or articles, as the United Nations gives them', () => {
    for (const { names } of observerStates)
      expect(
        Object.values(names).filter((name) => /[*()]|^\s|\s$/.test(name) || name !== name.normalize()),
      ).toEqual([]);
    expect(observerStates[1]?.names).toMatchObject({
      fr: 'Saint-Siège',
      zh: '罗马教廷',
      ar: 'الكرسي الرسولي',
    });
  });
});

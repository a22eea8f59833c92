import { fictionalStates } from './fictional-states.js';
import { memberStates } from './member-states.js';
import { observerStates } from './observer-states.js';
import { missingNames } from './six-languages.js';

describe('names in the six languages', () => {
  it('are told of where they are missing, in the order of the United Nations', () => {
    expect(missingNames({})).toEqual(['ar', 'zh', 'en', 'fr', 'ru', 'es']);
    expect(missingNames({ fr: 'Organisation', en: 'Organization', de: 'Organisation' })).toEqual([
      ...['ar', 'zh', 'ru', 'es'],
    ]);
  });

  it('are there in a variant of the language too', () => {
    expect(missingNames({ 'zh-Hans': '组织', 'EN-gb': 'Organisation' })).toEqual(['ar', 'fr', 'ru', 'es']);
    expect(missingNames({ eng: 'Organization' })).toContain('en');
  });

  it('are complete for every State that is known', () => {
    for (const { code, names } of [...memberStates, ...observerStates, ...fictionalStates])
      expect([code, missingNames(names)]).toEqual([code, []]);
  });
});

import { memberStates, type LanguageCode, type RegionalGroup } from './member-states.js';

const scripts: Record<LanguageCode, RegExp> = {
  ar: /^[\p{Script=Arabic}\s()-]+$/u,
  zh: /^[\p{Script=Han}（）]+$/u,
  en: /^[\p{Script=Latin}\s()'-]+$/u,
  fr: /^[\p{Script=Latin}\s()'-]+$/u,
  ru: /^[\p{Script=Cyrillic}\s()'—-]+$/u,
  es: /^[\p{Script=Latin}\s()'-]+$/u,
};
const languages = Object.keys(scripts) as LanguageCode[];
const byCode = new Map(memberStates.map((state) => [state.code, state]));
const named = (code: string, language: LanguageCode) => byCode.get(code)?.names[language];

describe('member states', () => {
  it('are the 193 of the United Nations', () => {
    expect(memberStates).toHaveLength(193);
  });

  it('have unique, well-formed codes in the order of the alpha-2 code', () => {
    for (const [key, form] of [
      ['code', /^[A-Z]{2}$/],
      ['alpha3', /^[A-Z]{3}$/],
      ['numeric', /^\d{3}$/],
    ] as const) {
      const values = memberStates.map((state) => state[key]);
      expect(new Set(values).size).toBe(193);
      expect(values.filter((value) => !form.test(value))).toEqual([]);
    }
    const codes = memberStates.map((state) => state.code);
    expect(codes).toEqual(codes.toSorted());
  });

  it('divide into the regional groups in their known sizes', () => {
    const sizes: Record<RegionalGroup, number> = { AG: 0, APG: 0, EEG: 0, GRULAC: 0, WEOG: 0 };
    for (const state of memberStates) sizes[state.regionalGroup] += 1;
    expect(sizes).toEqual({ AG: 54, APG: 54, EEG: 23, GRULAC: 33, WEOG: 29 });
  });

  it.each(languages)('have a name in the script of %s, different for each State', (language) => {
    const names = memberStates.map((state) => state.names[language]);
    expect(names.filter((name) => !scripts[language].test(name))).toEqual([]);
    expect(new Set(names).size).toBe(193);
  });

  it.each(languages)('carry no notes, articles or stray spaces in %s', (language) => {
    const noise = /[*[\]]|\s\s|^\s|\s$|\((?:the|l'|la|le|les|el|los|las)\)/;
    const unbalanced = (name: string) => name.split(/[(（]/).length !== name.split(/[)）]/).length;
    const names = memberStates.map((state) => state.names[language]);
    expect(names.filter((name) => noise.test(name) || unbalanced(name) || name !== name.normalize())).toEqual(
      [],
    );
  });

  it('keep brackets that belong to a name', () => {
    expect(named('IR', 'en')).toBe('Iran (Islamic Republic of)');
    expect(named('IR', 'fr')).toBe("Iran (République islamique d')");
    expect(named('BO', 'es')).toBe('Bolivia (Estado Plurinacional de)');
    expect(named('CG', 'zh')).toBe('刚果（布）');
  });

  it.each([
    ['AF', 'es', 'Afganistán'],
    ['AF', 'fr', 'Afghanistan'],
    ['CI', 'en', "Côte d'Ivoire"],
    ['CI', 'ru', "Кот-д'Ивуар"],
    ['GB', 'en', 'United Kingdom of Great Britain and Northern Ireland'],
    ['KR', 'en', 'Republic of Korea'],
    ['SV', 'es', 'El Salvador'],
    ['TL', 'ar', 'تيمور - ليشتي'],
    ['TR', 'en', 'Türkiye'],
    ['US', 'fr', "États-Unis d'Amérique"],
    ['ZA', 'zh', '南非'],
  ] as const)('name %s in %s as the United Nations does', (code, language, name) => {
    expect(named(code, language)).toBe(name);
  });

  it.each([
    ['AF', 'AFG', '004', 'APG'],
    ['AD', 'AND', '020', 'WEOG'],
    ['TR', 'TUR', '792', 'WEOG'],
    ['US', 'USA', '840', 'WEOG'],
    ['CI', 'CIV', '384', 'AG'],
  ])('give %s its codes %s and %s and its group %s', (code, alpha3, numeric, regionalGroup) => {
    expect(byCode.get(code)).toMatchObject({ alpha3, numeric, regionalGroup });
  });

  it('cannot be changed by whoever holds them', () => {
    expect(Object.isFrozen(memberStates)).toBe(true);
    expect(memberStates.every((state) => Object.isFrozen(state) && Object.isFrozen(state.names))).toBe(true);
  });
});

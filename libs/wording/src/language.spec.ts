import {
  chooseLanguage,
  directionOf,
  isLanguage,
  languageNames,
  languages,
  parseAcceptLanguage,
} from './language.js';

describe('languages', () => {
  it('are known by their tag and nothing else', () => {
    expect(languages.filter(isLanguage)).toEqual(['en', 'fr']);
    expect(['EN', 'de', '', 'toString', undefined, null, 1].filter(isLanguage)).toEqual([]);
  });

  it('each have a name in themselves', () => {
    expect(languages.map((language) => languageNames[language])).toEqual(['English', 'Français']);
  });

  it.each([
    [['fr'], 'fr'],
    [['fr-CA', 'en'], 'fr'],
    [['FR-ca-x-team'], 'fr'],
    [['fr-Latn-CH-1996'], 'fr'],
    [['de', 'ar', 'fr'], 'fr'],
    [['de', 'zh-Hant-TW'], 'en'],
    [['*', 'fr'], 'fr'],
    [['x-fr'], 'en'],
    [['frr'], 'en'],
    [[' fr '], 'fr'],
    [['', '-', '--', '-fr'], 'en'],
    [[], 'en'],
  ])('are looked up as RFC 4647 says: %j gives %s', (preferred, expected) => {
    expect(chooseLanguage(preferred)).toBe(expected);
  });
});

describe('an Accept-Language value', () => {
  it.each([
    ['fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5', ['fr-CH', 'fr', 'en', '*']],
    ['en;q=0.2,fr;q=0.7', ['fr', 'en']],
    ['de;q=0.5,fr;q=0.5', ['de', 'fr']],
    ['en;q=0, fr;q=0.001', ['fr']],
    ['en;q=2, fr; q=1.000, ;q=1, a_b, en;level=1', ['fr']],
    ['', []],
    [undefined, []],
  ])('%j reads as %j', (value, expected) => {
    expect(parseAcceptLanguage(value)).toEqual(expected);
  });

  it('of absurd length is read in a bounded part', () => {
    expect(parseAcceptLanguage(`${'de,'.repeat(100_000)}fr`).length).toBeLessThan(400);
  });

  it('leads to the language it asks for', () => {
    expect(chooseLanguage(parseAcceptLanguage('ar;q=0.9, fr-BE;q=0.8, en;q=0.1'))).toBe('fr');
  });
});

describe('the direction of a text', () => {
  it.each([
    ['ar', 'rtl'],
    ['fa-IR', 'rtl'],
    ['az-Arab', 'rtl'],
    ['ar-Latn', 'ltr'],
    ['zh-Hans', 'ltr'],
    ['en', 'ltr'],
    ['', 'ltr'],
  ])('%s runs %s', (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });
});

import { textFor } from './announcement-view.js';

const texts = ['ar', 'fr', 'pt-BR'].map((language) => ({ language, text: `in ${language}` }));

describe('the text of an announcement for a reader', () => {
  it.each([
    ['fr', 'fr'],
    ['fr-CA', 'fr'],
    ['FR', 'fr'],
    ['pt-br', 'pt-BR'],
    ['pt-BR-x-office', 'pt-BR'],
  ])('who reads %s is the one in %s', (language, chosen) => {
    expect(textFor(texts, language).language).toBe(chosen);
  });

  it('is the first where none is in the language', () => {
    for (const language of ['en', 'pt', 'zh-Hant', '']) expect(textFor(texts, language).language).toBe('ar');
    expect(() => textFor([], 'en')).toThrow('has no text');
  });
});

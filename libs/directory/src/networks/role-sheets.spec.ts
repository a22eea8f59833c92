import { languages, type RoleSheetText } from '#libs/wording';
import { levels } from '../entry-words.js';
import { readinessResult, requirementsOf, sheetFaults, sheetThatHolds, textFor } from './role-sheets.js';

const text = (language: string, ids = ['keys']): RoleSheetText => ({
  ...{ language, purpose: 'For it.', roles: [], coordination: [] },
  readiness: ids.map((id) => ({ id, text: `${id} ${language}` })),
});

describe('a role sheet', () => {
  it('is there for every level in every language of the system, with paragraphs and the same words in each', () => {
    for (const level of levels) {
      const sheet = sheetThatHolds(level, undefined);
      expect([sheet.version, sheet.adapted, sheet.texts.map(({ language }) => language)]).toEqual([
        ...[0, false, [...languages]],
      ]);
      expect(sheetFaults(sheet.texts)).toEqual([]);
      expect(requirementsOf(sheet).length).toBeGreaterThanOrEqual(4);
      for (const { purpose } of sheet.texts) expect(purpose).toMatch(/paragraphe?s? \d+/);
    }
  });

  it('is what the network says, until it says nothing again', () => {
    const own = sheetThatHolds('policy', { version: 1, texts: [text('es')] });
    expect([own.version, own.adapted, requirementsOf(own)]).toEqual([1, true, ['keys']]);
    const back = sheetThatHolds('policy', { version: 2, texts: [] });
    expect([back.version, back.adapted, back.texts.length]).toEqual([2, false, languages.length]);
  });

  it('is read in the language of the reader, else in English, else in the first', () => {
    const sheet = sheetThatHolds('policy', { version: 1, texts: [text('es'), text('en'), text('fr-CA')] });
    const read = ['fr', 'EN', 'es-419', 'zh'].map((language) => textFor(sheet, language)?.language);
    expect(read).toEqual(['fr-CA', 'en', 'es', 'en']);
    const spanish = sheetThatHolds('policy', { version: 1, texts: [text('es')] });
    expect(textFor(spanish, 'zh')?.language).toBe('es');
  });

  it('says the same under the same words in each language', () => {
    expect(sheetFaults([text('en', ['a', 'b']), text('fr', ['a', 'b'])])).toEqual([]);
    const pointers = (...texts: RoleSheetText[]) => sheetFaults(texts).map(({ pointer }) => pointer);
    expect(pointers(text('en', ['a']), text('fr', ['b']))).toEqual(['#/texts/1/readiness']);
    expect(pointers(text('en', ['a', 'b']), text('fr', ['b', 'a']))).toEqual(['#/texts/1/readiness']);
    expect(pointers(text('en', ['a', 'a']))).toEqual(['#/texts/0/readiness']);
    expect(sheetFaults([])).toEqual([]);
  });
});

describe('the result of a look at readiness', () => {
  it('says what is met, what is not, and what is open, and knows no more of what is no longer asked', () => {
    const answers = {
      keys: { answer: 'yes' as const },
      duty: { answer: 'no' as const },
      later: { answer: 'not-yet-known' as const },
      gone: { answer: 'yes' as const },
    };
    expect(readinessResult(['keys', 'duty', 'later', 'new', 'constructor'], answers)).toEqual({
      ...{ met: ['keys'], notMet: ['duty'], open: ['later', 'new', 'constructor'] },
    });
  });
});

import fc from 'fast-check';
import { memberStates } from '#libs/parties';
import { fold, longest, variantsOf } from './fold.js';

describe('folded text', () => {
  it.each([
    ['Émirats ARABES  unis', 'emirats arabes unis'],
    ['Côte d’Ivoire', 'cote d ivoire'],
    ['São Tomé and Príncipe', 'sao tome and principe'],
    ['Straße STRASSE', 'strasse strasse'],
    ['Øresund Łódź Æsop', 'oresund lodz aesop'],
    ['İstanbul ISTANBUL ıstanbul', 'istanbul istanbul istanbul'],
    ['Việt Nam', 'viet nam'],
    ['ΟΔΟΣ οδός', 'οδοσ οδοσ'],
    ['Объединённые', 'объединенные'],
    ['Киргизский Й', 'киргизскии и'],
    ['أندورا إيران آسيا ٱلعراق', 'اندورا ايران اسيا العراق'],
    ['مُحَمَّد العـــراق', 'محمد العراق'],
    ['سورية مستشفى', 'سوريه مستشفي'],
    ['١٢٣ ۴۵۶ १२३', '123 456 123'],
    ['ＣＥＲＴ　１２', 'cert 12'],
    ['中国', '中国'],
    ['ガーナ が', 'ガーナ か\u3099'.normalize('NFC')],
    ['한국', '한국'],
    ['नेपाल', 'नेपाल'],
    ['National-CERT (XA)', 'national cert xa'],
    ['\u200Fab\u200Dc', 'abc'],
    ['!?…', ''],
    ['', ''],
  ])('of %j is %j', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('is the same when it is folded again, and bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const once = fold(text);
        expect(fold(once)).toBe(once);
        expect([...once].length).toBeLessThanOrEqual(longest);
      }),
    );
  });

  it('is the same for composed and decomposed text, whatever its case', () => {
    for (const { names } of memberStates)
      for (const name of Object.values(names)) {
        expect(fold(name.normalize('NFD'))).toBe(fold(name));
        expect(fold(name.toUpperCase())).toBe(fold(name));
        expect(fold(name)).not.toBe('');
      }
  });

  it('tells no two Member States apart less than their names do', () => {
    for (const language of ['ar', 'zh', 'en', 'fr', 'ru', 'es'] as const)
      expect(new Set(memberStates.map(({ names }) => fold(names[language]))).size).toBe(memberStates.length);
  });

  it('comes without what Arabic joins to a word, as long as a word is left', () => {
    expect(variantsOf(fold('الإمارات العربية'))).toEqual(['الامارات العربيه', 'امارات العربيه']);
    expect(variantsOf(fold('والعراق'))).toEqual(['والعراق', 'عراق', 'العراق']);
    expect(variantsOf('الا')).toEqual(['الا']);
    expect(variantsOf('france')).toEqual(['france']);
  });
});

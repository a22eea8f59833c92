import fc from 'fast-check';
import { fold } from './fold.js';
import { isNamed, tokensAsked, tokensOfName } from './name-tokens.js';

describe('the tokens of a name', () => {
  it('are the beginnings of its parts from three letters on, and short parts whole', () => {
    expect(tokensOfName('Ana de Souza')).toEqual(['ana', '=de', 'sou', 'souz', 'souza']);
    expect(tokensOfName('王小明')).toEqual(['王小', '王小明']);
    expect(tokensOfName('Li')).toEqual(['=li']);
    expect(tokensOfName('…')).toEqual([]);
  });

  it('are looked for by each word that was typed', () => {
    expect(tokensAsked('souz ana')).toEqual(['souz', 'ana']);
    expect(tokensAsked('li')).toEqual(['=li']);
    expect(tokensAsked('abcdefghijklmnop')).toEqual(['abcdefghijkl']);
  });

  it('find a name by any of its parts and by their beginnings', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'abcéñжш'), minLength: 3, maxLength: 16 });
    fc.assert(
      fc.property(letters, letters, fc.integer({ min: 3, max: 16 }), (given_, family, length) => {
        const kept = new Set(tokensOfName(`${given_} ${family}`));
        const typed = fold([...family].slice(0, length).join(''));
        expect(tokensAsked(typed).every((token) => kept.has(token))).toBe(true);
        expect(isNamed(`${given_} ${family}`, typed).fits).toBe(true);
      }),
    );
  });

  it('are compared with the name itself in the end', () => {
    expect(isNamed('María Fernández', 'maria fern')).toEqual({ fits: true, exact: false });
    expect(isNamed('María Fernández', 'fernandez maria')).toEqual({ fits: true, exact: true });
    expect(isNamed('María Fernández', 'ma')).toMatchObject({ fits: false });
    expect(isNamed('María Fernández', '')).toMatchObject({ fits: false });
  });
});

import fc from 'fast-check';
import { abbreviationsOf, findableCode, findableName, findableNames, weights } from './terms.js';

const termsOf = (text: string) => findableName(text)?.terms.map(({ term }) => term);

describe('the terms of a name', () => {
  it('are the whole of it and what begins at each word', () => {
    expect(findableName('Duty officer (night)')).toEqual({
      name: 'duty officer night',
      terms: [
        { term: 'duty officer night', weight: weights.whole },
        { term: 'officer night', weight: weights.later },
        { term: 'night', weight: weights.later },
      ],
    });
  });

  it('begin at each sign where words are not apart: two of them are enough, one too', () => {
    expect(termsOf('安道尔')).toEqual(['安道尔', '道尔', '尔']);
    expect(termsOf('XA国家')).toEqual(['xa国家', '国家', '家']);
  });

  it('stand without the article that Arabic joins', () => {
    expect(termsOf('أنتيغوا وبربودا')).toEqual(['انتيغوا وبربودا', 'وبربودا', 'بربودا']);
    expect(termsOf('الصين')).toEqual(['الصين', 'صين']);
  });

  it('of a code are the code alone', () => {
    expect(findableCode('X-A 1')).toEqual({ name: 'xa1', terms: [{ term: 'xa1', weight: weights.code }] });
    expect([findableCode('—'), findableName('…')]).toEqual([undefined, undefined]);
  });

  it.each([
    ['Ministry of Foreign Affairs', ['mofa', 'mfa']],
    ['Democratic Republic of the Congo', ['drotc', 'drc']],
    ['Republic of Korea', ['rok', 'rk']],
    ['Соединенные Штаты Америки', ['сша']],
    ['National Cyber Centre (NCC)', ['NCC', 'ncc']],
    ['National CERT', ['CERT', 'nc']],
    ['France', []],
    ['法国', []],
  ])('of %j have the short forms %j', (name, short) => {
    expect(abbreviationsOf(name)).toEqual(short);
  });

  it('name each term once, however names repeat', () => {
    const found = findableNames(['Andorra', 'Andorra', 'andorra'], ['AD', 'ad', 'AND']);
    expect(found.map(({ name }) => name)).toEqual(['ad', 'and', 'andorra']);
  });

  it('stay within what an index can hold, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const { name, terms } of findableNames([text], []))
          for (const { term } of terms)
            expect(Buffer.byteLength(name) + Buffer.byteLength(term)).toBeLessThan(1_600);
      }),
    );
  });
});

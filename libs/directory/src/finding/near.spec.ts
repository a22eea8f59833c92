import fc from 'fast-check';
import { errorsAllowed, errorsBetween, keysAsked, keysOf } from './near.js';

const word = (minLength: number) =>
  fc.string({ unit: fc.constantFrom(...'abcdeилмн中国安'), minLength, maxLength: 20 });
/** One letter taken out, put in, replaced, or changed with its neighbour. */
const edited = (text: string, at: number, letter: string, how: number): string => {
  const letters = [...text];
  const place = at % letters.length;
  if (how === 0) return letters.toSpliced(place, 1).join('');
  if (how === 1) return letters.toSpliced(place, 0, letter).join('');
  if (how === 2) return letters.toSpliced(place, 1, letter).join('');
  const two = letters.slice(place, place + 2).toReversed();
  return letters.toSpliced(place, two.length, ...two).join('');
};
const anEdit = fc.tuple(fc.nat(19), fc.constantFrom(...'abxz国'), fc.nat(3));
const share = (typed: string, kept: string) => {
  const keys = new Set(keysOf(kept));
  return keysAsked(typed).some((key) => keys.has(key));
};

describe('words with errors in them', () => {
  it.each([
    ['germny', 'germany', 1],
    ['gremany', 'germany', 1],
    ['germn', 'germany', 1],
    ['geramyn', 'germany', 2],
    ['iarn', 'iran', 1],
    ['astralia', 'australia', 1],
    ['法囯', '法国', 1],
    ['россея', 'россия', 1],
    ['mini', 'ministry', 0],
  ])('%j is not %j: %d errors', (typed, kept, errors) => {
    expect(errorsBetween(typed, kept)).toBe(errors);
  });

  it('are compared to the end where the whole word is meant', () => {
    expect([errorsBetween('mali', 'malian', true), errorsBetween('mali', 'malian')]).toEqual([2, 0]);
    expect(errorsBetween('', 'abc', true)).toBe(3);
  });

  it.each([
    ['usa', 0],
    ['iran', 1],
    ['germany', 1],
    ['australia', 2],
    ['中国', 0],
    ['安道尔', 1],
  ])('may have so many in %j: %d', (typed, allowed) => {
    expect(errorsAllowed(typed)).toBe(allowed);
  });

  it('share a key with the word that was meant, whatever the one error', () => {
    fc.assert(
      fc.property(word(5), anEdit, (kept, edit) => {
        const typed = edited(kept, ...edit);
        expect(share(typed, kept)).toBe(true);
        expect(errorsBetween(typed, kept, true)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('share one after two errors in a long word', () => {
    fc.assert(
      fc.property(word(10), anEdit, anEdit, (kept, one, two) => {
        expect(share(edited(edited(kept, ...one), ...two), kept)).toBe(true);
      }),
    );
  });

  it('share one while a word is still being typed, one letter wrong', () => {
    fc.assert(
      fc.property(word(8), fc.integer({ min: 4, max: 7 }), fc.nat(19), (kept, length, at) => {
        const typed = edited([...kept].slice(0, length).join(''), at, 'x', 2);
        expect(share(typed, kept)).toBe(true);
      }),
    );
  });

  it('are kept under few keys', () => {
    fc.assert(
      fc.property(word(0), (kept) => {
        expect(keysOf(kept).length).toBeLessThanOrEqual(60);
      }),
    );
  });
});

/** Counts the ways in which text has been folded: what was stored by an earlier one is folded anew. */
export const foldVersion = 1;

/** Points of code after which a name is not looked at any further: no row of an index may grow without bounds. */
export const longest = 200;

/** Letters that Unicode does not take apart, or that people type in place of one another. Others stand for themselves. */
const letters: Readonly<Record<string, string>> = {
  ...{
    ß: 'ss',
    æ: 'ae',
    œ: 'oe',
    ø: 'o',
    đ: 'd',
    ð: 'd',
    ħ: 'h',
    ł: 'l',
    þ: 'th',
    ŧ: 't',
    ı: 'i',
    ŋ: 'n',
    ə: 'e',
  },
  ...{ ς: 'σ', ґ: 'г', ђ: 'д', ћ: 'ч' },
  // Alef wasla; alef without a seat; final yeh; teh marbuta; Persian and Urdu kaf, yeh and heh.
  ...{
    '\u0671': 'ا',
    '\u0649': 'ي',
    '\u0629': 'ه',
    '\u06A9': 'ك',
    '\u06CC': 'ي',
    '\u06C1': 'ه',
    '\u06BE': 'ه',
  },
};

// Combining accents; vowel signs and hamzas of Arabic with the marks of the Quran; points of Hebrew.
const marks =
  /[\u0300-\u036F\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E8\u06EA-\u06ED]/g;
/** Tatweel, and what only directs how text is set: joiners, marks of direction. */
const unseen = /[\u0640\p{Cf}]/gu;
/** Within words of Latin script they are left out: "Côte d’Ivoire", "People’s". */
const separators = /[^\p{L}\p{N}\p{M}]+/gu;
const otherDigits = /(?![0-9])\p{Nd}/gu;

/**
 * Text as it is compared: without accents, vowel signs and case, in one form of each letter, words apart by single
 * spaces. Of two names that people take for the same, both fold alike. Empty where nothing can be searched for.
 */
export function fold(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(unseen, '')
    .replace(marks, '')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(otherDigits, asciiDigit)
    .replace(/[^\u0020-\u007E]/gu, (letter) => letters[letter] ?? letter)
    .normalize('NFC');
  return [...plain.replace(separators, ' ').trim()].slice(0, longest).join('').trim();
}

/** The words of what is folded. */
export const wordsOf = (folded: string): string[] => folded.split(' ').filter((word) => word !== '');

/** Whether a letter belongs to a script that writes words without spaces between them. */
export const isUnspaced = (letter: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    letter,
  );

/** A digit of any script as its value: each set of ten stands in order, from a point that a search down finds. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  for (let value = 0; value < 10; value++)
    if (!/\p{Nd}/u.test(String.fromCodePoint(point - value - 1))) return String(value);
  return String((point - 0x1d7ce) % 10);
}

/** Arabic: what is written onto a word's beginning, "and", "the", "for the", longest first. */
const proclitics = ['وال', 'بال', 'كال', 'فال', 'لل', 'ال', 'و'];

/** A text, and what it is without what Arabic joins to the beginning of its first word; at least three letters stay. */
export function variantsOf(folded: string): string[] {
  const [first = ''] = folded.split(' ', 1);
  const bare = proclitics
    .filter((one) => first.startsWith(one) && first.length - one.length >= 3)
    .map((one) => folded.slice(one.length));
  return [folded, ...bare];
}

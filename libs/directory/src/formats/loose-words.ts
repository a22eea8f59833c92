const digitZeros = [0x660, 0x6f0, 0xff10];

/** Digits of other scripts as ASCII ones. */
const asciiDigit = (digit: string): string => {
  const code = digit.charCodeAt(0);
  const zero = digitZeros.find((start) => code >= start && code < start + 10);
  return zero === undefined ? digit : String(code - zero);
};

/** Text with full-width and Arabic digits as ASCII ones. */
export const withAsciiDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19]/g, asciiDigit);

/** Text as words are compared: small letters without accents, full-width and Arabic digits as ASCII. */
export const loosely = (text: string): string =>
  withAsciiDigits(text)
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ß', 'ss')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[‐-―−]/g, '-');

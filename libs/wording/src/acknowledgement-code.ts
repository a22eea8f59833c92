/** A code as people read it aloud: in threes where that comes out even, else in fours (`481 920`, `4819 2073`). */
export function groupCode(code: string): string {
  const size = code.length % 3 === 0 ? 3 : 4;
  return code.match(new RegExp(`.{1,${size}}`, 'gu'))?.join(' ') ?? '';
}

/**
 * The digits of a code as somebody typed it: spaces and dashes dropped, full-width, Arabic-Indic and Persian
 * digits read as the digits they are. Anything else stays in, so that a wrong code stays wrong.
 */
export const readCode = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Pd}]/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

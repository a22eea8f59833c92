/** What a spreadsheet takes for a formula at the beginning of a cell, full-width forms included. */
const taken = /^[=+\-@\t\r＝＋－＠]/;
const defended = /^'[='+\-@\t\r＝＋－＠]/;

/** A value as it stands in a cell: what would be taken for a formula is told to be text by an apostrophe. */
export const defuse = (value: string): string =>
  taken.test(value) || defended.test(value) ? `'${value}` : value;

/** A value from its cell: the apostrophe of `defuse` is taken away again. */
export const undefuse = (cell: string): string => (defended.test(cell) ? cell.slice(1) : cell);

/** Items in one cell, `;` between them; a `;` or `\` within one has a `\` before it. */
export const joinItems = (items: readonly string[]): string =>
  items.map((item) => item.replace(/[\\;]/g, '\\$&')).join('; ');

/** The items of a cell, without blanks around them and without empty ones. */
export function splitItems(cell: string): string[] {
  const items: string[] = [];
  let item = '';
  for (let at = 0; at < cell.length; at += 1) {
    const char = cell.charAt(at);
    const next = cell.charAt(at + 1);
    if (char === '\\' && (next === ';' || next === '\\')) {
      item += next;
      at += 1;
    } else if (char === ';' || char === '\n') {
      items.push(item);
      item = '';
    } else item += char;
  }
  return [...items, item].map((one) => one.trim()).filter((one) => one !== '');
}

import ICAL from 'ical.js';
import type { Card, CardProperty } from './card.js';
import { quoted, type Tell } from './findings.js';
import { propertyOf } from './jcard.js';

/** Longer than any parameters of a card: the parser takes the square of their length. */
const mostOfParameters = 4000;

interface Line {
  text: string;
  line: number;
}

/** Lines put together again where they were folded (RFC 6350, 3.2). */
function unfolded(text: string): Line[] {
  const lines: { parts: string[]; line: number }[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .forEach((part, at) => {
      const last = lines.at(-1);
      if (last && /^[ \t]/.test(part)) last.parts.push(part.slice(1));
      else lines.push({ parts: [part], line: at + 1 });
    });
  return lines.map(({ parts, line }) => ({ text: parts.join(''), line }));
}

/** The cards of a text, each with the properties that can be read; told of the others. */
export function readVcardText(text: string, tell: Tell): Card[] {
  const cards: Card[] = [];
  let lines: Line[] | undefined;
  let begun = 0;
  for (const one of unfolded(text)) {
    const bare = one.text.trim();
    if (/^BEGIN:VCARD$/i.test(bare)) {
      if (lines)
        tell('warn', 'unread', 'A card begins within another one, which was read up to there.', {
          line: one.line,
        });
      if (lines) cards.push(...readCard(lines, begun, tell));
      lines = [];
      begun = one.line;
    } else if (/^END:VCARD$/i.test(bare) && lines) {
      cards.push(...readCard(lines, begun, tell));
      lines = undefined;
    } else if (lines && bare !== '') lines.push(one);
    else if (bare !== '')
      tell('warn', 'unread', `${quoted(bare)} stands outside any card.`, { line: one.line });
  }
  if (lines) {
    tell('warn', 'cut-short', 'The last card does not end.', { line: begun });
    cards.push(...readCard(lines, begun, tell));
  }
  return cards;
}

function readCard(lines: readonly Line[], line: number, tell: Tell): Card[] {
  const said = lines
    .find(({ text }) => /^VERSION:/i.test(text))
    ?.text.slice(8)
    .trim();
  if (said === '2.1') {
    tell('refuse', 'old-version', 'vCard 2.1 is not read: export the card as version 3 or 4.', { line });
    return [];
  }
  if (said !== '4.0')
    tell(
      'warn',
      'old-version',
      said === '3.0' ? 'The card is of version 3.' : 'The card names no version that is known.',
      { line },
    );
  const design = said === '3.0' ? ICAL.design.vcard3 : ICAL.design.vcard;
  const properties = lines.flatMap((one): CardProperty[] => {
    const read = readLine(one, design);
    if (!read) tell('warn', 'unread', `${quoted(one.text)} was not understood.`, { line: one.line });
    return read ? [read] : [];
  });
  return [{ properties, line }];
}

function readLine({ text, line }: Line, design: typeof ICAL.design.vcard): CardProperty | undefined {
  const colon = text.indexOf(':');
  if (colon < 1 || colon > mostOfParameters) return undefined;
  try {
    const read = propertyOf(ICAL.parse.property(text, design));
    return read && { ...read, line };
  } catch {
    return undefined;
  }
}

/** Cards as text (RFC 6350), folded. */
export const writeVcardText = (cards: readonly Card[]): string =>
  cards
    .map(({ properties }) =>
      ICAL.stringify([
        'vcard',
        properties.map(({ name, params, type, values }) => [name, params, type, ...values]),
        [],
      ]),
    )
    .map((card) => (card.endsWith('\r\n') ? card : `${card}\r\n`))
    .join('');

import type { Card, CardProperty } from './card.js';
import type { Tell } from './findings.js';
import { isRecord, parseJson } from './json-values.js';

const plain = (value: unknown): string | undefined =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : undefined;

/** A value of a property; parts that are lists themselves are put together with commas. */
function valueOf(value: unknown): string | string[] {
  if (!Array.isArray(value)) return plain(value) ?? '';
  return value.map((part: unknown) =>
    Array.isArray(part) ? part.map((item: unknown) => plain(item) ?? '').join(',') : (plain(part) ?? ''),
  );
}

/** A property of a jCard; undefined for what is none. */
export function propertyOf(value: unknown): CardProperty | undefined {
  if (!Array.isArray(value) || value.length < 4) return undefined;
  const [name, params, type, ...values] = value as unknown[];
  if (typeof name !== 'string' || typeof type !== 'string' || !isRecord(params)) return undefined;
  return {
    name: name.toLowerCase(),
    params: Object.fromEntries(
      Object.entries(params).flatMap(([key, given]): [string, string | string[]][] => {
        const read = Array.isArray(given) ? valueOf(given) : plain(given);
        return read === undefined ? [] : [[key.toLowerCase(), read]];
      }),
    ),
    type: type.toLowerCase(),
    values: values.map(valueOf),
  };
}

const isCard = (value: unknown): value is [string, unknown[]] =>
  Array.isArray(value) && value[0] === 'vcard' && Array.isArray(value[1]);

/** The cards of a jCard document: one, or a list of them. Told of what is no card and no property. */
export function readJcard(text: string, tell: Tell): Card[] {
  const whole = parseJson(text);
  const list: unknown[] = isCard(whole) ? [whole] : Array.isArray(whole) ? whole : [];
  if (list.length === 0)
    tell('refuse', 'not-this-format', 'The document is no jCard (RFC 7095).', { pointer: '' });
  return list.flatMap((card, at): Card[] => {
    const pointer = card === whole ? '' : `/${at}`;
    if (!isCard(card)) {
      tell('refuse', 'not-this-format', 'Something in the list is no jCard (RFC 7095).', { pointer });
      return [];
    }
    const properties = card[1].flatMap((value, place): CardProperty[] => {
      const read = propertyOf(value);
      if (!read) tell('warn', 'unread', 'It is no property of a card.', { pointer: `${pointer}/1/${place}` });
      return read ? [read] : [];
    });
    return [{ properties, pointer }];
  });
}

/** Cards as a jCard document: a list, also of one. */
export const writeJcard = (cards: readonly Card[]): string =>
  `${JSON.stringify(
    cards.map(({ properties }) => [
      'vcard',
      properties.map(({ name, params, type, values }) => [name, params, type, ...values]),
    ]),
    null,
    1,
  )}\n`;

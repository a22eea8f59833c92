import type { Place } from './draft-entry.js';

/** A property of a card as jCard has it (RFC 7095, 3.3): name and parameters in small letters. */
export interface CardProperty {
  name: string;
  params: Record<string, string | string[]>;
  type: string;
  /** Parts of structured values are lists. */
  values: (string | string[])[];
  line?: number;
}

/** One card, and where it begins: a line of a vCard, a pointer into a jCard. */
export interface Card {
  properties: CardProperty[];
  line?: number;
  pointer?: string;
}

/** Where a card begins, or a property of it stands where that is known. */
export const placeOf = ({ line, pointer }: Card, one?: CardProperty): Place =>
  line === undefined ? { pointer: pointer ?? '' } : { line: one?.line ?? line };

/** A property as it is written; parameters without a value are left out. */
export const property = (
  name: string,
  value: string | string[],
  params: Record<string, string | undefined> = {},
  type = 'text',
): CardProperty => ({
  ...{ name, type, values: [value] },
  params: Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== undefined),
  ),
});

/** The first value of a property as one text. */
export const textOf = ({ values }: CardProperty): string => {
  const [first = ''] = values;
  return typeof first === 'string' ? first : (first[0] ?? '');
};

/** A parameter that is given once. */
export const paramOf = ({ params }: CardProperty, name: string): string | undefined => {
  const value = params[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The kinds that a property says it is of, in small letters. */
export const typesOf = ({ params }: CardProperty): string[] =>
  [params['type'] ?? []].flat().flatMap((type) => type.toLowerCase().split(','));

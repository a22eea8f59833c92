import { fictionalStates } from '#libs/parties';

/** What tells of a fictional State wherever it stands: its codes, its names, its addresses. */
export function tracesOf(code: string, text: string): string[] {
  const state = fictionalStates.find((one) => one.code === code);
  if (!state) throw new Error(`${code} is no fictional State.`);
  const words = [state.code, state.alpha3, ...Object.values(state.names)];
  const found = words.filter((word) =>
    new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'u').test(text),
  );
  return text.includes(domainOf(code)) ? [...found, domainOf(code)] : found;
}

const domainOf = (code: string): string => `${code.toLowerCase()}.example`;

/** Whether a mail address is one of a fictional State's. */
export const isAddressOf = (code: string, address: string): boolean => address.endsWith(`@${domainOf(code)}`);

/** All that a value says, names of its members included, a line each. */
export function everythingIn(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, inner]) => `${name}\n${everythingIn(inner)}`)
    .join('\n');
}

const shortest = 16;

/** What people wrote in what they sent, and what they observed; what is so short that chance could find it is left out. */
export const contentsOf = (sent: readonly object[]): string[] => [
  ...new Set(sent.flatMap(textsIn).filter((text) => bare(text).length >= shortest)),
];

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === 'string' && (name === 'text' || name === 'value') ? [inner] : textsIn(inner),
  );
}

/** Whether a text stands in another one, however it is broken into lines or quoted there. */
export const isIn = (text: string, whole: string): boolean => bare(whole).includes(bare(text));

const bare = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

import type { Tell } from './findings.js';

/** Documents beyond this are not read at all. Bytes. */
export const mostBytes = 5 * 1024 * 1024;

const begins = (bytes: Uint8Array, ...mark: number[]): boolean =>
  mark.every((byte, at) => bytes[at] === byte);

/**
 * The text of a document: UTF-8 with or without a mark, UTF-16 by its mark, else Windows-1252, which takes any byte.
 * What was taken for granted is told. Undefined, and told, for what is too large to read.
 */
export function decodeText(bytes: Uint8Array, tell: Tell): string | undefined {
  if (bytes.length > mostBytes) {
    tell('refuse', 'too-large', `The document is larger than ${mostBytes / 1024 / 1024} MB.`);
    return undefined;
  }
  if (begins(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes);
  if (begins(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    tell('warn', 'encoding', 'The document is not UTF-8: it was read as Windows-1252. Look at its accents.');
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The beginning of a document, for guesses at its format. */
export const beginningOf = (bytes: Uint8Array): string =>
  decodeText(bytes.subarray(0, 4096), () => undefined)?.trimStart() ?? '';

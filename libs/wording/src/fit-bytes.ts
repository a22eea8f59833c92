import { escapeHtml } from './markup.js';

const encoder = new TextEncoder();
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Size in bytes of a text in UTF-8. */
export const byteLength = (text: string): number => encoder.encode(text).length;

/** The beginning of a text that takes at most `bytes` bytes once escaped for HTML, cut between characters. */
export function fitBytes(text: string, bytes: number): string {
  let kept = '';
  let left = bytes;
  for (const { segment } of graphemes.segment(text)) {
    left -= byteLength(escapeHtml(segment));
    if (left < 0) return kept;
    kept += segment;
  }
  return kept;
}

import { byteLength, fitBytes } from './fit-bytes.js';
import { escapeHtml } from './markup.js';

describe('fitting a text into bytes', () => {
  it('leaves a text that fits as it is', () => {
    expect(fitBytes('héllo', 6)).toBe('héllo');
  });

  it('counts what escaping adds', () => {
    expect(fitBytes('""""', 13)).toBe('""');
    for (const text of ['"<&>', '汉字', 'مرحبا', 'plain'].map((part) => part.repeat(500))) {
      expect(byteLength(escapeHtml(fitBytes(text, 1000)))).toBeLessThanOrEqual(1000);
    }
  });

  it('never cuts a character in two', () => {
    expect(fitBytes('👩‍👩‍👧e\u0301', 18)).toBe('👩‍👩‍👧');
    expect(fitBytes('👩‍👩‍👧', 17)).toBe('');
  });
});

import { wrapText } from './wrap-text.js';

describe('wrapping', () => {
  it('keeps every line within the width and every word whole', () => {
    const text = 'a word after another '.repeat(30).trim();
    const lines = wrapText(text, 40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines.join(' ')).toBe(text);
  });

  it('never cuts an address or a hash', () => {
    const address = `https://aldis.example/ack/${'x'.repeat(120)}?q=汉`;
    const hash = 'f'.repeat(128);
    expect(wrapText(`see ${address} or ${hash} now`, 40)).toEqual(['see', address, 'or', hash, 'now']);
  });

  it('cuts a script without spaces between its characters, at half the width', () => {
    const lines = wrapText('请求协助'.repeat(20), 40);
    expect(lines.map((line) => line.length)).toEqual([20, 20, 20, 20]);
    expect(lines.join('')).toBe('请求协助'.repeat(20));
  });

  it('keeps line breaks and begins each line with the prefix', () => {
    expect(wrapText('one\n\ntwo three', 7, '> ')).toEqual(['> one', '>', '> two', '> three']);
  });

  it('does not break at a no-break space', () => {
    expect(wrapText('aa bb\u00a0: cc', 6)).toEqual(['aa', 'bb\u00a0:', 'cc']);
  });
});

import { plainLine, plainText } from './plain-line.js';

describe('a plain line', () => {
  it('holds nothing that ends a line or a header', () => {
    const bad = 'XA\r\nBcc: someone@xa.example\u0000\u0085\u2028\u2029\u007f end';
    expect(plainLine(bad)).toBe('XA Bcc: someone@xa.example end');
  });

  it('holds nothing that turns letters around', () => {
    expect(plainLine('\u202eexe\u2066.txt\u2069')).toBe('exe .txt');
  });

  it('leaves names in every script as they are', () => {
    const names = ['État fictif A', 'الدولة الافتراضية A', '虚构国家A', 'Вымышленное государство A'];
    expect(names.map(plainLine)).toEqual(names);
  });
});

describe('a plain text', () => {
  it('keeps lines and tabs and drops other controls and overrides', () => {
    expect(plainText(' a\r\nb\rc\u2028d\te\u0007\u202ef\n')).toBe('a\nb\nc\nd\tef');
  });
});

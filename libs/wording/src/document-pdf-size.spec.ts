import { fitsPdf } from './document-pdf-size.js';
import type { DocumentText, DocumentValue } from './document.js';

const written = (text: string): DocumentValue => ({ kind: 'written', text, language: 'en' });
const holding = (...values: DocumentValue[]): DocumentText => ({
  language: 'en',
  instance: 'real',
  traffic: 'actual',
  tlp: 'AMBER',
  title: 'Request for assistance',
  reference: 'AR-2026-7K3M9Q',
  producedAt: new Date('2026-11-24T20:43:10Z'),
  entries: [{ label: 'From', value: { kind: 'plain', text: 'Fictional State A' } }],
  sections: values.map((value) => ({ title: 'T', level: 1, entries: [{ label: 'Text', value }] })),
  fixed: [],
});
const times = (count: number, value: DocumentValue) => Array.from({ length: count }, () => value);

describe('what is short enough for a PDF', () => {
  it('is forty-nine of the longest texts, and not fifty', () => {
    const longest = written('a'.repeat(20_000));
    expect(fitsPdf(holding(...times(49, longest)))).toBe(true);
    expect(fitsPdf(holding(...times(50, longest)))).toBe(false);
  });

  it('is one text of short lines, and not two, whatever ends the lines', () => {
    for (const end of ['\n', '\r', '\u2028']) {
      const short = written(`a${end}`.repeat(10_000));
      expect(fitsPdf(holding(short))).toBe(true);
      expect(fitsPdf(holding(short, short))).toBe(false);
    }
  });

  it('is a list of six thousand items, and not of seven thousand, wherever they stand', () => {
    for (const list of [
      (count: number): DocumentValue => ({ kind: 'list', items: times(count, written('a')) }),
      (count: number): DocumentValue => ({
        kind: 'group',
        entries: times(count, written('a')).map((value) => ({ label: 'L', value })),
      }),
    ]) {
      expect(fitsPdf(holding(list(6000)))).toBe(true);
      expect(fitsPdf(holding(list(7000)))).toBe(false);
      expect(fitsPdf(holding({ kind: 'list', items: [list(3500), list(3500)] }))).toBe(false);
    }
  });
});

import type { DocumentEntry, DocumentValue } from './document.js';
import { entryLines, titleLines } from './entry-lines.js';

const written = (text: string): DocumentValue => ({ kind: 'written', text, language: 'en' });
const plain = (text: string): DocumentValue => ({ kind: 'plain', text });
const lines = (entries: readonly DocumentEntry[], width?: number) =>
  entryLines(entries, 'en', width).join('\n');

describe('entries as lines', () => {
  it('stand in columns while each is one line, and under their label otherwise', () => {
    expect(
      lines([
        { label: 'Type', value: plain('IPv4 address') },
        { label: 'Seen first', value: { kind: 'absent', text: 'withheld' } },
        { label: 'Value', value: written('203.0.113.7\nport 443') },
        { label: 'Sectors', value: { kind: 'list', items: [plain('Health'), plain('Energy')] } },
      ]),
    ).toBe(`\
Type:       IPv4 address
Seen first: (withheld)

Value:
> 203.0.113.7
> port 443

Sectors:
  - Health
  - Energy`);
  });

  it('count items that hold groups, and indent what is inside', () => {
    const host = (name: string): DocumentValue => ({
      kind: 'group',
      entries: [
        { label: 'Name', value: written(name) },
        { label: 'System', value: { kind: 'absent', text: 'unknown' } },
      ],
    });
    expect(lines([{ label: 'Hosts', value: { kind: 'list', items: [host('a'), host('b')] } }])).toBe(`\
Hosts:
  1. Name:
     > a

     System: (unknown)

  2. Name:
     > b

     System: (unknown)`);
  });

  it('stay within the width, however deep they stand', () => {
    const text = 'word '.repeat(60);
    const nested = (depth: number): DocumentValue =>
      depth === 0
        ? { kind: 'list', items: [written(text), plain(text)] }
        : {
            kind: 'group',
            entries: [
              { label: text, value: nested(depth - 1) },
              { label: 'x', value: plain(text) },
            ],
          };
    const shown = entryLines([{ label: text, value: nested(6) }], 'en');
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(76);
    expect(shown.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  it('give a label that is too wide for a column its own line', () => {
    const label = 'Measures that the operator and the authorities have taken';
    expect(
      lines([
        { label, value: plain('none') },
        { label: 'Cause', value: plain('known') },
      ]),
    ).toBe(`${label}:\n       none\nCause: known`);
  });

  it('mark each written line, so that it cannot pass for a label', () => {
    expect(lines([{ label: 'Text', value: written('a\r\nCause: known\u202e') }])).toBe(
      'Text:\n> a\n> Cause: known',
    );
    expect(lines([{ label: 'A\nB', value: plain('c\nD: e') }])).toBe('A B: c D: e');
  });
});

describe('a title as lines', () => {
  it('is underlined as wide as it is', () => {
    expect(titleLines('The\nincident', '-')).toEqual(['The incident', '------------']);
    expect(titleLines('word '.repeat(20).trim(), '=').at(-1)).toHaveLength(74);
  });
});

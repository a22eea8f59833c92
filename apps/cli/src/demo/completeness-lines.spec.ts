import { completenessLines } from './completeness-lines.js';

const label = (en: string) => ({ en, fr: en });

describe('completeness as text', () => {
  it('counts what is there and what is not, and names what matters', () => {
    const expectedAt = '2026-03-15T06:00:00Z';
    expect(
      completenessLines({
        ...{ percent: 52, answered: 30, fields: 62 },
        unavailable: [
          { field: '#/a', label: label('Method'), availability: 'unknown' },
          { field: '#/b', label: label('Evidence'), availability: 'to-follow', expectedAt },
          { field: '#/c', label: label('Cause'), availability: 'unknown' },
        ],
        missing: [
          { field: '#/d', label: label('Legal basis'), important: true },
          { field: '#/e', label: label('Shifts'), important: false },
        ],
      }),
    ).toEqual([
      'Completeness at filing: 52 %; 30 of 62 fields have a value',
      '  unknown 2: Method; Cause',
      '  to follow 1: Evidence (by 2026-03-15 06:00)',
      '  not answered 2, of them important: Legal basis',
    ]);
  });

  it('says so where nothing important is missing', () => {
    const whole = { percent: 100, answered: 3, fields: 3, unavailable: [], missing: [] };
    expect(completenessLines(whole).at(-1)).toBe('  not answered 0, of them important: none');
  });
});

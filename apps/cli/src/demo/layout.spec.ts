import { columns, hours, since, utcMinute, wrapped } from './layout.js';

describe('columns', () => {
  it('begin below each other, and end without blanks', () => {
    expect(columns([['a', 'long', ''], ['wide', 'x', 'end'], ['b']])).toEqual([
      'a     long',
      'wide  x     end',
      'b',
    ]);
    expect(columns([])).toEqual([]);
  });
});

describe('a wrapped text', () => {
  it('keeps within the width, its indent included', () => {
    expect(wrapped('one two three four', '  ', 9)).toEqual(['  one two', '  three', '  four']);
    expect(wrapped('incomprehensibilities a', '', 9)).toEqual(['incomprehensibilities', 'a']);
  });
});

describe('times', () => {
  it('are hours and minutes', () => {
    expect([0, 14.4, 59.6, 1625].map(hours)).toEqual(['0:00', '0:14', '1:00', '27:05']);
    const sent = '2026-03-14T22:30:00.000Z';
    expect(since(sent, '2026-03-15T00:04:59.999Z')).toBe('+1:34');
    expect(since(sent, '2026-03-14T22:29:59.900Z')).toBe('');
    expect(utcMinute(sent)).toBe('2026-03-14 22:30');
  });
});

import { fromCursor, toCursor } from './cursor.js';

describe('a cursor', () => {
  it('carries an id there and back', () => {
    const id = '01936f3e-8c1a-7b2d-9e4f-0123456789ab';
    expect(fromCursor(toCursor(id))).toBe(id);
  });

  it.each(['', 'x', '%%%', 'AAAA', `${toCursor('01936f3e-8c1a-7b2d-9e4f-0123456789ab')}A`])(
    'refuses %j',
    (cursor) => {
      expect(() => fromCursor(cursor)).toThrow('cursor');
    },
  );
});

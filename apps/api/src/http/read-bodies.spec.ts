import { nesting } from './read-bodies.js';

describe('the nesting of a JSON text', () => {
  it.each([
    ['7', 0],
    ['{"a":[1,{"b":[]}],"c":{}}', 4],
    ['{"a":"[[[{{{"}', 1],
    ['{"a":"\\"[[[","b":"\\\\","c":[]}', 2],
    ['[[[', 3],
    [']]][', 0],
  ])('of %s is %d', (text, levels) => {
    expect(nesting(text)).toBe(levels);
  });

  it('is counted in one pass, also of a text that opens more than it closes', () => {
    expect(nesting('\\"'.repeat(500_000) + '[')).toBeLessThanOrEqual(1);
    expect(nesting('['.repeat(1_000_000))).toBe(1_000_000);
  });
});

import { scriptWords, wordsFor } from './script-words.js';

describe('the texts that a script is handed', () => {
  it('have marks in place of what is filled in, at any depth', () => {
    expect(scriptWords({ a: 'A', b: (x: string, y: string) => `${y} of ${x}`, c: { d: () => 'D' } })).toEqual(
      {
        ...{ a: 'A', b: '{1} of {0}', c: { d: 'D' } },
      },
    );
  });

  it('stand in the page as data, escaped', () => {
    expect(wordsFor('words', { a: '"<' }).toString()).toBe(
      '<div id="words" data-words="{&quot;a&quot;:&quot;\\&quot;&lt;&quot;}" hidden></div>',
    );
  });
});

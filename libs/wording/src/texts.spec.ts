import { languages } from './language.js';
import { textsIn } from './texts.js';

/** Every text with its path; a placeholder is filled, so that it can be looked for. */
const flat = (node: object, path = ''): [path: string, text: string][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]) => {
    const at = `${path}/${key}`;
    if (typeof value === 'function')
      return [[`${at}()`, (value as (filling: string) => string)('7')] as [string, string]];
    return typeof value === 'string' ? [[at, value] as [string, string]] : flat(value as object, at);
  });

describe('texts', () => {
  it.each(languages)('in %s have exactly the keys of the English ones, in their order', (language) => {
    expect(flat(textsIn(language)).map(([path]) => path)).toEqual(flat(textsIn('en')).map(([path]) => path));
  });

  it.each(languages)('in %s are filled, trimmed and use their placeholders', (language) => {
    const all = flat(textsIn(language));
    expect(all.length).toBeGreaterThan(60);
    expect(all.filter(([, text]) => text === '' || text !== text.trim() || text.includes('  '))).toEqual([]);
    expect(all.filter(([path, text]) => path.endsWith('()') && !text.includes('7'))).toEqual([]);
  });

  it('are translated, except for what is the same word', () => {
    const english = new Map(flat(textsIn('en')));
    const same = flat(textsIn('fr')).filter(([path, text]) => english.get(path) === text);
    expect(same.map(([path]) => path)).toEqual([
      '/acknowledge/code',
      '/acts/message/subject',
      '/document/template()',
      '/document/onLine()',
      '/document/someone()',
      '/receipt/signature',
      '/entryWords/channels/webhook',
      '/done/message',
      '/verify/row/place',
      '/booklet/signature',
    ]);
  });

  it('in French have a no-break space before tall punctuation', () => {
    expect(flat(textsIn('fr')).filter(([, text]) => /[^\u00a0][:;?!](?!\/)/.test(text))).toEqual([]);
  });

  it('count the tries that are left', () => {
    expect([1, 2].map(textsIn('en').page.wrongCode)).toEqual([
      'The code is not right. 1 try is left.',
      'The code is not right. 2 tries are left.',
    ]);
    expect([1, 2].map(textsIn('fr').page.wrongCode)).toEqual([
      'Le code est inexact. Il reste 1 essai.',
      'Le code est inexact. Il reste 2 essais.',
    ]);
  });
});

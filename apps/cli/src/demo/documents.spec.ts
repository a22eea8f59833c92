import { documentTable } from './documents.js';

describe('the documents as text', () => {
  it('are a row each, with the size of each form', () => {
    const written = [
      { path: '/home/me/demo-out/a.xa.en.pdf', bytes: 120_400 },
      { path: '/home/me/demo-out/a.xa.en.txt', bytes: 900 },
      { path: '/home/me/demo-out/bcd.xa.en.pdf', bytes: 99_000 },
    ];
    expect(documentTable(written, '/home/me')).toEqual([
      'demo-out/a.xa.en    .pdf  121 kB  .txt    1 kB',
      'demo-out/bcd.xa.en  .pdf   99 kB',
    ]);
  });
});

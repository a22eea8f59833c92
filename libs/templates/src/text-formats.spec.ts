import { textFormats } from './text-formats.js';

describe('a text format', () => {
  it.each([
    [
      'utc-instant',
      ['2026-03-14T22:30:00Z', '2026-03-14T22:30:00.123Z'],
      [
        '2026-03-14T22:30:00+00:00',
        '2026-02-30T00:00:00Z',
        '2026-03-14T23:59:60Z',
        '2026-03-14T22:30:00z',
        '2026-03-14',
        'filing+1h',
      ],
    ],
    ['party-code', ['XA'], ['xa', 'XAA', '']],
    ['language-tag', ['en', 'zh-Hans', 'ar'], ['', 'e', 'en_GB', `en${'-abcdefgh'.repeat(5)}`]],
    ['plain-line', ['Hôpital', 'مستشفى'], ['', ' ', 'a\nb', '\u0000', '\ud800', '\ufffd']],
    ['plain-text', ['a\nb\tc'], [' \n', 'a\u0007']],
    ['local-time', ['00:00', '23:59'], ['24:00', '9:00', '09:60']],
    ['time-zone', ['Etc/UTC', 'Etc/GMT-3'], ['+01:00', 'Etc/Nowhere', 'utc', '']],
    ['sha-256', ['0'.repeat(64)], ['0'.repeat(63), 'A'.repeat(64)]],
    ['email', ['cert@xa.example'], ['cert', '@xa.example', `${'a'.repeat(250)}@xa.example`]],
    ['phone-number', ['+99900000001'], ['99900000001', '+0123', '+1 2']],
    ['cve-id', ['CVE-2026-10001'], ['CVE-26-1', 'cve-2026-10001']],
    [
      'request-reference',
      ['AR-2026-7K3M9Q', 'EX-2026-000000'],
      ['AR-2026-7K3M9', 'AR-2026-7K3MIL', 'XX-2026-7K3M9Q'],
    ],
  ])('%s knows its own', (name, good, bad) => {
    const test = textFormats[name]?.test ?? (() => undefined);
    expect(good.filter((value) => test(value) !== true)).toEqual([]);
    expect(bad.filter((value) => test(value) !== false)).toEqual([]);
  });

  it('says in words what it wants', () => {
    expect(Object.values(textFormats).filter(({ words }) => !words.startsWith('must be '))).toEqual([]);
  });
});

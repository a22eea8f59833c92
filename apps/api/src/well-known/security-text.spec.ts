import { securityText } from './security-text.js';

const text = (at: string) =>
  securityText({
    contact: 'mailto:security@aldis.example',
    publicUrl: 'https://aldis.example',
    at: new Date(at),
  });

describe('security.txt', () => {
  it('names contact, languages and its own address, each once and on a line of its own', () => {
    expect(text('2026-11-22T13:14:15.678Z').split('\r\n')).toEqual([
      'Contact: mailto:security@aldis.example',
      'Expires: 2027-05-21T00:00:00.000Z',
      'Preferred-Languages: en, fr',
      'Canonical: https://aldis.example/.well-known/security.txt',
      '',
    ]);
  });

  it.each(['2024-02-29T00:00:00Z', '2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'])(
    'expires after the day and within a year of %s',
    (at) => {
      const expires = Date.parse(/Expires: (\S+)/.exec(text(at))?.[1] ?? '');
      expect(expires - Date.parse(at)).toBeGreaterThan(86_400_000);
      expect(expires - Date.parse(at)).toBeLessThan(365 * 86_400_000);
    },
  );
});

import { readConstituency } from './constituency.js';
import type { ConstituencyKind } from './entry-words.js';

const read = (kind: ConstituencyKind, value: string) => {
  const found = readConstituency({ kind, value });
  return 'fault' in found ? null : found;
};

describe('what a body answers for', () => {
  it.each([
    ['asn', 'as64500', 'AS64500'],
    ['asn', '4294967295', 'AS4294967295'],
    ['range', '198.51.100.0/24', '198.51.100.0/24'],
    ['range', '9.0.0.0/8', '9.0.0.0/8'],
    ['range', '2001:DB8::/32', '2001:db8::/32'],
    ['range', '2003:8000::/19', '2003:8000::/19'],
    ['domain', 'cert.co.uk', 'cert.co.uk'],
    ['range', '2001:db8:0:0:0:0:0:1/128', '2001:db8::1/128'],
    ['domain', 'Gov.XB.example', 'gov.xb.example'],
    ['sector', 'health-care', 'health-care'],
    ['type', 'government', 'government'],
    ['country', 'XB', 'XB'],
  ] as const)('may be the %s %s', (kind, value, spelling) => {
    expect(read(kind, value)?.value).toBe(spelling);
  });

  it.each([
    ['asn', '4294967296'],
    ['asn', '-1'],
    ['asn', ''],
    ['asn', 'AS1.5'],
    ['range', '198.51.100.1/24'],
    ['range', '198.51.100.0'],
    ['range', '0.0.0.0/0'],
    ['range', '8.0.0.0/7'],
    ['range', '::/0'],
    ['range', '2000::/18'],
    ['domain', 'co.uk'],
    ['domain', 'github.io'],
    ['range', '198.51.100.0/33'],
    ['range', '198.051.100.0/24'],
    ['range', '256.0.0.0/8'],
    ['range', '2001:db8::1/32'],
    ['range', '2001:db8::/129'],
    ['range', '2001:db8:::/32'],
    ['range', '1::2::3/128'],
    ['range', '1:2:3:4:5:6:7::8:9/128'],
    ['range', '::ffff:198.51.100.0/120'],
    ['domain', 'xb'],
    ['domain', '-a.example'],
    ['domain', 'a..example'],
    ['domain', '198.51.100.1'],
    ['domain', `${'a.'.repeat(130)}example`],
    ['sector', 'Health'],
    ['type', ''],
    ['country', 'xb'],
    ['country', 'XBX'],
  ] as const)('is not the %s %s', (kind, value) => {
    expect(read(kind, value)).toBeNull();
  });

  it('keeps numbers and ranges where they are found by', () => {
    expect(read('asn', 'AS64500')).toMatchObject({ asn: 64500, range: null });
    expect(read('range', '198.51.100.0/24')).toMatchObject({ asn: null, range: '198.51.100.0/24' });
    expect(read('domain', 'a.example')).toMatchObject({ asn: null, range: null });
  });
});

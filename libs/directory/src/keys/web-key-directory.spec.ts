import { webKeyAddresses, zBase32 } from './web-key-directory.js';

describe('a web key directory', () => {
  it('names files in z-base-32', () => {
    const written = (hex: string) => zBase32(Buffer.from(hex, 'hex'));
    expect(['', '00', 'ff', 'f0bfc7', '0123456789'].map(written)).toEqual([
      '',
      'yy',
      '9h',
      '6n9hq',
      'yrtwk3hj',
    ]);
  });

  it('has the keys of an address where the draft says, by either method', () => {
    expect(webKeyAddresses('Joe.Doe@Example.ORG')).toEqual([
      'https://openpgpkey.example.org/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
      'https://example.org/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q?l=Joe.Doe',
    ]);
  });

  it('is asked for what the address says, and for nothing else', () => {
    for (const address of webKeyAddresses("a&b=c#?/'%+x@xb.example"))
      expect([new URL(address).searchParams.get('l'), new URL(address).hash]).toEqual(["a&b=c#?/'%+x", '']);
  });
});

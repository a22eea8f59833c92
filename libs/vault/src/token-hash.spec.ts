import { hashToken } from './token-hash.js';

describe('the hash of a token', () => {
  it('is SHA-256 in hex (FIPS 180-4, the example of one block)', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

import { generateKeyPairSync, sign } from 'node:crypto';
import {
  checkpointHash,
  checkpointTag,
  isSigned,
  leafOf,
  paddingOf,
  treeSize,
  type Checkpoint,
} from './checkpoint.js';
import { signedBytes } from './signature.js';

const checkpoint: Checkpoint = {
  ...{ type: 'aldis-checkpoint', version: 1, network: 'sample', number: 2 },
  at: '2026-11-21T23:45:00.000000Z',
  root: 'ab'.repeat(32),
  previous: 'cd'.repeat(32),
};
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const { x = '' } = publicKey.export({ format: 'jwk' });
const key = { kty: 'OKP', crv: 'Ed25519', x, kid: 'k' };
const signature = sign(null, signedBytes(checkpointTag, checkpoint), privateKey).toString('base64url');
const signed = { checkpoint, kid: 'k', signature };

describe('a checkpoint', () => {
  it('is signed by the key that it names', () => expect(isSigned(signed, [key])).toBe(true));

  it.each(Object.keys(checkpoint) as (keyof Checkpoint)[])('shows a change of its %s', (name) => {
    const changed = { ...checkpoint, [name]: 'other' } as Checkpoint;
    expect(isSigned({ ...signed, checkpoint: changed }, [key])).toBe(false);
    expect(checkpointHash(changed)).not.toBe(checkpointHash(checkpoint));
  });

  it('is signed by no other key, nor by one of another kind, nor by nonsense', () => {
    expect(isSigned(signed, [])).toBe(false);
    expect(isSigned({ ...signed, kid: 'other' }, [key])).toBe(false);
    expect(isSigned(signed, [{ ...key, crv: 'X25519' }])).toBe(false);
    expect(isSigned(signed, [{ ...key, x: 'AA' }])).toBe(false);
    expect(isSigned({ ...signed, signature: '' }, [key])).toBe(false);
  });
});

describe('the tree of a checkpoint', () => {
  it('does not tell by its size how many chains moved, up to a power of two', () => {
    expect([0, 1, 16, 17, 32, 33].map(treeSize)).toEqual([16, 16, 16, 32, 32, 64]);
  });

  it('has leaves that depend on all they stand for', () => {
    const leaf = { chain: 'line:1', seq: 3, hash: 'ab'.repeat(32), salt: 'cd'.repeat(32) };
    const first = leafOf(leaf);
    for (const changed of [{ chain: 'line:2' }, { seq: 4 }, { hash: '' }, { salt: '' }])
      expect(leafOf({ ...leaf, ...changed }).equals(first)).toBe(false);
    expect(paddingOf('p', 1).equals(paddingOf('p', 2))).toBe(false);
  });
});

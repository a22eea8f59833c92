import { auditPath, rootByAuditPath, leafHash, merklePath, merkleRoot, rootByPath } from './merkle.js';

/** The vectors of the reference implementation of RFC 6962. */
const leaves = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));

describe('a Merkle tree', () => {
  it.each(roots.map((root, index) => [index + 1, root] as const))(
    'over %s leaves has the root that others compute',
    (size, root) => expect(merkleRoot(hashes.slice(0, size)).toString('hex')).toBe(root),
  );

  it('has at least one leaf', () => expect(() => merkleRoot([])).toThrow(RangeError));

  it('changes with the order of its leaves', () => {
    const [first, second] = hashes as [Buffer, Buffer];
    expect(merkleRoot([second, first]).equals(merkleRoot([first, second]))).toBe(false);
  });

  it.each([1, 2, 4, 8])('leads from each of %s leaves to its root by a path', (size) => {
    const tree = hashes.slice(0, size);
    for (const [position, leaf] of tree.entries()) {
      const path = merklePath(tree, position);
      expect(2 ** path.length).toBe(size);
      expect(rootByPath(leaf, position, path)).toEqual(merkleRoot(tree));
      if (size > 1) expect(rootByPath(leaf, position ^ 1, path)).not.toEqual(merkleRoot(tree));
    }
  });

  it('has paths where it is full only', () => {
    expect(() => merklePath(hashes.slice(0, 3), 2)).toThrow(RangeError);
    expect(() => merklePath(hashes, 8)).toThrow(RangeError);
  });

  it.each(roots.map((_, index) => index + 1))(
    'of %s leaves leads from each to its root by an audit path, and from no other place',
    (size) => {
      const tree = hashes.slice(0, size);
      for (const [position, leaf] of tree.entries()) {
        const path = auditPath(tree, position);
        expect(rootByAuditPath(leaf, position, size, path)).toEqual(merkleRoot(tree));
        const elsewhere = [...tree.keys(), size, -1].filter((at) => at !== position);
        for (const at of elsewhere)
          expect(rootByAuditPath(leaf, at, size, path)).not.toEqual(merkleRoot(tree));
        expect(rootByAuditPath(leaf, position, size, [...path, leaf])).not.toEqual(merkleRoot(tree));
        if (size > 1)
          expect(rootByAuditPath(leaf, position, size, path.slice(1))).not.toEqual(merkleRoot(tree));
      }
    },
  );

  it('has no audit path from a place outside it', () =>
    expect(() => auditPath(hashes, 8)).toThrow(RangeError));
});

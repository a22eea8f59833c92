import { createHash } from 'node:crypto';
import { rootFrom } from './batch-root.js';

const node = (left: Buffer, right: Buffer): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.of(1), left, right]))
    .digest();

/** The tree built from below, level by level: whoever has nobody beside them goes up as they are. */
function treeOver(leaves: readonly Buffer[]): { root: Buffer | undefined; paths: Buffer[][] } {
  const paths = leaves.map((): Buffer[] => []);
  let level = [...leaves];
  for (let height = 0; level.length > 1; height++) {
    for (const [index, path] of paths.entries()) {
      const beside = level[Math.floor(index / 2 ** height) ^ 1];
      if (beside) path.push(beside);
    }
    level = level.flatMap((left, index) => {
      if (index % 2 === 1) return [];
      const right = level[index + 1];
      return [right ? node(left, right) : left];
    });
  }
  return { root: level[0], paths };
}

describe('the way from a leaf to the root of a batch', () => {
  const sizes = Array.from({ length: 17 }, (_, index) => index + 1);

  it.each(sizes)(
    'is found in a tree of %i, from each place, and not by a longer or shorter one',
    async (size) => {
      const leaves = Array.from({ length: size }, (_, index) => Buffer.alloc(32, index));
      const { root, paths } = treeOver(leaves);
      for (const [position, leaf] of leaves.entries()) {
        const path = paths[position] ?? [];
        const found = await rootFrom(leaf, position, size, path);
        expect(Buffer.from(found ?? []).toString('hex')).toBe(root?.toString('hex'));
        expect(await rootFrom(leaf, position, size, [...path, leaf])).toBeUndefined();
        if (size > 1) expect(await rootFrom(leaf, position, size, path.slice(1))).toBeUndefined();
      }
    },
  );

  it('is none for a place outside the tree, or a tree of nothing', async () => {
    const leaf = Buffer.alloc(32);
    expect(await rootFrom(leaf, 1, 1, [])).toBeUndefined();
    expect(await rootFrom(leaf, 0, 0, [])).toBeUndefined();
    expect(await rootFrom(leaf, 0, Number.MAX_SAFE_INTEGER, [leaf])).toBeUndefined();
  });
});

import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};
const leafPrefix = Uint8Array.of(0);
const nodePrefix = Uint8Array.of(1);

/** The hash of a leaf, and of the node above two others (RFC 6962, section 2.1): neither can pass for the other. */
export const leafHash = (content: Uint8Array): Buffer => sha256(leafPrefix, content);
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => sha256(nodePrefix, left, right);

/** The largest power of two below a size of at least two. */
const split = (size: number): number => 2 ** Math.ceil(Math.log2(size) - 1);

/** The root over hashes of leaves (RFC 6962, section 2.1). Raises when there are none. */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) throw new RangeError('a tree has at least one leaf');
  if (leaves.length === 1) return only;
  const at = split(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, at)), merkleRoot(leaves.slice(at)));
}

/** The hashes beside the way from a leaf to the root of a full tree (2, 4, 8 … leaves), lowest first. */
export function merklePath(leaves: readonly Buffer[], position: number): Buffer[] {
  const path: Buffer[] = [];
  let level = [...leaves];
  let at = position;
  while (level.length > 1) {
    const beside = level[at ^ 1];
    if (!beside) throw new RangeError('not a place in a full tree');
    path.push(beside);
    level = level.flatMap((left, index) => {
      const right = index % 2 === 0 ? level[index + 1] : undefined;
      return right ? [nodeHash(left, right)] : [];
    });
    at >>= 1;
  }
  return path;
}

/** The root to which a leaf leads by its path; the position says on which side each hash of the path stands. */
export function rootByPath(leaf: Buffer, position: number, path: readonly Buffer[]): Buffer {
  let hash = leaf;
  let at = position;
  for (const beside of path) {
    hash = at % 2 === 0 ? nodeHash(hash, beside) : nodeHash(beside, hash);
    at = Math.floor(at / 2);
  }
  return hash;
}

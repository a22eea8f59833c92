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

/** The hashes beside the way from a leaf to the root of any tree (RFC 6962, section 2.1.1), lowest first. */
export function auditPath(leaves: readonly Buffer[], position: number): Buffer[] {
  if (position < 0 || position >= leaves.length) throw new RangeError('not a place in the tree');
  if (leaves.length === 1) return [];
  const at = split(leaves.length);
  const [left, right] = [leaves.slice(0, at), leaves.slice(at)];
  return position < at
    ? [...auditPath(left, position), merkleRoot(right)]
    : [...auditPath(right, position - at), merkleRoot(left)];
}

/**
 * The root to which a leaf leads in a tree of a size (RFC 9162, section 2.1.3.2); undefined when the path is not as
 * long as that place in that tree demands.
 */
export function rootByAuditPath(
  leaf: Buffer,
  position: number,
  size: number,
  path: readonly Buffer[],
): Buffer | undefined {
  if (position < 0 || position >= size) return undefined;
  let [at, last, hash] = [position, size - 1, leaf];
  for (const beside of path) {
    if (last === 0) return undefined;
    if (at % 2 === 1 || at === last) {
      hash = nodeHash(beside, hash);
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)];
    } else hash = nodeHash(hash, beside);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : undefined;
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

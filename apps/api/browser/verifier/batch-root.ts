import { nodeHash } from './digests.js';

/**
 * The root of a tree of a size to which a leaf leads (RFC 6962, section 2.1.1): the tree is taken apart from its top, so
 * the last hash of the path stands beside the whole half that holds the leaf. Undefined where the path is not as long
 * as that place demands.
 */
export async function rootFrom(
  leaf: Uint8Array,
  position: number,
  size: number,
  path: readonly Uint8Array[],
): Promise<Uint8Array | undefined> {
  if (position >= size) return undefined;
  if (size === 1) return path.length === 0 ? leaf : undefined;
  const beside = path.at(-1);
  if (!beside) return undefined;
  const [left, lower] = [leftHalf(size), path.slice(0, -1)];
  const isLeft = position < left;
  const half = isLeft
    ? await rootFrom(leaf, position, left, lower)
    : await rootFrom(leaf, position - left, size - left, lower);
  if (!half) return undefined;
  return isLeft ? nodeHash(half, beside) : nodeHash(beside, half);
}

/** The largest power of two below a size of at least two. */
function leftHalf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

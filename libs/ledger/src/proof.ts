import { isSigned, leafOf, type SignedCheckpoint } from './checkpoint.js';
import { linkOf } from './chain.js';
import { rootByPath } from './merkle.js';
import type { PublicKey } from './signature.js';

/** Where an entry stands in its chain. Hashes in hex. */
export interface Place {
  seq: number;
  prev: string;
  hash: string;
}

/** How a place leads to a checkpoint: from the entry forward to a head, and from that to the root. Hashes in hex. */
export interface Proof {
  /** Digests of the entries after it, up to the head that is in the checkpoint. */
  after: string[];
  salt: string;
  position: number;
  path: string[];
  checkpoint: SignedCheckpoint;
}

/** What does not hold in the way from a place in a chain to a checkpoint of the network; undefined when all of it does. */
export function faultOfProof(
  { chain, place, network }: { chain: string; place: Place; network: string },
  proof: Proof,
  keys: readonly PublicKey[],
): string | undefined {
  const { checkpoint } = proof.checkpoint;
  if (!isSigned(proof.checkpoint, keys)) return 'its checkpoint is not signed by the published key';
  if (checkpoint.network !== network) return 'its checkpoint is of another network';
  if (!areHashes(proof.path) || proof.position >= 2 ** proof.path.length)
    return 'its way to the checkpoint is malformed';
  let { seq, hash } = place;
  for (const digest of proof.after) {
    seq += 1;
    hash = linkOf({ digest, prev: hash, seq });
  }
  const leaf = leafOf({ chain, hash, salt: proof.salt, seq });
  const path = proof.path.map((beside) => Buffer.from(beside, 'hex'));
  return rootByPath(leaf, proof.position, path).toString('hex') === checkpoint.root
    ? undefined
    : 'it does not lead to the root of its checkpoint';
}

/** Whether all of these are SHA-256 hashes in hex, as they are written here. */
export const areHashes = (given: readonly string[]): boolean =>
  given.every((hash) => /^[0-9a-f]{64}$/.test(hash));

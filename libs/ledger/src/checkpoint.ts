import canonicalize from 'canonicalize';
import { leafHash } from './merkle.js';
import { isSignedBy, type PublicKey } from './signature.js';
import { taggedHash } from './tagged-hash.js';

/** Where all chains of an instance stood at one moment, without saying how many there are or how long. */
export interface Checkpoint {
  type: 'aldis-checkpoint';
  version: 1;
  /** The code of the network. */
  network: string;
  /** 1 for the first. */
  number: number;
  /** UTC with microseconds. */
  at: string;
  /** A Merkle root, in hex, over the heads of the chains that have moved since the checkpoint before. */
  root: string;
  /** The hash of the checkpoint before; null for the first. */
  previous: string | null;
}

/** A checkpoint as it is published: signed with the key `kid`, Ed25519 in base64url. */
export interface SignedCheckpoint {
  checkpoint: Checkpoint;
  kid: string;
  signature: string;
}

/** What is hashed and signed begins with this. */
export const checkpointTag = 'aldis-ledger-checkpoint-v1';

/** The hash by which the next checkpoint names this one, in hex. */
export const checkpointHash = (checkpoint: Checkpoint): string => taggedHash(checkpointTag, checkpoint);

/** Whether one of the keys signed the checkpoint. */
export const isSigned = (
  { checkpoint, kid, signature }: SignedCheckpoint,
  keys: readonly PublicKey[],
): boolean => isSignedBy(keys, checkpointTag, checkpoint, { kid, signature });

/** A chain's head as a checkpoint has it. Without the salt nothing can be learnt from the leaf. */
export interface Leaf {
  chain: string;
  seq: number;
  hash: string;
  salt: string;
}

const hashOf = (value: object): Buffer => leafHash(Buffer.from(canonicalize(value) ?? '', 'utf8'));

export const leafOf = ({ chain, hash, salt, seq }: Leaf): Buffer => hashOf({ chain, hash, salt, seq });

/** A leaf that stands for no chain; who does not know `padding` cannot tell it from one that does. */
export const paddingOf = (padding: string, position: number): Buffer => hashOf({ padding, position });

/** How many leaves a tree has over so many chains: a power of two, and never fewer than sixteen. */
export const treeSize = (chains: number): number => 2 ** Math.ceil(Math.log2(Math.max(chains, 16)));

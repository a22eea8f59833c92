import { fromHex, leafHash, nodeHash, taggedHash, toHex } from './digests.js';
import { count, hash, listOf, text, type Form } from './forms.js';
import type { Fault } from './kind.js';
import { checkpointForm, type SignedCheckpoint } from './receipt-forms.js';

export const wayForm = {
  ...{ after: listOf(hash), salt: text, position: count, path: listOf(hash), checkpoint: checkpointForm },
} satisfies Form;

/** How a place in a chain leads to a checkpoint (SPECIFICATION.md, receipts, step 6). */
export interface ChainWay {
  after: string[];
  salt: string;
  position: number;
  path: string[];
  checkpoint: SignedCheckpoint;
}

export interface ChainPlace {
  seq: number;
  prev: string;
  hash: string;
}

/** The hash of a link, in hex. */
export const linkHash = async (digest: string, prev: string, seq: number): Promise<string> =>
  taggedHash('aldis-ledger-link-v1', { digest, prev, seq });

/** Whether an entry of a chain, given as an object, has the hash of its place. */
export const isAtPlace = async (entry: object, { hash: head, prev, seq }: ChainPlace): Promise<boolean> =>
  head === (await linkHash(await taggedHash('aldis-ledger-entry-v1', entry), prev, seq));

/** What does not hold in the way from a place in a chain to the root of its checkpoint. */
export async function faultOfWay(
  chain: string,
  place: ChainPlace,
  way: ChainWay,
): Promise<Fault | undefined> {
  if (way.position >= 2 ** way.path.length) return { fault: 'way' };
  let { seq, hash: head } = place;
  for (const digest of way.after) {
    seq += 1;
    head = await linkHash(digest, head, seq);
  }
  let node = await leafHash({ chain, hash: head, salt: way.salt, seq });
  let { position } = way;
  for (const beside of way.path) {
    node = await (position % 2 === 0 ? nodeHash(node, fromHex(beside)) : nodeHash(fromHex(beside), node));
    position = Math.floor(position / 2);
  }
  return toHex(node) === way.checkpoint.checkpoint.root ? undefined : { fault: 'root' };
}

import { isSigned, leafOf, type SignedCheckpoint } from './checkpoint.js';
import { digestOf, linkOf, type EntryBody } from './chain.js';
import { commitmentTo, type Committed } from './commitment.js';
import { rootByPath } from './merkle.js';
import { entryOfRequestEvent, faultOfEntry, type RequestEventFacts } from './recorded.js';
import { isSignedBy, type PublicKey } from './signature.js';

/** The words of receipts, and no others. `delivered` and `viewed` are kept for when they can be known. */
export const receiptWords = [
  'filed',
  'accepted by relay',
  'delivered',
  'viewed',
  'acknowledged',
  'answered',
] as const;
export type ReceiptWord = (typeof receiptWords)[number];

/** What an instance says for good about something that happened on one addressee's line. */
export interface Receipt {
  type: 'aldis-receipt';
  version: 1;
  /** The code of the network. */
  network: string;
  what: ReceiptWord;
  /** The request's reference, e.g. `AR-2026-7K3M9Q`. */
  reference: string;
  /** What happened, by whom, with which assurance and when; `content` is the salted digest of what was said or sent. */
  event: RequestEventFacts;
  /** Its entry in the record, and the place of that in its chain. */
  entry: EntryBody;
  place: { seq: number; prev: string; hash: string };
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

/** A receipt as it is given out. What is signed is `receipt` alone; the rest proves itself. */
export interface SignedReceipt {
  receipt: Receipt;
  kid: string;
  signature: string;
  /** Null until the next checkpoint. */
  proof: Proof | null;
  /** What the salted digest in the event is of. Leave it out when you show the receipt to others. */
  opening: Committed | null;
}

/** What is signed begins with this. */
export const receiptTag = 'aldis-receipt-v1';

/** The word for an event; undefined for what no receipt is given for. */
export function wordOf({
  act,
  to,
  audience,
}: Pick<RequestEventFacts, 'act' | 'to' | 'audience'>): ReceiptWord | undefined {
  if (audience !== 'both') return undefined;
  // Asking for more time determines nothing yet.
  if (act === 'determine') return to === 'answered' ? 'answered' : undefined;
  const words: Readonly<Record<string, ReceiptWord>> = {
    send: 'filed',
    'accepted-by-relay': 'accepted by relay',
    acknowledge: 'acknowledged',
  };
  return Object.hasOwn(words, act) ? words[act] : undefined;
}

/** What does not hold in a receipt, with nothing but published keys; undefined when all of it does. */
export function faultOfReceipt(given: SignedReceipt, keys: readonly PublicKey[]): string | undefined {
  const { receipt, proof, opening } = given;
  const { event, entry, place } = receipt;
  if (!isSignedBy(keys, receiptTag, receipt, given)) return 'it is not signed by the published key';
  if (receipt.what !== wordOf(event)) return 'it says something else than its event';
  const about = faultOfEntry(entry, entryOfRequestEvent(event));
  if (about) return `its entry ${about}`;
  if (place.hash !== linkOf({ digest: digestOf(entry), prev: place.prev, seq: place.seq }))
    return 'its entry does not have the hash of its place';
  if (opening && commitmentTo(opening) !== event.content) return 'what was said is not what was committed to';
  return proof ? faultOfProof(receipt, proof, keys) : undefined;
}

function faultOfProof(
  { entry, place, network }: Receipt,
  proof: Proof,
  keys: readonly PublicKey[],
): string | undefined {
  const { checkpoint } = proof.checkpoint;
  if (!isSigned(proof.checkpoint, keys)) return 'its checkpoint is not signed by the published key';
  if (checkpoint.network !== network) return 'its checkpoint is of another network';
  if (
    !proof.path.every((beside) => /^[0-9a-f]{64}$/.test(beside)) ||
    proof.position >= 2 ** proof.path.length
  )
    return 'its way to the checkpoint is malformed';
  let { seq, hash } = place;
  for (const digest of proof.after) {
    seq += 1;
    hash = linkOf({ digest, prev: hash, seq });
  }
  const leaf = leafOf({ chain: entry.chain, hash, salt: proof.salt, seq });
  const path = proof.path.map((beside) => Buffer.from(beside, 'hex'));
  return rootByPath(leaf, proof.position, path).toString('hex') === checkpoint.root
    ? undefined
    : 'it does not lead to the root of its checkpoint';
}

import { digestOf, linkOf } from './chain.js';
import { entryOfBatch, leafOfEntry, type JournalBatch, type JournalEntry } from './journal.js';
import { rootByAuditPath } from './merkle.js';
import { entryOfObservation, faultOfJournalled, type ObservationFacts } from './observed.js';
import { areHashes, faultOfProof, type Place, type Proof } from './proof.js';
import { isSignedBy, type PublicKey } from './signature.js';

/** The words of receipts about what stands in the journal. */
export const observedWords = ['delivered', 'viewed'] as const;
export type ObservedWord = (typeof observedWords)[number];

/** What an instance says for good about something that it observed of one addressee's line. */
export interface JournalReceipt {
  type: 'aldis-journal-receipt';
  version: 1;
  /** The code of the network. */
  network: string;
  what: ObservedWord;
  /** The request's reference, e.g. `AR-2026-7K3M9Q`. */
  reference: string;
  /** What was observed, with which evidence and when. */
  event: ObservationFacts;
  /** Its entry in the journal. */
  entry: JournalEntry;
}

/** How an entry of the journal leads to a checkpoint: into a batch, with that into the chain `journal`. */
export interface JournalProof {
  batch: JournalBatch;
  /** The entry's place in the batch, and the hashes beside its way to the batch's root (RFC 6962, 2.1.1). */
  position: number;
  path: string[];
  /** Where the batch's entry stands in the chain `journal`, and how that leads to a checkpoint. */
  place: Place;
  way: Proof;
}

/** A receipt as it is given out. What is signed is `receipt` alone; the rest proves itself. */
export interface SignedJournalReceipt {
  receipt: JournalReceipt;
  kid: string;
  signature: string;
  /** Null until the next checkpoint. */
  proof: JournalProof | null;
}

/** What is signed begins with this. */
export const journalReceiptTag = 'aldis-journal-receipt-v1';

/** What does not hold in a receipt, with nothing but published keys; undefined when all of it does. */
export function faultOfJournalReceipt(
  given: SignedJournalReceipt,
  keys: readonly PublicKey[],
): string | undefined {
  const { receipt, proof } = given;
  const { event, entry, network } = receipt;
  if (!isSignedBy(keys, journalReceiptTag, receipt, given)) return 'it is not signed by the published key';
  if (receipt.what !== event.what) return 'it says something else than its event';
  const about = faultOfJournalled(entryOfObservation(event), entry);
  if (about) return 'its entry is not that of its event';
  return proof ? faultOfPlace(entry, network, proof, keys) : undefined;
}

function faultOfPlace(
  entry: JournalEntry,
  network: string,
  { batch, position, path, place, way }: JournalProof,
  keys: readonly PublicKey[],
): string | undefined {
  const beside = path.map((hash) => Buffer.from(hash, 'hex'));
  const root = rootByAuditPath(leafOfEntry(entry), position, batch.size, beside);
  if (!areHashes(path) || root?.toString('hex') !== batch.root)
    return 'it does not lead to the root of its batch';
  const inChain = entryOfBatch(batch);
  if (place.hash !== linkOf({ digest: digestOf(inChain), prev: place.prev, seq: place.seq }))
    return 'its batch does not have the hash of its place';
  return faultOfProof({ chain: inChain.chain, place, network }, way, keys);
}

import { digestOf, linkOf, type EntryBody } from './chain.js';
import { commitmentTo, type Committed } from './commitment.js';
import { faultOfJournalReceipt, type SignedJournalReceipt } from './journal-receipt.js';
import { faultOfProof, type Place, type Proof } from './proof.js';
import { entryOfRequestEvent, faultOfEntry, type RequestEventFacts } from './recorded.js';
import { isSignedBy, type PublicKey } from './signature.js';

/** The words of receipts about events of a line's chain. */
export const eventWords = ['filed', 'accepted by relay', 'acknowledged', 'answered'] as const;
export type EventWord = (typeof eventWords)[number];

/** What an instance says for good about an act on one addressee's line. */
export interface Receipt {
  type: 'aldis-receipt';
  version: 1;
  /** The code of the network. */
  network: string;
  what: EventWord;
  /** The request's reference, e.g. `AR-2026-7K3M9Q`. */
  reference: string;
  /** What happened, by whom, with which assurance and when; `content` is the salted digest of what was said or sent. */
  event: RequestEventFacts;
  /** Its entry in the record, and the place of that in its chain. */
  entry: EntryBody;
  place: Place;
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
}: Pick<RequestEventFacts, 'act' | 'to' | 'audience'>): EventWord | undefined {
  if (audience !== 'both') return undefined;
  // Asking for more time determines nothing yet.
  if (act === 'determine') return to === 'answered' ? 'answered' : undefined;
  const words: Readonly<Record<string, EventWord>> = {
    send: 'filed',
    'accepted-by-relay': 'accepted by relay',
    acknowledge: 'acknowledged',
  };
  return Object.hasOwn(words, act) ? words[act] : undefined;
}

/** A receipt of either form, told apart by its `type`. */
export type AnyReceipt = SignedReceipt | SignedJournalReceipt;

/** Whether it is about what stands in the journal. */
export const isOfJournal = (given: AnyReceipt): given is SignedJournalReceipt =>
  given.receipt.type === 'aldis-journal-receipt';

/** What does not hold in a receipt, with nothing but published keys; undefined when all of it does. */
export const faultOfReceipt = (given: AnyReceipt, keys: readonly PublicKey[]): string | undefined =>
  isOfJournal(given) ? faultOfJournalReceipt(given, keys) : faultOfEventReceipt(given, keys);

function faultOfEventReceipt(given: SignedReceipt, keys: readonly PublicKey[]): string | undefined {
  const { receipt, proof, opening } = given;
  const { event, entry, place } = receipt;
  if (!isSignedBy(keys, receiptTag, receipt, given)) return 'it is not signed by the published key';
  if (receipt.what !== wordOf(event)) return 'it says something else than its event';
  const about = faultOfEntry(entry, entryOfRequestEvent(event));
  if (about) return `its entry ${about}`;
  if (place.hash !== linkOf({ digest: digestOf(entry), prev: place.prev, seq: place.seq }))
    return 'its entry does not have the hash of its place';
  if (opening && commitmentTo(opening) !== event.content) return 'what was said is not what was committed to';
  const { chain } = entry;
  return proof ? faultOfProof({ chain, place, network: receipt.network }, proof, keys) : undefined;
}

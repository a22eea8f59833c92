import { rootFrom } from './batch-root.js';
import { faultOfWay, isAtPlace, wayForm, type ChainPlace, type ChainWay } from './chain-way.js';
import { fromHex, leafHash, taggedHash, toHex } from './digests.js';
import { count, fits, hash, just, listOf, text, textOrNull, type Form } from './forms.js';
import type { Fault, Kind, Stated } from './kind.js';
import type { SignedReceipt } from './receipt-forms.js';

const observedWords = ['delivered', 'viewed'];

const observationForm = {
  ...{ addressee: text, assurance: text, at: text, evidence: text, id: text, line: text },
  ...{ notice: textOrNull, request: text, requester: text, salt: text, traffic: text, what: text },
} satisfies Form;
const journalReceiptForm = {
  ...{ type: just('aldis-journal-receipt'), version: just(1), network: text, what: text, reference: text },
  event: observationForm,
  entry: {
    ...{ id: text, at: text, party: textOrNull, traffic: text, kind: text, subject: text },
    commitment: text,
  },
} satisfies Form;
const journalProofForm = {
  batch: { id: text, at: text, size: count, root: text },
  ...{ position: count, path: listOf(text), place: { seq: count, prev: text, hash: text }, way: wayForm },
} satisfies Form;

interface JournalReceipt {
  network: string;
  what: string;
  reference: string;
  event: Readonly<Record<'id' | 'what' | 'at' | 'traffic' | 'requester' | 'addressee', string>> & {
    assurance: string;
    evidence: string;
  };
  entry: Readonly<Record<string, unknown>>;
}
interface JournalProof {
  batch: { id: string; at: string; size: number; root: string };
  position: number;
  path: string[];
  place: ChainPlace;
  way: ChainWay;
}

const journalPartOf = ({ receipt }: SignedReceipt) => receipt as unknown as JournalReceipt;
const journalProofOf = ({ proof }: SignedReceipt): JournalProof | undefined =>
  fits(proof, journalProofForm) ? (proof as JournalProof) : undefined;

/** A receipt of what was observed: its entry has its place in a batch, and that has one in the chain of the journal. */
export const journalReceipt: Kind = {
  knows: ({ receipt }) => observedWords.includes(receipt.what) && fits(receipt, journalReceiptForm),
  state: (given): Stated => {
    const { network, reference, event } = journalPartOf(given);
    const { requester, addressee, traffic, at, assurance, evidence } = event;
    return { network, reference, requester, addressee, traffic, at, assurance, evidence };
  },
  checkpoint: (given) => journalProofOf(given)?.way.checkpoint,
  fault: async (given) => {
    const { what, event, entry } = journalPartOf(given);
    if (event.what !== what) return { fault: 'what' };
    const expected = await entryOfObserved(event);
    if (Object.keys(expected).some((member) => entry[member] !== expected[member]))
      return { fault: 'journal-entry' };
    const proof = journalProofOf(given);
    return proof && faultInBatch(entry, proof);
  },
  wayFault: async (given) => {
    const { place, way } = given.proof as JournalProof;
    return faultOfWay('journal', place, way);
  },
};

async function faultInBatch(
  entry: JournalReceipt['entry'],
  { batch, position, path, place }: JournalProof,
): Promise<Fault | undefined> {
  const leaf = await leafHash(entry);
  const root = path.every(hash) && (await rootFrom(leaf, position, batch.size, path.map(fromHex)));
  if (!root || toHex(root) !== batch.root) return { fault: 'batch-root' };
  return (await isAtPlace(await entryOfBatch(batch), place)) ? undefined : { fault: 'batch-place' };
}

/** The entry that an observation must have in the journal, but for its `id`, which is random. */
async function entryOfObserved(event: JournalReceipt['event']): Promise<Readonly<Record<string, unknown>>> {
  const { id, what, at, traffic, addressee } = event;
  return {
    ...{ at, traffic, party: addressee, kind: `observation.${what}`, subject: id },
    commitment: await taggedHash('aldis-ledger-observation-v1', event),
  };
}

/** The entry that a batch must have in its chain. */
const entryOfBatch = async ({ id, at, size, root }: JournalProof['batch']): Promise<object> => ({
  ...{ chain: 'journal', party: null, traffic: 'actual', kind: 'journal.batch', at, actor: null },
  ...{ assurance: 'system', subject: id },
  commitment: await taggedHash('aldis-ledger-journal-batch-v1', { at, id, root, size }),
});

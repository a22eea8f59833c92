import { leafHash, nodeHash, fromHex, saltedDigest, taggedHash, toHex } from './digests.js';
import { count, fits, hash, just, listOf, text, type Form } from './forms.js';
import {
  checkpointForm,
  entryForm,
  eventForm,
  type RequestEvent,
  type SignedCheckpoint,
  type SignedReceipt,
} from './receipt-forms.js';
import type { Kind, Stated } from './kind.js';

/** What happened, by the act of its event. More time is asked with `determine` too, which answers nothing yet. */
const acts: Readonly<Record<string, string>> = {
  filed: 'send',
  'accepted by relay': 'accepted-by-relay',
  acknowledged: 'acknowledge',
  answered: 'determine',
};

const receiptForm = {
  ...{ type: just('aldis-receipt'), version: just(1), network: text, what: text, reference: text },
  ...{ event: eventForm, entry: entryForm, place: { seq: count, prev: hash, hash } },
} satisfies Form;
const proofForm = {
  ...{ after: listOf(hash), salt: text, position: count, path: listOf(hash), checkpoint: checkpointForm },
} satisfies Form;

interface ChainReceipt {
  network: string;
  what: string;
  reference: string;
  event: RequestEvent;
  entry: Readonly<Record<string, unknown>> & { chain: string };
  place: { seq: number; prev: string; hash: string };
}
interface ChainProof {
  after: string[];
  salt: string;
  position: number;
  path: string[];
  checkpoint: SignedCheckpoint;
}

const receiptOf = ({ receipt }: SignedReceipt) => receipt as unknown as ChainReceipt;

/** A receipt of an event whose entry has its place in a chain, and from there the way to a checkpoint. */
export const chainReceipt: Kind = {
  knows: ({ receipt }) => Object.hasOwn(acts, receipt.what) && fits(receipt, receiptForm),
  state: (given): Stated => {
    const { network, reference, event } = receiptOf(given);
    return { network, reference, event };
  },
  checkpoint: ({ proof }) => (fits(proof, proofForm) ? (proof as ChainProof).checkpoint : undefined),
  fault: async (given) => {
    const { what, event, entry, place } = receiptOf(given);
    if (event.act !== acts[what] || event.audience !== 'both') return { fault: 'what' };
    if (what === 'answered' && event.to !== 'answered') return { fault: 'what' };
    const expected = await entryOf(event);
    const other = Object.keys(expected).find((member) => entry[member] !== expected[member]);
    if (other) return { fault: 'entry', member: other };
    const digest = await taggedHash('aldis-ledger-entry-v1', entry);
    if (place.hash !== (await linkHash(digest, place.prev, place.seq))) return { fault: 'place' };
    const { opening } = given;
    if (opening && (await saltedDigest(opening.content, opening.salt)) !== event.content)
      return { fault: 'opening' };
    return undefined;
  },
  wayFault: async (given) => {
    const proof = given.proof as ChainProof;
    const { entry, place } = receiptOf(given);
    if (proof.position >= 2 ** proof.path.length) return { fault: 'way' };
    let { seq, hash: head } = place;
    for (const digest of proof.after) {
      seq += 1;
      head = await linkHash(digest, head, seq);
    }
    let node = await leafHash({ chain: entry.chain, hash: head, salt: proof.salt, seq });
    let { position } = proof;
    for (const beside of proof.path) {
      node = await (position % 2 === 0 ? nodeHash(node, fromHex(beside)) : nodeHash(fromHex(beside), node));
      position = Math.floor(position / 2);
    }
    return toHex(node) === proof.checkpoint.checkpoint.root ? undefined : { fault: 'root' };
  },
};

const linkHash = async (digest: string, prev: string, seq: number): Promise<string> =>
  taggedHash('aldis-ledger-link-v1', { digest, prev, seq });

/** The entry that an event of a request must have. */
async function entryOf(event: RequestEvent): Promise<Readonly<Record<string, unknown>>> {
  const { act, addressee, assurance, at, audience, id, line, party, request, requester, traffic } = event;
  const ofRequester = audience === 'requester' || line === null;
  const ofLine = `${audience === 'addressee' ? 'side' : 'line'}:${line}`;
  return {
    ...{ at, assurance, traffic, actor: party, subject: id },
    chain: ofRequester ? `request:${request}` : ofLine,
    party: ofRequester ? requester : addressee,
    kind: `request.${act}`,
    commitment: await taggedHash('aldis-ledger-request-event-v1', event),
  };
}

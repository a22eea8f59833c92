import { faultOfWay, isAtPlace, wayForm, type ChainPlace, type ChainWay } from './chain-way.js';
import { saltedDigest, taggedHash } from './digests.js';
import { count, fits, hash, just, text, type Form } from './forms.js';
import type { Kind, Stated } from './kind.js';
import { entryForm, eventForm, type RequestEvent, type SignedReceipt } from './receipt-forms.js';

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

interface ChainReceipt {
  network: string;
  what: string;
  reference: string;
  event: RequestEvent;
  entry: Readonly<Record<string, unknown>> & { chain: string };
  place: ChainPlace;
}

const receiptOf = ({ receipt }: SignedReceipt) => receipt as unknown as ChainReceipt;

/** A receipt of an event whose entry has its place in a chain, and from there the way to a checkpoint. */
export const chainReceipt: Kind = {
  knows: ({ receipt }) => Object.hasOwn(acts, receipt.what) && fits(receipt, receiptForm),
  state: (given): Stated => {
    const { network, reference, event } = receiptOf(given);
    const { requester, addressee, traffic, at, assurance, party } = event;
    return { network, reference, requester, addressee, traffic, at, assurance, party };
  },
  checkpoint: ({ proof }) => (fits(proof, wayForm) ? (proof as ChainWay).checkpoint : undefined),
  fault: async (given) => {
    const { what, event, entry, place } = receiptOf(given);
    if (event.act !== acts[what] || event.audience !== 'both') return { fault: 'what' };
    if (what === 'answered' && event.to !== 'answered') return { fault: 'what' };
    const expected = await entryOf(event);
    const other = Object.keys(expected).find((member) => entry[member] !== expected[member]);
    if (other) return { fault: 'entry', member: other };
    if (!(await isAtPlace(entry, place))) return { fault: 'place' };
    const { opening } = given;
    if (opening && (await saltedDigest(opening.content, opening.salt)) !== event.content)
      return { fault: 'opening' };
    return undefined;
  },
  wayFault: async (given) => {
    const { entry, place } = receiptOf(given);
    return faultOfWay(entry.chain, place, given.proof as ChainWay);
  },
};

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

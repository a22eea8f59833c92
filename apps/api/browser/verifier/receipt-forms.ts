import { anything, count, just, maybe, text, textOrNull, type Form } from './forms.js';

/** Members of an event of a request (SPECIFICATION.md, events, entries, chains). */
export const eventForm = {
  ...{ act: text, actor: text, addressee: textOrNull, assurance: text, at: text, audience: text },
  ...{ content: text, from: textOrNull, id: text, line: textOrNull, party: text, request: text },
  ...{ requester: text, to: text, traffic: text },
} satisfies Form;

export const entryForm = {
  ...{ actor: textOrNull, assurance: text, at: text, chain: text, commitment: text, kind: text },
  ...{ party: textOrNull, subject: text, traffic: text },
} satisfies Form;

export const checkpointForm = {
  checkpoint: {
    ...{ type: just('aldis-checkpoint'), version: just(1), network: text, number: count, at: text },
    ...{ root: text, previous: textOrNull },
  },
  kid: text,
  signature: text,
} satisfies Form;

const envelope = { receipt: anything, kid: text, signature: text, proof: anything } satisfies Form;

/** By its `type`: what is around a receipt, whatever it says, and what its signature begins with. */
export const receiptTypes: ReadonlyMap<unknown, { around: Form; tag: string }> = new Map([
  [
    'aldis-receipt',
    { around: { ...envelope, opening: maybe({ salt: text, content: anything }) }, tag: 'aldis-receipt-v1' },
  ],
  ['aldis-journal-receipt', { around: envelope, tag: 'aldis-journal-receipt-v1' }],
]);

/** The members of a receipt that do not depend on its kind. */
export const anyReceiptForm = { type: text, version: count, what: text } satisfies Form;

export interface RequestEvent {
  act: string;
  actor: string;
  addressee: string | null;
  assurance: string;
  at: string;
  audience: string;
  content: string;
  from: string | null;
  id: string;
  line: string | null;
  party: string;
  request: string;
  requester: string;
  to: string;
  traffic: string;
}

export interface SignedCheckpoint {
  checkpoint: { network: string; number: number; at: string; root: string; previous: string | null };
  kid: string;
  signature: string;
}

/** A receipt whose own members are looked at by its kind. */
export interface SignedReceipt {
  receipt: Readonly<Record<string, unknown>> & { type: string; what: string };
  kid: string;
  signature: string;
  proof?: unknown;
  opening?: { salt: string; content: unknown } | null;
}

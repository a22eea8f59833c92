import { z } from 'zod';
import { receiptWords } from '#libs/ledger';

const text = z.string();
const maybe = text.nullable();

/** A checkpoint as `GET /api/v1/ledger/checkpoints/latest` answers it. */
export const checkpointFile = z.strictObject({
  checkpoint: z.strictObject({
    ...{ type: z.literal('aldis-checkpoint'), version: z.literal(1), network: text, number: z.int() },
    ...{ at: text, root: text, previous: maybe },
  }),
  ...{ kid: text, signature: text },
});

const event = z.strictObject({
  ...{ id: text, request: text, line: maybe, party: text, requester: text, addressee: maybe, audience: text },
  ...{
    traffic: text,
    act: text,
    from: maybe,
    to: text,
    actor: text,
    assurance: text,
    at: text,
    content: text,
  },
});
const entry = z.strictObject({
  ...{ chain: text, party: maybe, traffic: text, kind: text, at: text, actor: maybe, assurance: text },
  ...{ subject: text, commitment: text },
});
const receipt = z.strictObject({
  receipt: z.strictObject({
    ...{ type: z.literal('aldis-receipt'), version: z.literal(1), network: text, what: z.enum(receiptWords) },
    ...{ reference: text, event, entry, place: z.strictObject({ seq: z.int(), prev: text, hash: text }) },
  }),
  ...{ kid: text, signature: text },
  proof: z
    .strictObject({
      ...{ after: z.array(text), salt: text, position: z.int().min(0), path: z.array(text) },
      checkpoint: checkpointFile,
    })
    .nullable()
    .default(null),
  opening: z.strictObject({ salt: text, content: z.unknown() }).nullable().default(null),
});

/** One receipt, or several as `GET /api/v1/requests/{id}/receipts` answers them. */
export const receiptFile = z.union([
  z.strictObject({ items: z.array(receipt) }).transform(({ items }) => items),
  receipt.transform((one) => [one]),
]);

import { z } from 'zod';
import { eventWords, observedWords } from '#libs/ledger';

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
const place = z.strictObject({ seq: z.int(), prev: text, hash: text });
const way = z.strictObject({
  ...{ after: z.array(text), salt: text, position: z.int().min(0), path: z.array(text) },
  checkpoint: checkpointFile,
});
const eventReceipt = z.strictObject({
  receipt: z.strictObject({
    ...{ type: z.literal('aldis-receipt'), version: z.literal(1), network: text, what: z.enum(eventWords) },
    ...{ reference: text, event, entry, place },
  }),
  ...{ kid: text, signature: text },
  proof: way.nullable().default(null),
  opening: z.strictObject({ salt: text, content: z.unknown() }).nullable().default(null),
});

const journalReceipt = z.strictObject({
  receipt: z.strictObject({
    ...{ type: z.literal('aldis-journal-receipt'), version: z.literal(1), network: text },
    ...{ what: z.enum(observedWords), reference: text },
    event: z.strictObject({
      ...{ id: text, request: text, line: text, requester: text, addressee: text, traffic: text, what: text },
      ...{ evidence: text, assurance: text, notice: maybe, at: text, salt: text },
    }),
    entry: z.strictObject({
      ...{ id: text, party: maybe, traffic: text, kind: text, at: text, subject: text, commitment: text },
    }),
  }),
  ...{ kid: text, signature: text },
  proof: z
    .strictObject({
      batch: z.strictObject({ id: text, at: text, size: z.int().min(1), root: text }),
      ...{ position: z.int().min(0), path: z.array(text), place, way },
    })
    .nullable()
    .default(null),
});
const receipt = z.union([eventReceipt, journalReceipt]);

/** One receipt, or several as `GET /api/v1/requests/{id}/receipts` answers them. */
export const receiptFile = z.union([
  z.strictObject({ items: z.array(receipt) }).transform(({ items }) => items),
  receipt.transform((one) => [one]),
]);

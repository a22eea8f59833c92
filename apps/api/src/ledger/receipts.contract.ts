import { z } from 'zod';
import { eventWords, observedWords } from '#libs/ledger';
import { signedCheckpoint } from './ledger.contract.js';

const text = z.string();
const maybe = text.nullable();
const hash = text.regex(/^[0-9a-f]{64}$/);

const event = z
  .strictObject({
    ...{ id: text, request: text, line: maybe, party: text, requester: text, addressee: maybe },
    ...{ audience: text, traffic: text, act: text, from: maybe, to: text, actor: text, assurance: text },
    at: text.meta({ description: 'UTC with microseconds' }),
    content: hash.meta({ description: 'The salted digest of exactly what was said or sent' }),
  })
  .meta({ description: 'What happened, by whom, with which assurance and when' });

const place = z.strictObject({ seq: z.int(), prev: hash, hash });

const receipt = z.strictObject({
  type: z.literal('aldis-receipt'),
  version: z.literal(1),
  network: text,
  what: z.enum(eventWords),
  reference: text,
  event,
  entry: z.strictObject({
    ...{ chain: text, party: maybe, traffic: text, kind: text, at: text, actor: maybe, assurance: text },
    ...{ subject: text, commitment: hash },
  }),
  place,
});

const way = z.strictObject({
  ...{ after: z.array(hash), salt: hash, position: z.int(), path: z.array(hash) },
  checkpoint: signedCheckpoint,
});
const proof = way
  .nullable()
  .meta({ description: 'How the place leads to a signed checkpoint; null until the next one' });

const journalReceipt = z.strictObject({
  type: z.literal('aldis-journal-receipt'),
  version: z.literal(1),
  network: text,
  what: z.enum(observedWords),
  reference: text,
  event: z
    .strictObject({
      ...{ id: text, request: text, line: text, requester: text, addressee: text, traffic: text, what: text },
      evidence: text.meta({
        description:
          '`link-fetched`: a person or a program; `request-read`: an account; `code-typed`: whoever had the mail',
      }),
      ...{ assurance: text, notice: maybe, at: text, salt: text },
    })
    .meta({ description: 'What was observed, with which evidence and when' }),
  entry: z.strictObject({
    ...{ id: text, party: maybe, traffic: text, kind: text, at: text, subject: text, commitment: hash },
  }),
});

const signedJournalReceipt = z.strictObject({
  ...{ receipt: journalReceipt, kid: text, signature: text },
  proof: z
    .strictObject({
      batch: z.strictObject({ id: text, at: text, size: z.int(), root: hash }),
      ...{ position: z.int(), path: z.array(hash), place, way },
    })
    .nullable()
    .meta({
      description: 'How the entry leads through its batch to a signed checkpoint; null until the next one',
    }),
});

const signedEventReceipt = z
  .strictObject({
    ...{ receipt, kid: text, signature: text, proof },
    opening: z
      .strictObject({ salt: text, content: z.record(z.string(), z.unknown()) })
      .nullable()
      .meta({
        description: 'What the digest is of, for you alone: leave it out when you show the receipt to others',
      }),
  })
  .meta({ id: 'EventReceipt' });

export const signedReceipt = z
  .union([signedEventReceipt, signedJournalReceipt.meta({ id: 'JournalReceipt' })])
  .meta({ id: 'Receipt' });

export const receipts = z.strictObject({ items: z.array(signedReceipt) }).meta({ id: 'Receipts' });

export const receiptId = z.uuid({ error: 'must be the id of an event or observation' });

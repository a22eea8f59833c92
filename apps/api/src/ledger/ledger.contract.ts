import { z } from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const signedCheckpoint = z
  .strictObject({
    checkpoint: z.strictObject({
      type: z.literal('aldis-checkpoint'),
      version: z.literal(1),
      network: z.string(),
      number: z.int(),
      at: z.string().meta({ description: 'UTC with microseconds' }),
      root: hash.meta({
        description: 'Merkle root over the chains that have moved since the checkpoint before',
      }),
      previous: hash.nullable().meta({ description: 'The hash of the checkpoint before' }),
    }),
    kid: z.string().meta({ description: 'The key that signed it: see /api/v1/ledger/key' }),
    signature: z.string().meta({ description: 'Ed25519, base64url; SPECIFICATION.md says over what' }),
  })
  .meta({ id: 'Checkpoint' });

export const checkpointPage = z
  .strictObject({
    items: z.array(signedCheckpoint),
    next: z.int().nullable().meta({ description: 'Give it as `before` for the next page' }),
  })
  .meta({ id: 'Checkpoints' });

export const checkpointFilter = z.strictObject({
  before: z.coerce
    .number({ error: 'must be the value of `next` of an earlier page' })
    .int()
    .min(1)
    .max(2_147_483_647)
    .optional(),
  limit: z.coerce.number({ error: 'must be a number from 1 to 100' }).int().min(1).max(100).default(20),
});

export const publishedKeys = z
  .strictObject({
    keys: z.array(
      z.strictObject({
        kty: z.literal('OKP'),
        crv: z.literal('Ed25519'),
        x: z.string(),
        kid: z.string(),
        alg: z.literal('EdDSA'),
        use: z.literal('sig'),
        successor: z.strictObject({ kid: z.string(), signature: z.string() }).optional().meta({
          description:
            'Of a key that signs no more: the next one, and its signature of that (SPECIFICATION.md).',
        }),
      }),
    ),
  })
  .meta({ id: 'LedgerKeys' });

export type CheckpointFilter = z.infer<typeof checkpointFilter>;

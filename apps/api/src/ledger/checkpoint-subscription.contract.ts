import { rhythms } from '#libs/access';
import { z } from 'zod';
import { plainLine } from '../http/fields.js';

const every = z.enum(rhythms).meta({ description: 'Each checkpoint, or the newest of each hour or day' });

export const subscribe = z
  .strictObject({
    email: plainLine(254).meta({ examples: ['records@xb.example'] }),
    every: every.default('day'),
  })
  .meta({ id: 'SubscribeCheckpoints' });
export type Subscribe = z.output<typeof subscribe>;

export const checkpointSubscription = z
  .strictObject({
    email: z.string(),
    every,
    subscribedAt: z.iso.datetime(),
    sent: z.int().nullable().meta({ description: 'The number of the newest checkpoint that was sent' }),
  })
  .meta({ id: 'CheckpointSubscription' });

import { noticeChannels, noticeStates } from '#libs/notifications';
import { z } from 'zod';

const name = z.string().regex(/^[0-9a-f]{10}$/);

export const overseenDeliveries = z
  .strictObject({
    items: z.array(
      z.strictObject({
        notice: name.meta({ description: 'The last ten digits of its id, as the log of a worker has it' }),
        channel: z.enum(noticeChannels),
        state: z.enum(noticeStates),
        attempts: z.int(),
        outcome: z
          .enum(['accepted', 'transient', 'permanent', 'unknown'])
          .nullable()
          .meta({ description: 'What the last attempt that has ended came to' }),
      }),
    ),
    next: name.nullable().meta({ description: 'The cursor of the next page' }),
  })
  .meta({ id: 'OverseenDeliveries' });

export const deliveryFilter = z.strictObject({
  outcome: z.enum(noticeStates).optional().meta({ description: 'Only those in this state' }),
  cursor: name.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
});
export type DeliveryFilter = z.output<typeof deliveryFilter>;

export const deliverySummary = z
  .strictObject({
    waiting: z.int().meta({ description: 'Neither accepted, failed nor cancelled yet' }),
    late: z.int().meta({ description: 'Of these, for longer than ten minutes' }),
    failed: z.int(),
  })
  .meta({ id: 'DeliverySummary' });

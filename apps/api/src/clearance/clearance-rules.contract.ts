import { clearableActs } from '#libs/requests';
import { z } from 'zod';

export const setClearance = z
  .strictObject({
    acts: z
      .array(z.enum(clearableActs))
      .max(clearableActs.length)
      .meta({ description: 'Every act that needs a second person from now on', examples: [['send']] }),
    version: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'The newest version you have seen, 0 for none; a stale change is refused' }),
  })
  .meta({ id: 'SetClearance' });
export type SetClearance = z.output<typeof setClearance>;

export const clearanceRules = z
  .strictObject({
    acts: z
      .array(z.string())
      .meta({ description: 'Acts of your party that need a second person, by either rule' }),
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        of: z.enum(['network', 'party']),
        version: z.int(),
        acts: z.array(z.string()),
        state: z
          .enum(['in-force', 'waiting', 'replaced'])
          .meta({ description: 'waiting: it demands less, until a second person agrees' }),
        loosens: z.boolean(),
        setBy: z.uuid(),
        setAt: z.iso.datetime(),
        agreedBy: z.uuid().nullable(),
        agreedAt: z.iso.datetime().nullable(),
      }),
    ),
  })
  .meta({ id: 'ClearanceRules' });

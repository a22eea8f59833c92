import { partyRoles } from '#libs/access';
import { z } from 'zod';
import { languageTag, names, plainLine } from '../http/fields.js';

const either = 'name either a body or an account of your own party';

export const shareWith = z
  .strictObject({
    body: z.uuid({ error: 'must be the id of a body' }).optional(),
    account: z.uuid({ error: 'must be the id of an account' }).optional(),
    reason: z
      .strictObject({ text: plainLine(500), language: languageTag })
      .meta({ description: 'Why, for your own side: the other never learns of it' }),
  })
  .refine(({ body, account }) => (body === undefined) !== (account === undefined), {
    error: either,
    path: ['body'],
  })
  .meta({ id: 'ShareWith', description: either });
export type ShareWith = z.output<typeof shareWith>;

export const shareId = z.uuid({ error: 'must be the id of an entry' });

const body = z.strictObject({ id: z.uuid(), names });
const by = z.strictObject({
  kind: z.enum(['officer', 'link-bearer', 'system']),
  name: z.string().optional(),
  selfStated: z.boolean().optional(),
});
const instant = z.iso.datetime();

export const sharing = z
  .strictObject({
    bodies: z
      .array(
        z.strictObject({
          body,
          since: instant,
          because: z.enum(['filed', 'copied', 'asked', 'handed-over']),
        }),
      )
      .meta({ description: 'Bodies of your party that the request concerns' }),
    shares: z
      .array(
        z.strictObject({
          id: z.uuid(),
          body: body.nullable(),
          account: z
            .strictObject({
              id: z.uuid(),
              name: z.string().nullable().meta({ description: 'Null once the account was erased' }),
              body,
            })
            .nullable(),
          sharedAt: instant,
          sharedBy: by,
          reason: z.strictObject({ text: z.string(), language: z.string() }),
          endedAt: instant.nullable(),
          endedBy: by.nullable(),
        }),
      )
      .meta({ description: 'Whom it was shared with beside them; what has ended stays in the list' }),
  })
  .meta({ id: 'Sharing' });

export const candidates = z
  .strictObject({
    bodies: z.array(body.extend({ sees: z.boolean() })),
    accounts: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        role: z.enum(partyRoles),
        body,
        sees: z.boolean().meta({ description: 'The request is open to them already' }),
      }),
    ),
  })
  .meta({ id: 'SharingCandidates' });

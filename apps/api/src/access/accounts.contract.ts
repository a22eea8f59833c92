import { bodyKinds } from '#libs/parties';
import { invitationStates, roles } from '#libs/access';
import { z } from 'zod';
import { languageTag, partyCode, plainLine } from '../http/fields.js';

const belonging = {
  role: z.enum(roles),
  party: z.string().nullable(),
  body: z.uuid().nullable().meta({ description: 'The body of the party; null for the network itself' }),
};

export const account = z
  .strictObject({
    id: z.uuid(),
    name: z.string().nullable().meta({ description: 'Null: erased, a time after the account had ended' }),
    email: z.string().nullable(),
    ...belonging,
    language: z.string(),
    terms: z
      .strictObject({ version: z.string(), acceptedAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The terms of use that were accepted; null in a sample world' }),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable().meta({ description: 'Since when it opens nothing any more' }),
    erasedAt: z.iso.datetime().nullable().meta({ description: 'Since when nothing tells who it was' }),
  })
  .meta({ id: 'Account' });
export const accounts = z.strictObject({ items: z.array(account) }).meta({ id: 'Accounts' });

export const invitation = z
  .strictObject({
    id: z.uuid(),
    email: z.string().nullable().meta({ description: 'Null: erased with the account that it became' }),
    ...belonging,
    language: z.string(),
    state: z.enum(invitationStates),
    mail: z
      .string()
      .nullable()
      .meta({ description: 'The state of the newest mail, e.g. `accepted` by a relay; null: none was sent' }),
    account: z.uuid().nullable().meta({ description: 'What it became, once accepted' }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Invitation' });
export const invitations = z.strictObject({ items: z.array(invitation) }).meta({ id: 'Invitations' });

export const invite = z
  .strictObject({
    email: plainLine(254).meta({ examples: ['new.officer@xb.example'] }),
    role: z.enum(roles),
    language: languageTag.default('en'),
    party: partyCode.optional().meta({ description: 'For roles of a party; your own when left out' }),
    body: z.uuid().optional().meta({ description: 'A body of the party that there is' }),
    newBody: z
      .strictObject({
        kind: z.enum(bodyKinds),
        names: z
          .record(languageTag, plainLine(200))
          .refine((names) => Object.keys(names).length > 0 && Object.keys(names).length <= 20, {
            error: 'must give the name in at least one language',
          }),
      })
      .optional()
      .meta({ description: 'In place of `body`: one that is made with the invitation' }),
  })
  .meta({ id: 'Invite' });
export type Invite = z.output<typeof invite>;

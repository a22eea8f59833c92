import {
  channelKinds,
  channelStates,
  contactStates,
  entryChangeActs,
  entryChangeKinds,
  entryChangeStates,
  levels,
  voidReasons,
} from '#libs/directory';
import { z } from 'zod';
import { languageTag, names, plainText } from '../http/fields.js';
import { version } from './bodies.contract.js';
import { addChannel } from './entries.contract.js';

const reason = z
  .strictObject({ text: plainText(2000), language: languageTag })
  .nullable()
  .default(null)
  .meta({ description: 'Why, for the second person' });
const kind = <K extends (typeof entryChangeKinds)[number]>(name: K) => z.literal(name);

export const proposeChange = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: kind('add-channel'), newChannel: addChannel, reason }),
    z.strictObject({ kind: kind('end-channel'), channel: z.uuid(), reason }),
    z.strictObject({
      kind: kind('replace-channel'),
      channel: z.uuid(),
      newChannel: addChannel.omit({ position: true }).meta({
        description: 'It takes the place of the old one once it is proven; until then the old one stays',
      }),
      reason,
    }),
    z.strictObject({
      ...{ kind: kind('retire'), version, reason },
      noteVerbale: z.uuid().meta({ description: 'About the removal, with its file' }),
    }),
  ])
  .meta({ id: 'ProposeEntryChange' });
export type ProposeChange = z.output<typeof proposeChange>;

export const changeFilter = z.strictObject({ pointOfContact: z.uuid().optional() });
export type ChangeFilter = z.output<typeof changeFilter>;
export const changeAct = z.strictObject({ act: z.enum(entryChangeActs) }).meta({ id: 'EntryChangeAct' });
export type ChangeActInput = z.output<typeof changeAct>;

const person = z.strictObject({ account: z.uuid(), name: z.string().nullable() });
const changeFields = {
  ...{ id: z.uuid(), kind: z.enum(entryChangeKinds), state: z.enum(entryChangeStates) },
  because: z.enum(voidReasons).nullable().meta({ description: 'Why it is void' }),
  pointOfContact: z.strictObject({
    ...{ id: z.uuid(), level: z.enum(levels), state: z.enum(contactStates), roleNames: names },
  }),
  channel: z
    .strictObject({
      ...{ id: z.uuid(), kind: z.enum(channelKinds), state: z.enum(channelStates), address: z.string() },
    })
    .nullable()
    .meta({ description: 'The channel that ends' }),
  newChannel: z
    .strictObject({
      ...{ kind: z.enum(channelKinds), address: z.string(), purpose: z.string(), encryption: z.string() },
      ...{ position: z.int().optional(), expiresOn: z.iso.date().nullable() },
    })
    .nullable(),
  newChannelId: z.uuid().nullable().meta({ description: 'What the new channel is called once it is there' }),
  ...{ noteVerbale: z.uuid().nullable() },
  reason: z.strictObject({ text: z.string(), language: z.string() }).nullable(),
  ...{ proposedBy: person, proposedAt: z.iso.datetime(), expiresAt: z.iso.datetime() },
  ...{ decidedBy: person.nullable(), decidedAt: z.iso.datetime().nullable() },
  doneAt: z.iso.datetime().nullable().meta({ description: 'When it took effect' }),
  allowedActs: z.array(z.enum(entryChangeActs)),
};
export const entryChange = z.strictObject(changeFields).meta({ id: 'EntryChange' });
export const entryChanges = z
  .strictObject({ items: z.array(z.strictObject(changeFields)) })
  .meta({ id: 'EntryChanges' });

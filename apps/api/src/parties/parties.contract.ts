import { channelKinds, channelPurposes, channelStates, contactStates, levels } from '#libs/directory';
import { z } from 'zod';
import { bodyFields, missingNames } from '../directory/bodies.contract.js';
import { channelWarning, reach } from '../directory/entries.contract.js';
import { channelKey } from '../directory/keys.contract.js';
import { names, partyCode } from '../http/fields.js';

const partyFields = {
  code: partyCode,
  alpha3: z.string().nullable(),
  numeric: z.string().nullable(),
  kind: z.string().meta({ examples: ['member-state', 'fictional-state'] }),
  regionalGroup: z.string().nullable().meta({ description: 'AG, APG, EEG, GRULAC or WEOG' }),
  names,
  missingNames,
  version: z.int(),
};

export const party = z
  .strictObject({
    ...partyFields,
    bodies: z.array(z.strictObject(bodyFields)),
  })
  .meta({ id: 'Party' });
export const parties = z
  .strictObject({ items: z.array(z.strictObject(partyFields)) })
  .meta({ id: 'Parties' });

export const pointOfContactFilter = z.strictObject({
  party: partyCode.optional(),
  level: z.enum(levels).optional(),
});
export type PointOfContactFilter = z.infer<typeof pointOfContactFilter>;

export const pointsOfContact = z
  .strictObject({
    items: z.array(
      z.strictObject({
        id: z.uuid(),
        party: partyCode,
        body: z.strictObject({ id: z.uuid(), names }),
        level: z.enum(levels),
        position: z.int().meta({ description: '1 is the primary one' }),
        roleNames: names,
        languages: z.array(z.string()).meta({ description: 'BCP 47, preferred first' }),
        zone: z.string().meta({ description: 'IANA time zone' }),
        state: z.enum(contactStates),
        confirmedAt: z.iso
          .datetime()
          .nullable()
          .meta({ description: 'When its party last said that it is right' }),
        channels: z.array(
          z.strictObject({
            ...{ id: z.uuid(), kind: z.enum(channelKinds), position: z.int(), address: z.string() },
            purpose: z.enum(channelPurposes),
            state: z.enum(channelStates),
            ...{ expiresOn: z.iso.date().nullable(), warning: channelWarning },
            reach,
            keys: z.array(channelKey),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'PointsOfContact' });

import { noticeDays } from '#libs/requests';
import { z } from 'zod';
import { languageTag, plainText } from '../http/fields.js';
import { holdView } from '../requests/requests.contract.js';

const days = z.int().min(30).max(3650).nullable();
const terms = {
  days: days.meta({ description: "Days after a side's part in a request has ended; null: never" }),
  draftDays: days.meta({ description: 'Days after a draft was last touched; null: never' }),
};

export const retentionPolicy = z
  .strictObject({
    policy: z
      .strictObject({ version: z.int(), ...terms, setAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'The newest; null: none was ever set, and nothing is erased' }),
    inForce: z
      .strictObject({ days: z.int().nullable(), draftDays: z.int().nullable() })
      .meta({ description: `What counts now: the longest of the policies of the last ${noticeDays} days` }),
    noticeDays: z.int(),
  })
  .meta({ id: 'RetentionPolicy' });

export const setRetention = z
  .strictObject({
    ...terms,
    draftDays: terms.draftDays.default(null),
    version: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'The version you have seen, 0 for none; a stale one is refused' }),
  })
  .meta({ id: 'SetRetention' });
export type SetRetention = z.output<typeof setRetention>;

const why = z
  .strictObject({ text: plainText(20_000), language: languageTag })
  .meta({ description: 'Why. Sealed; your own side alone reads it' });

export const placeHold = z
  .strictObject({
    text: why,
    until: z.iso
      .datetime({ offset: true, error: 'must be an RFC 3339 time with its zone' })
      .optional()
      .meta({ description: 'Left out: until it is released' }),
  })
  .meta({ id: 'PlaceHold' });
export type PlaceHold = z.output<typeof placeHold>;

export const releaseHold = z.strictObject({ text: why }).meta({ id: 'ReleaseHold' });
export type ReleaseHold = z.output<typeof releaseHold>;

export const hold = z.strictObject({ hold: holdView.nullable() }).meta({ id: 'Hold' });

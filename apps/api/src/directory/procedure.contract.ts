import { procedureSteps } from '#libs/directory';
import { z } from 'zod';
import { languageTag, partyCode, plainText } from '../http/fields.js';

const written = z
  .strictObject({ text: plainText(2000), language: languageTag })
  .nullable()
  .default(null);

export const procedureFilter = z.strictObject({
  body: z.uuid().optional().meta({ description: 'Of your party; left out: the party as a whole' }),
  version: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .meta({ description: 'An earlier one; left out: the newest' }),
});
export type ProcedureFilter = z.output<typeof procedureFilter>;

export const setProcedure = z
  .strictObject({
    body: z.uuid().nullable().default(null),
    version: z.int().min(0).max(1_000_000_000).meta({ description: 'As it was read; 0 for the first' }),
    steps: z
      .array(
        z.strictObject({
          step: z.enum(procedureSteps).nullable().default(null),
          own: written.meta({ description: 'In your own words, in place of a step of the catalogue' }),
          state: z.enum(['open', 'done']),
          doneOn: z.iso.date().nullable().default(null),
          note: written,
        }),
      )
      .max(100)
      .meta({ description: 'Replaced whole, in your order' }),
  })
  .meta({ id: 'SetProcedure' });
export type SetProcedure = z.output<typeof setProcedure>;

const shown = z.strictObject({ text: z.string(), language: z.string() });
export const procedure = z
  .strictObject({
    ...{ party: partyCode, body: z.uuid().nullable(), setAt: z.iso.datetime().nullable() },
    version: z.int().meta({ description: '0: none was set yet' }),
    steps: z.array(
      z.strictObject({
        step: z.enum(procedureSteps).nullable(),
        text: shown.meta({ description: 'In your language, or in your own words' }),
        ...{ own: shown.nullable(), state: z.enum(['open', 'done']), doneOn: z.iso.date().nullable() },
        note: shown.nullable(),
      }),
    ),
    offered: z
      .array(z.strictObject({ step: z.enum(procedureSteps), text: shown }))
      .meta({ description: 'Steps of the catalogue that are not in the list' }),
  })
  .meta({ id: 'Procedure' });

import { levels, readinessAnswers } from '#libs/directory';
import { z } from 'zod';
import { languageTag, partyCode, plainLine, plainText } from '../http/fields.js';

const word = z
  .string()
  .max(60)
  .regex(/^[a-z]+(-[a-z]+)*$/, { error: 'must be small letters, joined by hyphens' });
const lines = z.array(z.strictObject({ id: word, text: plainLine(1000) })).max(50);
const sheetText = z.strictObject({
  ...{ language: languageTag, purpose: plainLine(1000), roles: lines, coordination: lines, readiness: lines },
});

export const adaptSheet = z
  .strictObject({
    texts: z
      .array(sheetText)
      .max(20)
      .refine((texts) => new Set(texts.map(({ language }) => language.toLowerCase())).size === texts.length, {
        error: 'must have one text for each language',
      })
      .meta({ description: 'None: the sheet that comes with the system, again' }),
    version: z.int().min(0).max(1_000_000_000).meta({ description: 'As it was read; 0 at first' }),
  })
  .meta({ id: 'AdaptRoleSheet' });
export type AdaptSheet = z.output<typeof adaptSheet>;

export const roleSheet = z
  .strictObject({
    ...{ level: z.enum(levels), version: z.int(), adapted: z.boolean() },
    texts: z.array(sheetText),
  })
  .meta({ id: 'RoleSheet' });
export const roleSheets = z.strictObject({ items: z.array(roleSheet) }).meta({ id: 'RoleSheets' });

const written = z.strictObject({ text: plainText(2000), language: languageTag });
const answers = z
  .record(word, z.strictObject({ answer: z.enum(readinessAnswers), note: written.exactOptional() }))
  .refine((given) => Object.keys(given).length <= 50, { error: 'must have fifty answers at most' })
  .meta({ description: 'By what the role sheet asks for. What is left out is open' });
const check = {
  sheetVersion: z.int().min(0).max(1_000_000_000).meta({ description: 'Of the role sheet that was read' }),
  checkedOn: z.iso.date(),
  answers,
  told: z.boolean().meta({ description: 'Others learn on which day it was made, and never more' }),
};
const sinceLast = z
  .int()
  .min(0)
  .max(1_000_000_000)
  .meta({ description: 'Of the last check in this network; 0: there is none' });

export const checkReadiness = z
  .strictObject({
    ...check,
    network: z.uuid(),
    told: check.told.default(false),
    note: written.nullable().default(null),
    version: sinceLast,
  })
  .meta({ id: 'CheckReadiness' });
export type CheckReadiness = z.output<typeof checkReadiness>;

const ids = z.array(z.string());
export const readiness = z
  .strictObject({
    ...{ pointOfContact: z.uuid(), party: partyCode, level: z.enum(levels) },
    toldOn: z.iso
      .date()
      .nullable()
      .meta({ description: 'On which day its party says that it last looked at its readiness' }),
    own: z
      .array(
        z.strictObject({
          ...{ network: z.uuid(), sheetVersion: z.int(), requirements: ids },
          last: z
            .strictObject({
              ...check,
              ...{ version: z.int(), note: written.nullable() },
              result: z.strictObject({ met: ids, notMet: ids, open: ids }),
            })
            .nullable(),
        }),
      )
      .nullable()
      .meta({ description: 'For its own party alone, by network' }),
  })
  .meta({ id: 'Readiness' });

import {
  contactStates,
  correctionStates,
  correctionWhats,
  decisions,
  entryChangeStates,
  entryFields,
  levels,
  saidWrong,
} from '#libs/directory';
import { z } from 'zod';
import { languageTag, names, partyCode, plainLine, plainText } from '../http/fields.js';
import { version } from './bodies.contract.js';

const instant = z.iso.datetime();

export const confirmations = z
  .strictObject({
    items: z.array(
      z.strictObject({
        ...{ pointOfContact: z.uuid(), level: z.enum(levels), position: z.int(), roleNames: names },
        ...{ state: z.enum(contactStates), version: z.int() },
        confirmedAt: instant.nullable(),
        goneThroughAt: instant.nullable().meta({ description: 'When all of it was last gone through' }),
        dueAt: instant.meta({ description: 'Ninety days after it was last confirmed' }),
        goThroughBy: instant.meta({ description: 'A year after all of it was last gone through' }),
        due: z.enum(['no', 'confirm', 'go-through']).meta({ description: 'What is over now' }),
        asked: z
          .strictObject({
            ...{ channel: z.uuid(), askedAt: instant, mailedAt: instant },
            used: z.enum(['confirmed', 'reported']).nullable(),
          })
          .nullable()
          .meta({ description: 'The newest mail that asks for it, and what came of its link' }),
        askable: z.boolean().meta({ description: 'Whether it has a proven mailbox to ask at' }),
      }),
    ),
  })
  .meta({ id: 'Confirmations' });

export const confirm = z
  .strictObject({
    pointOfContact: z.uuid(),
    version,
    fields: z.array(z.enum(entryFields)).max(entryFields.length).exactOptional().meta({
      description: 'Once a year, with a second factor given just now: every field, each gone through',
    }),
  })
  .meta({ id: 'ConfirmPointOfContact' });
export type Confirm = z.output<typeof confirm>;

const text = z
  .strictObject({ text: plainText(1000), language: languageTag })
  .nullable()
  .default(null);
export const report = z
  .strictObject({
    pointOfContact: z.uuid(),
    channel: z.uuid().nullable().default(null),
    what: z.enum(saidWrong),
    text,
    address: plainLine(500)
      .nullable()
      .default(null)
      .meta({ description: 'The right address, of the same kind as the channel' }),
  })
  .meta({ id: 'ReportWrongContact' });
export type Report = z.output<typeof report>;

export const decide = z
  .strictObject({ decision: z.enum(decisions), version })
  .meta({ id: 'DecideCorrection' });
export type Decide = z.output<typeof decide>;

export const correction = z
  .strictObject({
    ...{ id: z.uuid(), pointOfContact: z.uuid(), party: partyCode, channel: z.uuid().nullable() },
    via: z.enum(['account', 'link', 'system']),
    reporter: partyCode.nullable().meta({ description: 'The party of who said so; null: the system itself' }),
    what: z.enum(correctionWhats),
    text: z.strictObject({ text: z.string(), language: z.string() }).nullable(),
    address: z.string().nullable(),
    state: z.enum(correctionStates),
    ...{ reportedAt: instant, decidedAt: instant.nullable(), change: z.uuid().nullable() },
    changeState: z
      .enum(entryChangeStates)
      .nullable()
      .meta({ description: 'In which state the change is that came of it, for those who keep the entry' }),
    version: z.int(),
    allowedDecisions: z.array(z.enum(decisions)),
  })
  .meta({ id: 'Correction' });
export const correctionsQuery = z.strictObject({
  before: z.uuid().optional().meta({ description: 'The last one of the page before' }),
});
export type CorrectionsQuery = z.output<typeof correctionsQuery>;
export const corrections = z.strictObject({ items: z.array(correction) }).meta({ id: 'Corrections' });

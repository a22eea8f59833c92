import { originSources } from '#libs/directory';
import { z } from 'zod';
import { names, partyCode, plainLine } from '../http/fields.js';

export const trace = z.strictObject({
  ip: plainLine(60)
    .optional()
    .meta({ description: 'An address; or one of the other two', examples: ['198.51.100.7'] }),
  asn: plainLine(20)
    .optional()
    .meta({ examples: ['AS64500'] }),
  domain: plainLine(260)
    .optional()
    .meta({ examples: ['mail.xb.example'] }),
});
export type TraceInput = z.output<typeof trace>;

export const candidate = z.strictObject({
  party: z.strictObject({ code: partyCode, names }),
  body: z.strictObject({ id: z.uuid(), names }).nullable(),
  matched: z.string().meta({ description: 'The range, number or name by which it was found' }),
  since: z.iso.date().nullable().meta({ description: 'When the body said so, or the registry gave it out' }),
  registry: z.string().nullable(),
});

export const origin = z
  .strictObject({
    asked: z.strictObject({ kind: z.enum(['ip', 'asn', 'domain']), value: z.string() }),
    source: z.enum(originSources).nullable().meta({
      description:
        'declared: by a body, as its constituency; registry: by the file of a regional registry; country-code: by the ending of the name. Null: unknown',
    }),
    candidates: z.array(candidate).meta({ description: 'The most specific first' }),
    country: z
      .string()
      .nullable()
      .meta({ description: 'What a registry or the ending names, also where no party has that code' }),
    special: z.strictObject({ is: z.string(), source: z.string() }).nullable(),
    notes: z
      .array(z.string())
      .meta({ description: 'What is to be known of the answer, and what can be done' }),
    files: z
      .array(z.strictObject({ registry: z.string(), date: z.iso.date(), serial: z.string() }))
      .meta({ description: 'The files of registries in force here, by their days' }),
  })
  .meta({ id: 'Origin' });

import { capabilityKinds, costs, places } from '#libs/directory';
import { z } from 'zod';
import { languageTag, partyCode, plainText } from '../http/fields.js';
import { fixedSentences } from '../requests/requests.contract.js';
import { version } from './bodies.contract.js';

const unique = (list: readonly string[]) => new Set(list).size === list.length;
const written = z
  .array(z.strictObject({ text: plainText(4000), language: languageTag }))
  .max(20)
  .refine((texts) => unique(texts.map(({ language }) => language)), {
    error: 'must have one text for each language',
  });
const audience = z.discriminatedUnion('to', [
  z.strictObject({
    to: z.literal('networks'),
    networks: z.array(z.uuid()).min(1).max(50).refine(unique, { error: 'must name each once' }),
  }),
  z.strictObject({
    to: z.literal('parties'),
    parties: z.array(partyCode).min(1).max(250).refine(unique, { error: 'must name each once' }),
  }),
  z.strictObject({ to: z.literal('own') }),
]);

const said = {
  kind: z.enum(capabilityKinds).meta({ description: 'After the FIRST CSIRT Services Framework 2.1' }),
  description: written.min(1),
  conditions: written.default([]),
  languages: z
    .array(languageTag)
    .min(1)
    .max(20)
    .refine(unique, { error: 'must name each language once' })
    .meta({ description: 'In which it can be given (BCP 47)' }),
  leadHours: z.int().min(0).max(8760).meta({ description: 'From the request until it could begin' }),
  place: z.enum(places),
  lastsDays: z.int().min(1).max(3650).nullable().default(null),
  cost: z.enum(costs).meta({ description: 'At the cost of who gives it, of both, or paid back' }),
  validUntil: z.iso.date().nullable().default(null).meta({ description: 'The last day, in UTC' }),
  pointOfContact: z.uuid().meta({ description: 'Of your party, whom to ask' }),
  audience: audience.meta({ description: 'Whom it is shown to beside your own party' }),
};

export const addCapability = z.strictObject(said).meta({ id: 'AddCapability' });
export type AddCapability = z.output<typeof addCapability>;
export const changeCapability = z.strictObject({ ...said, version }).meta({ id: 'ChangeCapability' });
export type ChangeCapability = z.output<typeof changeCapability>;
export const endCapability = z.strictObject({ act: z.literal('end'), version }).meta({ id: 'EndCapability' });
export type EndCapability = z.output<typeof endCapability>;

export const capabilityFilter = z.strictObject({
  kind: z.enum(capabilityKinds).optional(),
  language: languageTag.optional(),
  within: z.coerce
    .number()
    .int()
    .min(0)
    .max(8760)
    .optional()
    .meta({ description: 'Lead time, in hours at most' }),
  party: partyCode.optional(),
  after: z
    .uuid()
    .optional()
    .meta({ description: 'The last one of the answer before: the hundred behind it' }),
});
export type CapabilityFilter = z.output<typeof capabilityFilter>;

const names = z.record(z.string(), z.string());
export const capability = z
  .strictObject({
    ...{ id: z.uuid(), party: partyCode, ...said },
    conditions: written,
    lastsDays: z.int().nullable(),
    validUntil: z.iso.date().nullable(),
    audience: audience.nullable().meta({ description: 'For its own party alone' }),
    ...{ changedAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable(), version: z.int() },
    fixedSentences: fixedSentences.meta({ description: 'That it is said without commitment' }),
    allowedActs: z.array(z.enum(['change', 'end'])),
  })
  .meta({ id: 'Capability' });
export const capabilities = z
  .strictObject({
    kinds: z.array(z.strictObject({ kind: z.enum(capabilityKinds), names })),
    items: z.array(capability),
    fixedSentences,
  })
  .meta({ id: 'Capabilities' });

import type { Template, ValueSchema } from './template-document.js';
import { dialect } from './schema-rules.js';

/** Why a field has no value. Everything but the key fields may say so (A/76/135, 77 (b)). */
export const availabilities = ['unknown', 'withheld', 'to-follow'] as const;
export type Availability = (typeof availabilities)[number];

/** A JSON Schema as a validator takes it. */
export type JsonSchema = { readonly [keyword: string]: unknown };

const unavailable: JsonSchema = {
  type: 'object',
  properties: {
    availability: { type: 'string', enum: availabilities },
    expectedAt: { type: 'string', format: 'utc-instant' },
  },
  required: ['availability'],
  additionalProperties: false,
  if: { type: 'object', properties: { availability: { type: 'string', not: { const: 'to-follow' } } } },
  then: { type: 'object', properties: { expectedAt: false } },
};

const mapped = <From, To>(record: Readonly<Record<string, From>>, change: (value: From) => To) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));

/** Objects are closed and codes are listed: neither is left to the author of a template. */
const closed =
  (template: Template) =>
  (schema: ValueSchema): JsonSchema => {
    const inner = closed(template);
    if (schema.type === 'object')
      return { ...schema, properties: mapped(schema.properties ?? {}, inner), additionalProperties: false };
    if (schema.type === 'array' && schema.items) return { ...schema, items: inner(schema.items) };
    if (schema.codeList === undefined) return schema;
    return { ...schema, enum: template.codeLists[schema.codeList]?.codes.map(({ code }) => code) };
  };

/** A value, or why there is none. */
const orUnavailable = (value: JsonSchema): JsonSchema => ({
  if: { type: 'object', properties: { availability: true }, required: ['availability'] },
  then: { $ref: '#/$defs/unavailable-value' },
  else: value,
});

/**
 * The whole JSON Schema 2020-12 of the answers to a template. The author writes values; this adds what holds for
 * every field: key fields are needed, all others may be left out or say that they are unknown, withheld or to follow.
 */
export function answerSchema(template: Template): JsonSchema {
  const { properties, $defs = {} } = template.schema;
  const close = closed(template);
  const field = (schema: ValueSchema): JsonSchema => orUnavailable(close(schema));
  const group = (schema: ValueSchema): JsonSchema => ({
    type: 'object',
    properties: mapped(schema.properties ?? {}, field),
    additionalProperties: false,
  });
  return {
    $schema: dialect,
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [
        name,
        template.keys.includes(name) ? close(schema) : group(schema),
      ]),
    ),
    required: template.keys,
    additionalProperties: false,
    $defs: { ...mapped($defs, close), 'unavailable-value': unavailable },
  };
}

import { toPointer, type Fault } from '#libs/runtime';
import type { ErrorObject } from 'ajv/dist/2020.js';
import { isMembers, memberOf, membersOf, stringsOf } from './loose-json.js';
import { textFormats } from './text-formats.js';

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
};
const longestList = 12;

function wrongType({ parentSchema, schema, data }: ErrorObject): string {
  if (isMembers(data) && Object.hasOwn(data, 'availability'))
    return 'needs a value here: only whole fields, and no key field, can be unknown, withheld or to follow';
  if (schema !== 'object') return `must be ${kinds[String(schema)] ?? String(schema)}`;
  const members = Object.keys(membersOf(memberOf(parentSchema, 'properties')));
  return members.length > longestList ? 'must be an object' : `must be an object of ${members.join(', ')}`;
}

function notListed({ parentSchema, schema }: ErrorObject): string {
  const codes = stringsOf(schema);
  if (codes.length <= longestList) return `must be one of ${codes.join(', ')}`;
  return `must be a code of the list "${String(memberOf(parentSchema, 'codeList'))}" of the template`;
}

const words: Readonly<Record<string, (error: ErrorObject) => string>> = {
  type: wrongType,
  enum: notListed,
  required: ({ instancePath }) => (instancePath === '' ? 'is needed to send' : 'is missing'),
  additionalProperties: () => 'is not part of this template',
  'false schema': () => 'goes only with "to-follow"',
  uniqueItems: () => 'stands in the list before',
  format: ({ schema }) => textFormats[String(schema)]?.words ?? 'has another form',
  minItems: ({ schema }) => `must have at least ${String(schema)} ${schema === 1 ? 'entry' : 'entries'}`,
  maxItems: ({ schema }) => `must have at most ${String(schema)} entries`,
  minLength: ({ schema }) => `must have at least ${String(schema)} characters`,
  maxLength: ({ schema }) => `must have at most ${String(schema)} characters`,
  minimum: ({ schema }) => `must be at least ${String(schema)}`,
  maximum: ({ schema }) => `must be at most ${String(schema)}`,
};

/** What the error is about below the place it was found at. */
function below({ keyword, params }: ErrorObject): (string | number)[] {
  const given: unknown = params;
  if (keyword === 'required') return [String(memberOf(given, 'missingProperty'))];
  if (keyword === 'additionalProperties') return [String(memberOf(given, 'additionalProperty'))];
  if (keyword === 'uniqueItems')
    return [Math.max(Number(memberOf(given, 'i')), Number(memberOf(given, 'j')))];
  return [];
}

/** The faults that a validator's errors mean, one for each place, in plain words. */
export function toFaults(errors: readonly ErrorObject[]): Fault[] {
  const faults = new Map<string, Fault>();
  for (const error of errors) {
    const say = words[error.keyword];
    if (say === undefined) continue;
    const pointer = `#${error.instancePath}${toPointer(below(error)).slice(1)}`;
    if (!faults.has(pointer)) faults.set(pointer, { pointer, detail: say(error) });
  }
  return [...faults.values()];
}

import { toPointer, type Fault } from '#libs/runtime';
import { fixedSentenceIds, languages, type Language } from '#libs/wording';
import { z } from 'zod';
import { isMembers } from './loose-json.js';

/** How a field is drawn. A hint: which one fits follows from the schema, and is checked. */
export const widgets = [
  ...['line', 'paragraph', 'choice', 'choices', 'party', 'parties', 'instant', 'number', 'yes-no'],
  ...['list', 'group', 'table'],
] as const;
export type Widget = (typeof widgets)[number];

/** One text in every language there is. */
export type ByLanguage = Readonly<Record<Language, string>>;

const text = z.string().refine((value) => value.trim() !== '', { error: 'is blank' });
const named = (form: RegExp, words: string) => z.string().regex(form, { error: words });
const name = named(/^[a-z][A-Za-z0-9]*$/, 'must be a name in camelCase');
const key = named(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be a name in kebab-case');
const pointer = named(/^(\/[a-z][A-Za-z0-9]*){1,2}$/, 'must be "/key" or "/group/field"');

const byLanguage = z.strictObject(
  Object.fromEntries(languages.map((language) => [language, text])) as Record<Language, typeof text>,
);
const words = { label: byLanguage, help: byLanguage.optional() };
const widget = z.enum(widgets, { error: `must be one of ${widgets.join(', ')}` });

/** A member of a group, or of each row of a table. */
export interface FieldPart {
  readonly name: string;
  readonly label: ByLanguage;
  readonly help?: ByLanguage | undefined;
  readonly widget: Widget;
  readonly parts?: readonly FieldPart[] | undefined;
}
const part: z.ZodType<FieldPart> = z.strictObject({
  name,
  ...words,
  widget,
  parts: z.lazy(() => z.array(part).optional()),
});
const field = z.strictObject({
  field: pointer,
  ...words,
  widget,
  /** Counts double in the completeness. */
  important: z.literal(true).optional(),
  parts: z.array(part).optional(),
});
const block = z.strictObject({
  key,
  title: byLanguage,
  help: byLanguage.optional(),
  /** The paragraph it answers to. */
  source: byLanguage.optional(),
  /** The block belongs only to documents whose key field has one of these codes. */
  when: z.strictObject({ field: pointer, in: z.array(text).min(1) }).optional(),
  fields: z.array(field).min(1),
});
const code = z.strictObject({
  code: named(/^[A-Za-z0-9][A-Za-z0-9+/-]*$/, 'must be letters, digits, +, - and /'),
  texts: byLanguage,
});

/** The shape of a template document; what its schema may say stands in schema-rules.ts. */
export const templateDocument = z.strictObject({
  key,
  version: z.int().min(1, { error: 'starts at 1' }),
  title: byLanguage,
  keys: z.array(name).length(5, { error: 'must name five key fields' }),
  fixedSentences: z.array(z.enum(fixedSentenceIds, { error: 'is not a fixed sentence' })),
  blocks: z.array(block).min(1),
  schema: z.custom<AnswersSchema>(isMembers, { error: 'is missing' }),
  codeLists: z.record(
    key,
    z.strictObject({ source: text.optional(), codes: z.array(code).min(1, { error: 'has no codes' }) }),
  ),
});

/** The schema of a value, in the part of JSON Schema 2020-12 that templates use, and the list its codes are of. */
export interface ValueSchema {
  readonly $ref?: string;
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';
  readonly properties?: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  readonly items?: ValueSchema;
  readonly codeList?: string;
  readonly [keyword: string]: unknown;
}

/** The schema of all answers: key fields stand at its root, every other field in a group. */
export interface AnswersSchema {
  readonly $schema: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ValueSchema>>;
  readonly $defs?: Readonly<Record<string, ValueSchema>>;
}

/** A template that was read without a fault. */
export type Template = z.output<typeof templateDocument>;
export type TemplateBlock = Template['blocks'][number];
export type TemplateField = TemplateBlock['fields'][number];

/** What of a document does not have the shape, every fault with its place. */
export function faultsInShape(json: unknown): Fault[] {
  const { error } = templateDocument.safeParse(json, {
    error: (issue) => {
      if (issue.code !== 'invalid_type') return undefined;
      return issue.input === undefined ? 'is missing' : `must be of type ${issue.expected}`;
    },
  });
  return (error?.issues ?? []).flatMap((issue): Fault[] => {
    if (issue.code !== 'unrecognized_keys')
      return [{ pointer: toPointer(issue.path), detail: issue.message }];
    return issue.keys.map((unknown) => ({
      pointer: toPointer([...issue.path, unknown]),
      detail: 'is not known in a template',
    }));
  });
}

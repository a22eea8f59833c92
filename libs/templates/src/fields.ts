import { isMembers, memberOf } from './loose-json.js';
import { availabilities, type Availability } from './answer-schema.js';
import type { Template, TemplateBlock, TemplateField } from './template-document.js';

/** What answers are: values by their place, as they came. checkAnswers says whether they fit a template. */
export type Answers = Readonly<Record<string, unknown>>;

/** A field that says why it has no value. */
export interface Unavailable {
  readonly availability: Availability;
  /** RFC 3339 in UTC; only with `to-follow`. */
  readonly expectedAt?: string;
}

/** A field of a template in its block. */
export interface Field extends TemplateField {
  readonly block: TemplateBlock;
  /** Where its answer stands: `#/incident/sectors`. */
  readonly pointer: string;
  readonly isKey: boolean;
}

/** All fields of a template in the order of its layout. */
export const fieldsOf = (template: Template): Field[] =>
  template.blocks.flatMap((block) =>
    block.fields.map((field) => ({
      ...field,
      block,
      pointer: `#${field.field}`,
      isKey: template.keys.includes(field.field.slice(1)),
    })),
  );

/** The answer at `/incident/sectors`: a value, or why there is none; undefined where it is missing. */
export const answerAt = (answers: unknown, field: string): unknown =>
  field
    .split('/')
    .slice(1)
    .reduce((found, name) => memberOf(found, name), answers);

/** Whether an answer says that there is no value. */
export const isUnavailable = (answer: unknown): answer is Unavailable =>
  isMembers(answer) && availabilities.some((word) => memberOf(answer, 'availability') === word);

/** Whether a block belongs to a document with these answers: a response that refuses has no terms. */
export const applies = (block: TemplateBlock, answers: unknown): boolean =>
  block.when === undefined ||
  block.when.in.some((code) => code === answerAt(answers, block.when?.field ?? ''));

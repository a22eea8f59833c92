import { textsIn, type DocumentSection, type DocumentValue, type Language } from '#libs/wording';
import { AnswerValues, type AnswerReader } from './answer-values.js';
import { changesBetween } from './changes.js';
import { answerAt, applies, fieldsOf, type Field } from './fields.js';
import { schemaFields } from './schema-rules.js';
import type { Template } from './template-document.js';

export interface SectionOptions {
  /** Leaves out the five key fields, where they stand elsewhere already. */
  readonly withoutKeys?: boolean;
}

/** A section for each block in which a field has something to show, in the order of the layout. */
function sections(
  template: Template,
  language: Language,
  { withoutKeys = false }: SectionOptions,
  show: (field: Field) => DocumentValue | undefined,
): DocumentSection[] {
  const fields = fieldsOf(template).filter(({ isKey }) => !isKey || !withoutKeys);
  return template.blocks.flatMap((block): DocumentSection[] => {
    const entries = fields
      .filter((field) => field.block === block)
      .flatMap((field) => {
        const value = show(field);
        return value === undefined ? [] : [{ label: field.label[language], value }];
      });
    if (entries.length === 0) return [];
    const source = block.source === undefined ? {} : { source: block.source[language] };
    return [{ title: block.title[language], level: 2, ...source, entries }];
  });
}

/** What shows the answer of a field to this reader. */
function valuesFor(template: Template, reader: AnswerReader) {
  const values = new AnswerValues(template, reader);
  const schemas = schemaFields(template);
  return ({ field, parts }: Field, answer: unknown): DocumentValue | undefined =>
    answer === undefined ? undefined : values.field(answer, schemas.get(field)?.schema, parts);
}

/**
 * Answers as they are read: a section of level 2 for each block that applies and in which something is answered, or said
 * to be unavailable (A/76/135, 77 (b)). Labels, codes, names of States and languages, numbers and times are in the
 * reader's words; what people wrote keeps its own language.
 */
export function answerSections(
  template: Template,
  answers: unknown,
  reader: AnswerReader,
  options: SectionOptions = {},
): DocumentSection[] {
  const shown = valuesFor(template, reader);
  return sections(template, reader.language, options, (field) =>
    applies(field.block, answers) ? shown(field, answerAt(answers, field.field)) : undefined,
  );
}

/**
 * The same of the fields alone in which two answers to one template differ, as they are after the change; what is not
 * answered any more is said to be removed.
 */
export function changedSections(
  template: Template,
  before: unknown,
  after: unknown,
  reader: AnswerReader,
  options: SectionOptions = {},
): DocumentSection[] {
  const { removed } = textsIn(reader.language).availability;
  const shown = valuesFor(template, reader);
  const changes = new Map(changesBetween(template, before, after).map((change) => [change.field, change]));
  return sections(template, reader.language, options, (field) => {
    const change = changes.get(field.pointer);
    if (change === undefined) return undefined;
    const now = applies(field.block, after) ? shown(field, change.after) : undefined;
    if (now !== undefined) return now;
    const stood = applies(field.block, before) && shown(field, change.before) !== undefined;
    return stood ? { kind: 'absent', text: removed } : undefined;
  });
}

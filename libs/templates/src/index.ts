export { answerSchema, availabilities, type Availability, type JsonSchema } from './answer-schema.js';
export { answerSections, changedSections, type SectionOptions } from './answer-sections.js';
export type { AnswerReader } from './answer-values.js';
export { checkAnswers } from './answers.js';
export { catalogueDocuments } from './catalogue-documents.js';
export { changesBetween, type Change } from './changes.js';
export { completeness, type Completeness } from './completeness.js';
export {
  answerAt,
  applies,
  fieldsOf,
  isUnavailable,
  type Answers,
  type Field,
  type Unavailable,
} from './fields.js';
export { amended, samples, staged, type Sample, type SampleStep } from './samples.js';
export { Catalogue, loadCatalogue, readTemplate, type ReadTemplate } from './template.js';
export type {
  ByLanguage,
  FieldPart,
  Template,
  TemplateBlock,
  TemplateField,
  ValueSchema,
  Widget,
} from './template-document.js';
export { ownCatalogue, publishCatalogue } from './publishing.service.js';
export { TemplateRow } from './template.entity.js';
export { TemplateQueries, type TemplateSummary } from './template.queries.js';

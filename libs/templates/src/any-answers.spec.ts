import { languages } from '#libs/wording';
import fc from 'fast-check';
import { answerSections, changedSections } from './answer-sections.js';
import { checkAnswers } from './answers.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { answerAt, applies, fieldsOf, isUnavailable, type Answers } from './fields.js';
import { isMembers, membersOf } from './loose-json.js';
import { resolve, schemaFields } from './schema-rules.js';
import { Catalogue, loadCatalogue } from './template.js';
import type { FieldPart, Template, ValueSchema } from './template-document.js';

const read = loadCatalogue(catalogueDocuments);
const { templates } = 'catalogue' in read ? read.catalogue : new Catalogue([]);

const words = fc.constantFrom('a', 'Żółw', '‘text’', 'مرحبا', '1', 'unknown', 'constructor');
const ofFormat: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'utc-instant': fc
    .date({ min: new Date('1900-01-01'), max: new Date('2900-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  'party-code': fc.constantFrom('XA', 'XB', 'XC'),
  'language-tag': fc.constantFrom('en', 'fr', 'zh-Hans', 'qaa', 'en-x-any'),
  'plain-line': words,
  'plain-text': words.map((word) => `${word}\n${word}`),
  'local-time': fc.constantFrom('00:00', '23:59'),
  'time-zone': fc.constantFrom('Etc/UTC', 'Etc/GMT-3'),
  'sha-256': fc.constant('0'.repeat(64)),
  email: fc.constant('cert@xa.example'),
  'phone-number': fc.constant('+99900000001'),
  'cve-id': fc.constantFrom('CVE-2026-0000', 'CVE-2026-10001'),
  'request-reference': fc.constant('AR-2026-7K3M9Q'),
};
const unavailable = fc.constantFrom(
  { availability: 'unknown' },
  { availability: 'withheld' },
  { availability: 'to-follow' },
  { availability: 'to-follow', expectedAt: '2026-03-14T22:30:00Z' },
);

/** Any value that fits a schema; lists are of three at most. */
function fitting(template: Template, schema: ValueSchema): fc.Arbitrary<unknown> {
  const value = resolve(schema, membersOf(template.schema.$defs)) as ValueSchema;
  const { type, codeList, format, items = {}, properties = {}, required = [] } = value;
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: Number(value.minimum), max: Number(value.maximum) });
  if (type === 'array') {
    const constraints = { minLength: Number(value.minItems ?? 0), maxLength: 3 };
    const item = fitting(template, items);
    return value.uniqueItems === true ? fc.uniqueArray(item, constraints) : fc.array(item, constraints);
  }
  if (type === 'object') {
    const members = Object.entries(properties).map(([name, inner]) => [name, fitting(template, inner)]);
    return fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: [...required],
    });
  }
  if (codeList === undefined) return ofFormat[String(format)]!;
  return fc.constantFrom(...template.codeLists[codeList]!.codes.map(({ code }) => code));
}

/** Any answers that fit a template: each field with a value, unavailable or not there. */
const answersTo = (template: Template): fc.Arbitrary<Answers> =>
  fc
    .record(
      Object.fromEntries(
        [...schemaFields(template)].map(([field, { schema }]) => {
          const value = fitting(template, schema as ValueSchema);
          return [field, template.keys.includes(field.slice(1)) ? value : fc.oneof(value, unavailable)];
        }),
      ),
      { requiredKeys: template.keys.map((key) => `/${key}`) },
    )
    .map((given) => {
      const keys = Object.fromEntries(template.keys.map((key) => [key, given[`/${key}`]]));
      const fields = fieldsOf(template).filter(
        ({ block, field, isKey }) => !isKey && given[field] !== undefined && applies(block, keys),
      );
      const groups = Object.groupBy(fields, ({ field }) => field.split('/')[1] ?? '');
      return {
        ...keys,
        ...Object.fromEntries(
          Object.entries(groups).map(([group, inside = []]) => [
            group,
            Object.fromEntries(inside.map(({ field }) => [field.split('/')[2], given[field]])),
          ]),
        ),
      };
    });

/** How many things stand in answers: a text with its language, a reason and an empty list are one each. */
const countIn = (answer: unknown): number => {
  if (isUnavailable(answer) || (isMembers(answer) && 'text' in answer)) return 1;
  if (!Array.isArray(answer) && !isMembers(answer)) return 1;
  if (Array.isArray(answer) && answer.length === 0) return 1;
  return Object.values(answer).reduce<number>((sum, inner) => sum + countIn(inner), 0);
};
const found = (node: unknown, name: string): string[] => {
  if (Array.isArray(node)) return node.flatMap((inner) => found(inner, name));
  if (!isMembers(node)) return [];
  const here = name in node ? [String(node[name])] : [];
  return [...here, ...Object.values(node).flatMap((inner) => found(inner, name))];
};
const labelsIn = (parts: readonly FieldPart[] = []): FieldPart['label'][] =>
  parts.flatMap(({ label, parts: inner }) => [label, ...labelsIn(inner)]);

describe.each(templates.map((template) => [template.key, template] as const))(
  'any answers to %s',
  (_key, template) => {
    const cases = fc.tuple(answersTo(template), fc.constantFrom(...languages));
    const reader = (language: (typeof languages)[number]) => ({
      language,
      partyName: (code: string) => `State ${code}`,
    });

    it('are shown whole, one text for each thing, under labels of the template', () => {
      fc.assert(
        fc.property(cases, ([answers, language]) => {
          expect(checkAnswers(template, answers)).toEqual([]);
          const sections = answerSections(template, answers, reader(language));
          const texts = found(sections, 'text');
          expect(texts).toHaveLength(countIn(answers));
          expect(texts.filter((text) => text === '' || /undefined|NaN|\[object/.test(text))).toEqual([]);
          const labels = fieldsOf(template).flatMap(({ label, parts }) => [label, ...labelsIn(parts)]);
          const known = new Set(labels.map((label) => label[language]));
          expect(found(sections, 'label').filter((label) => !known.has(label))).toEqual([]);
        }),
        { numRuns: 40 },
      );
    });

    it('are wholly new beside none, and unchanged beside themselves', () => {
      fc.assert(
        fc.property(cases, ([answers, language]) => {
          expect(changedSections(template, {}, answers, reader(language))).toEqual(
            answerSections(template, answers, reader(language)),
          );
          expect(changedSections(template, answers, answers, reader(language))).toEqual([]);
          const shown = fieldsOf(template).filter(
            ({ block, field }) => applies(block, answers) && countIn(answerAt(answers, field) ?? {}) > 0,
          );
          const gone = changedSections(template, answers, {}, reader(language));
          expect(found(gone, 'label')).toHaveLength(shown.length);
        }),
        { numRuns: 20 },
      );
    });
  },
);

import {
  languages,
  tlpCodes,
  tlpLabel,
  urgencies,
  urgencyName,
  type DocumentSection,
  type DocumentValue,
  type Language,
} from '#libs/wording';
import { answerSections } from './answer-sections.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { fieldsOf, type Answers } from './fields.js';
import { isMembers } from './loose-json.js';
import { Catalogue, loadCatalogue } from './template.js';
import type { Template } from './template-document.js';

const read = loadCatalogue(catalogueDocuments);
const catalogue = 'catalogue' in read ? read.catalogue : new Catalogue([]);
const find = (key: string): Template => catalogue.find(key)!;
const request = find('assistance-request');

const reader = (language: Language) => ({ language, partyName: (code: string) => `State ${code}` });

/** Every value there is, a text each. */
const textsOf = (node: unknown): string[] => {
  if (Array.isArray(node)) return node.flatMap(textsOf);
  if (!isMembers(node)) return [];
  return 'text' in node ? [String(node.text)] : Object.values(node).flatMap(textsOf);
};
const shownIn = (sections: readonly DocumentSection[]): Record<string, DocumentValue> =>
  Object.fromEntries(sections.flatMap(({ entries }) => entries.map(({ label, value }) => [label, value])));

describe('answers in words', () => {
  const said = (group: string, answers: object, language: Language = 'en') =>
    shownIn(answerSections(request, { [group]: answers }, reader(language)));
  const plain = (text: string) => ({ kind: 'plain', text });
  const absent = (text: string) => ({ kind: 'absent', text });

  it('say why there is no value, and until when', () => {
    const expectedAt = '2026-11-22T14:00:00Z';
    const answers = {
      startedAt: { availability: 'unknown' },
      detectedAt: { availability: 'withheld' },
      method: { availability: 'to-follow' },
      systems: { availability: 'to-follow', expectedAt },
    };
    expect(said('incident', answers)).toEqual({
      Started: absent('unknown'),
      Detected: absent('withheld'),
      Method: absent('to follow'),
      'Systems affected': absent('to follow, expected by 2026-11-22 14:00 UTC'),
    });
    expect(Object.values(said('incident', answers, 'fr'))).toEqual([
      absent('information inconnue'),
      absent('information non divulguée'),
      absent('information à communiquer ultérieurement'),
      absent('information à communiquer ultérieurement, attendue pour le 2026-11-22 14:00 UTC'),
    ]);
  });

  it('say yes, no and none', () => {
    expect(said('incident', { servesSeveralStates: false, vulnerabilities: [] })).toEqual({
      'Vulnerabilities used': plain('None'),
      'Infrastructure that serves several States': plain('No'),
    });
    expect(Object.values(said('incident', { servesSeveralStates: true, consultations: [] }, 'fr'))).toEqual([
      plain('Oui'),
      plain('Néant'),
    ]);
  });

  it('keep the language of what people wrote', () => {
    const method = { text: 'Un compte\nsans second facteur.', language: 'fr' };
    expect(said('incident', { method })).toEqual({ Method: { kind: 'written', ...method } });
  });

  it('separate thousands where something is counted, and not in the number of a port', () => {
    expect(
      textsOf(answerSections(request, { incident: { scale: { persons: 1400000 } } }, reader('en'))),
    ).toEqual(['1,400,000']);
    expect(
      textsOf(answerSections(request, { incident: { scale: { persons: 12000 } } }, reader('fr'))),
    ).toEqual(['12\u202f000']);
    const indicators = [
      { type: 'ipv4', value: '192.0.2.41', port: 8443, firstSeenAt: '2026-03-14T22:30:07Z' },
    ];
    expect(said('evidence', { indicators })).toEqual({
      Indicators: {
        kind: 'list',
        items: [
          {
            kind: 'group',
            entries: [
              { label: 'Type', value: plain('IPv4 address') },
              { label: 'Value', value: plain('192.0.2.41') },
              { label: 'Port', value: plain('8443') },
              { label: 'First seen', value: plain('2026-03-14 22:30:07 UTC') },
            ],
          },
        ],
      },
    });
  });

  it('show what does not fit as it is', () => {
    const answers = {
      urgency: 'U9',
      incident: {
        sectors: 'energy',
        startedAt: 'soon',
        endedAt: null,
        scale: { systems: 'many', more: [1, { deeper: false }] },
        severity: 7,
      },
      languages: { written: ['not a tag'] },
    };
    expect(textsOf(answerSections(request, answers, reader('en')))).toEqual([
      ...['U9', 'soon', 'null', 'energy', 'many', '1', 'No', '7', 'not a tag'],
    ]);
  });
});

describe('the text of a code', () => {
  it.each(languages)('in %s is that of its list, TLP and urgency as everywhere else', (language) => {
    const expected = (key: string, list: string) =>
      find(key).codeLists[list]?.codes.map(({ texts }) => texts[language]);
    expect(expected('assistance-request', 'tlp')).toEqual(tlpCodes.map(tlpLabel));
    expect(expected('assistance-request', 'urgency')).toEqual(
      urgencies.map((code) => `${code} ${urgencyName(code, language)}`),
    );
  });

  it.each(catalogue.templates.flatMap((one) => languages.map((language) => [one.key, language] as const)))(
    'of each list of %s is shown in %s',
    (key, language) => {
      const template = find(key);
      const used = new Set<string>();
      for (const { field, list, answer } of codedFields(template)) {
        used.add(list);
        for (const { code, texts } of template.codeLists[list]?.codes ?? []) {
          const text = list === 'rsit' ? `${texts[language]} (${code})` : texts[language];
          const sections = answerSections(
            template,
            answersWith(template, field, answer(code)),
            reader(language),
          );
          expect(textsOf(sections)).toContain(text);
        }
      }
      expect([...used].sort()).toEqual(Object.keys(template.codeLists).sort());
    },
  );
});

interface Coded {
  readonly field: string;
  readonly list: string;
  readonly answer: (code: string) => unknown;
}

/** Every place where a code may stand, with what makes an answer of a code. */
function codedFields(template: Template): Coded[] {
  const { properties, $defs = {} } = template.schema;
  const codedIn = (field: string, schema: Template['schema']['properties'][string]): Coded[] => {
    const {
      codeList,
      items,
      properties: members = {},
    } = schema.$ref ? ($defs[schema.$ref.replace('#/$defs/', '')] ?? {}) : schema;
    if (codeList !== undefined) return [{ field, list: codeList, answer: (code) => code }];
    const inList = items ? codedIn(field, items) : [];
    const inGroup = Object.entries(members).flatMap(([name, inner]) =>
      codedIn(field, inner).map((coded) => ({
        ...coded,
        answer: (code: string) => ({ [name]: coded.answer(code) }),
      })),
    );
    return [
      ...inList.map((coded) => ({ ...coded, answer: (code: string) => [coded.answer(code)] })),
      ...inGroup,
    ];
  };
  return Object.entries(properties).flatMap(([name, schema]) =>
    template.keys.includes(name)
      ? codedIn(`/${name}`, schema)
      : Object.entries(schema.properties ?? {}).flatMap(([field, inner]) =>
          codedIn(`/${name}/${field}`, inner),
        ),
  );
}

/** Answers with this one, and with the key field by which its block applies. */
function answersWith(template: Template, field: string, answer: unknown): Answers {
  const when = fieldsOf(template).find((one) => one.field === field)?.block.when;
  const key = when === undefined ? {} : { [when.field.slice(1)]: when.in[0] };
  const [, group = '', name] = field.split('/');
  return { ...key, [group]: name === undefined ? answer : { [name]: answer } };
}

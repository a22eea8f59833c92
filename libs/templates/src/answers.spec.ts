import fc from 'fast-check';
import { checkAnswers } from './answers.js';
import { catalogueDocuments } from './catalogue-documents.js';
import { loadCatalogue } from './template.js';

const read = loadCatalogue(catalogueDocuments);
if ('faults' in read) throw new Error('the catalogue has faults');
const { catalogue } = read;
const template = catalogue.find('assistance-request')!;
const response = catalogue.find('response')!;

const five = {
  from: 'XA',
  to: ['XB'],
  urgency: 'U1',
  tlp: 'AMBER',
  sentence: { text: 'We ask for help.', language: 'en' },
};
const said = (answers: unknown): string[] =>
  checkAnswers(template, answers).map(({ pointer = '', detail }) => `${pointer} ${detail}`);
const incident = (more: object): string[] => said({ ...five, incident: more });

describe('answers', () => {
  it('fit with the five key fields alone', () => {
    expect(said(five)).toEqual([]);
  });

  it('need the five to be sent, and not to be saved', () => {
    expect(said({})).toEqual(
      ['from', 'to', 'urgency', 'tlp', 'sentence'].map((key) => `#/${key} is needed to send`),
    );
    expect(checkAnswers(template, {}, 'save')).toEqual([]);
    expect(checkAnswers(template, { from: 7 }, 'save')).toEqual([
      { pointer: '#/from', detail: 'must be a text' },
    ]);
  });

  it.each([['unknown'], ['withheld'], ['to-follow']])(
    'may say of any other field that it is %s',
    (availability) => {
      const groups = Object.entries(template.schema.properties).filter(
        ([name]) => !template.keys.includes(name),
      );
      const all = groups.map(([name, { properties = {} }]) => [
        name,
        Object.fromEntries(Object.keys(properties).map((field) => [field, { availability }])),
      ]);
      expect(said({ ...five, ...Object.fromEntries(all) })).toEqual([]);
    },
  );

  it('say when something follows, and only then', () => {
    const expectedAt = '2026-03-15T00:00:00Z';
    expect(incident({ startedAt: { availability: 'to-follow', expectedAt } })).toEqual([]);
    expect(incident({ startedAt: { availability: 'unknown', expectedAt } })).toEqual([
      '#/incident/startedAt/expectedAt goes only with "to-follow"',
    ]);
    expect(incident({ startedAt: { availability: 'to-follow', expectedAt: 'soon' } })).toEqual([
      '#/incident/startedAt/expectedAt must be an RFC 3339 time in UTC, such as 2026-03-14T22:30:00Z',
    ]);
  });

  it.each([
    [
      'another reason',
      { sectors: { availability: 'secret' } },
      '#/incident/sectors/availability must be one of unknown, withheld, to-follow',
    ],
    [
      'more beside a reason',
      { sectors: { availability: 'unknown', why: 1 } },
      '#/incident/sectors/why is not part of this template',
    ],
    [
      'a reason inside a value',
      { sectors: [{ availability: 'unknown' }] },
      '#/incident/sectors/0 needs a value here: only whole fields, and no key field, can be unknown, withheld or to follow',
    ],
    [
      'an unknown code',
      { sectors: ['health-care', 'magic'] },
      '#/incident/sectors/1 must be one of health-care, energy',
    ],
    [
      'an unknown code of a long list',
      { classification: ['magic'] },
      '#/incident/classification/0 must be a code of the list "rsit" of the template',
    ],
    [
      'a code twice',
      { sectors: ['energy', 'education', 'energy'] },
      '#/incident/sectors/2 stands in the list before',
    ],
    ['an empty list', { sectors: [] }, '#/incident/sectors must have at least 1 entry'],
    [
      'a long list',
      { vulnerabilities: Array.from({ length: 51 }, (_, n) => `CVE-2026-${1000 + n}`) },
      '#/incident/vulnerabilities must have at most 50 entries',
    ],
    ['no list', { sectors: 'energy' }, '#/incident/sectors must be a list'],
    ['a bare text', { context: 'Bad.' }, '#/incident/context must be an object of text, language'],
    ['a text in no language', { context: { text: 'Bad.' } }, '#/incident/context/language is missing'],
    [
      'a blank text',
      { context: { text: ' ', language: 'en' } },
      '#/incident/context/text must be text that is not blank',
    ],
    [
      'a long text',
      { context: { text: 'a'.repeat(10_001), language: 'en' } },
      '#/incident/context/text must have at most 10000 characters',
    ],
    [
      'a local time',
      { startedAt: '2026-03-14T22:30:00+01:00' },
      '#/incident/startedAt must be an RFC 3339 time in UTC',
    ],
    ['a fraction', { scale: { systems: 1.5 } }, '#/incident/scale/systems must be a whole number'],
    ['too little', { scale: { systems: -1 } }, '#/incident/scale/systems must be at least 0'],
    ['too much', { scale: { systems: 1e12 } }, '#/incident/scale/systems must be at most 10000000000'],
    ['no yes or no', { servesSeveralStates: 'no' }, '#/incident/servesSeveralStates must be true or false'],
    ['null', { severity: null }, '#/incident/severity must be an object of common, scheme, nationalValue'],
    ['an unknown field', { blame: 'XB' }, '#/incident/blame is not part of this template'],
  ])('are refused with %s', (_what, given, fault) => {
    expect(incident(given)).toEqual([expect.stringContaining(fault)]);
  });

  it('cannot leave a key field unavailable', () => {
    expect(said({ ...five, urgency: { availability: 'unknown' } })).toEqual([
      '#/urgency needs a value here: only whole fields, and no key field, can be unknown, withheld or to follow',
    ]);
  });

  it('escape names in pointers', () => {
    expect(said({ ...five, 'a/b~c': 1 })).toEqual(['#/a~1b~0c is not part of this template']);
  });

  it('have no member that a prototype would hide', () => {
    const hidden: unknown = JSON.parse('{"__proto__": {"incident": 1}, "constructor": 1}');
    expect(checkAnswers(template, hidden, 'save').map(({ pointer }) => pointer)).toEqual([
      '#/__proto__',
      '#/constructor',
    ]);
  });

  it('have one fault for each place, and a hundred at most', () => {
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`x${n}`, n]));
    expect(new Set(said({ ...five, ...many })).size).toBe(100);
  });

  it('of a refusal have no terms', () => {
    const refusal = { from: 'XB', to: 'XA', request: 'AR-2026-7K3M9Q', tlp: 'AMBER', answer: 'cannot' };
    expect(checkAnswers(response, { ...refusal, terms: { goodFaith: true } })).toEqual([
      { pointer: '#/terms/goodFaith', detail: 'has no place where the answer is "cannot"' },
    ]);
    expect(checkAnswers(response, { ...refusal, refusal: { reasons: ['legal-bar'] } })).toEqual([]);
  });

  it('are checked without throwing, whatever they are', () => {
    const anything = fc.oneof(fc.jsonValue(), fc.anything({ withNullPrototype: true, withBigInt: true }));
    fc.assert(
      fc.property(fc.constantFrom(...catalogue.templates), anything, (one, answers) => {
        const faults = checkAnswers(one, answers);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults.every(({ pointer }) => pointer?.startsWith('#'))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('are checked without throwing, whatever stands in a field', () => {
    const groups = Object.entries(template.schema.properties).filter(
      ([name]) => !template.keys.includes(name),
    );
    const fields = groups.flatMap(([name, { properties = {} }]) =>
      Object.keys(properties).map((field) => [name, field]),
    );
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.jsonValue(), ([group = '', field = ''], value) => {
        const faults = checkAnswers(template, { ...five, [group]: { [field]: value } });
        expect(faults.every(({ pointer }) => pointer?.startsWith(`#/${group}/${field}`))).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

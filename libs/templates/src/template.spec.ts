import fc from 'fast-check';
import { catalogueDocuments } from './catalogue-documents.js';
import { loadCatalogue, readTemplate } from './template.js';

/** A document small enough to break in every way. */
const small = () => ({
  key: 'small',
  version: 1,
  title: { en: 'Small', fr: 'Petit' },
  keys: ['from', 'to', 'urgency', 'tlp', 'sentence'],
  fixedSentences: ['fs.assist.no-result'],
  blocks: [
    {
      key: 'essentials',
      title: { en: 'Essentials', fr: 'Essentiel' },
      fields: ['from', 'to', 'tlp', 'sentence', 'urgency'].map((name) => ({
        field: `/${name}`,
        label: { en: name, fr: name },
        widget: name === 'urgency' ? 'choice' : name === 'from' ? 'party' : 'line',
      })),
    },
    {
      key: 'incident',
      title: { en: 'Incident', fr: 'Incident' },
      when: { field: '/urgency', in: ['U1'] },
      fields: [
        {
          field: '/incident/places',
          label: { en: 'Places', fr: 'Lieux' },
          widget: 'table',
          parts: [{ name: 'name', label: { en: 'Name', fr: 'Nom' }, widget: 'line' }],
        },
      ],
    },
  ],
  schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      from: { type: 'string', format: 'party-code' },
      to: { $ref: '#/$defs/line' },
      urgency: { type: 'string', codeList: 'urgency' },
      tlp: { $ref: '#/$defs/line' },
      sentence: { $ref: '#/$defs/line' },
      incident: {
        type: 'object',
        properties: { places: { type: 'array', maxItems: 9, items: { $ref: '#/$defs/place' } } },
      },
    },
    $defs: {
      line: { type: 'string', maxLength: 90 },
      place: { type: 'object', properties: { name: { $ref: '#/$defs/line' } }, required: ['name'] },
    },
  },
  codeLists: { urgency: { codes: [{ code: 'U1', texts: { en: 'Now', fr: 'Maintenant' } }] } },
});

/** The document with one place changed (or, with undefined, taken out). */
function broken(path: string, value: unknown): unknown {
  const document: unknown = small();
  const names = path.split('/');
  const last = names.pop() ?? '';
  let place = document as Record<string, unknown>;
  for (const name of names) place = place[name] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(place, last);
  else place[last] = value;
  return document;
}
const faultsOf = (document: unknown): string[] => {
  const read = readTemplate(document);
  return 'faults' in read ? read.faults.map(({ pointer = '', detail }) => `${pointer} ${detail}`) : [];
};

const text = { en: 'a', fr: 'a' };
const name = { name: 'name', label: text, widget: 'line' };
const code = { code: 'U1', texts: text };

describe('a template document', () => {
  it('without a fault is a template', () => {
    expect(readTemplate(small())).toMatchObject({ template: { key: 'small', version: 1 } });
  });

  it.each([
    ['title/fr', undefined, 'is missing'],
    ['blocks/0/fields/0/label/en', ' ', 'is blank'],
    ['codeLists/urgency/codes/0/texts/en', undefined, 'is missing'],
    ['codeLists/urgency/codes/0/texts', undefined, 'is missing'],
    ['codeLists/urgency/codes/0/code', 'a b', 'must be letters, digits, +, - and /'],
    ['codeLists/urgency/codes', [], 'has no codes'],
    ['codeLists/tlp', { codes: [code] }, 'is used by no field'],
    ['colour', 'red', 'is not known in a template'],
    ['blocks/0/colour', 'red', 'is not known in a template'],
    ['schema', undefined, 'is missing'],
    ['schema/properties/to/$ref', '#/$defs/lines', 'leads nowhere'],
    ['blocks/1/fields/0/field', '/incident/place', 'is not a field of the schema'],
    ['blocks/1/fields/0/field', '/to', 'stands twice'],
    ['blocks/1/fields/0/field', 'incident.places', 'must be "/key" or "/group/field"'],
    ['blocks/1/fields/0/parts', [], 'leaves out the part "name"'],
    ['blocks/1/fields/0/parts/0/name', 'zip', 'is not a part of this value'],
    ['blocks/1/fields/0/widget', 'number', 'does not fit: this value is drawn as table'],
    ['blocks/1/fields/0/widget', 'slider', 'must be one of line, paragraph'],
    ['blocks/1/key', 'essentials', 'stands twice'],
    ['blocks/1/when/field', '/incident/places', 'is not a key field with a code list'],
    ['blocks/1/when/in/0', 'U9', 'is not a code of the list "urgency"'],
    ['keys', ['from', 'to', 'urgency', 'tlp'], 'must name five key fields'],
    ['keys', undefined, 'is missing'],
    ['keys/4', 'subject', 'is not a field of the schema'],
    ['keys/4', 'tlp', 'is named twice'],
    ['fixedSentences/0', 'fs.other', 'is not a fixed sentence'],
    ['version', 'one', 'must be of type number'],
    ['version', 0, 'starts at 1'],
    ['key', 'Small Template', 'must be a name in kebab-case'],
  ])('is refused where %s is %j: it %s', (path, value, fault) => {
    expect(faultsOf(broken(path, value))).toContainEqual(expect.stringContaining(`#/${path} ${fault}`));
  });

  it('is refused with a part or a code that stands twice', () => {
    expect(faultsOf(broken('blocks/1/fields/0/parts/1', name))).toEqual([
      '#/blocks/1/fields/0/parts/1/name stands twice',
    ]);
    expect(faultsOf(broken('codeLists/urgency/codes/1', code))).toEqual([
      '#/codeLists/urgency/codes/1/code stands twice',
    ]);
  });

  it('is refused with a field that stands nowhere in its layout', () => {
    expect(faultsOf(broken('blocks/1/fields/0/field', '/incident/place'))).toContain(
      '#/schema/properties/incident/properties/places stands nowhere in the layout',
    );
  });

  it('tells every fault at once', () => {
    const document = { ...small(), version: 0, title: { en: 'Small' }, codeLists: {} };
    expect(faultsOf(document).length).toBeGreaterThanOrEqual(3);
  });

  it('is refused, never thrown at, whatever it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(readTemplate(json)).toHaveProperty('faults');
      }),
      { numRuns: 100 },
    );
  });

  it('is refused, never thrown at, when any one place holds something else', () => {
    const paths = [
      'key',
      'keys',
      'blocks',
      'blocks/1/fields',
      'blocks/1/fields/0/parts',
      'schema',
      'codeLists',
    ];
    const more = ['schema/properties', 'schema/properties/incident', 'schema/$defs', 'schema/$defs/place'];
    fc.assert(
      fc.property(fc.constantFrom(...paths, ...more), fc.jsonValue(), (path, value) => {
        expect(faultsOf(broken(path, value)).every((fault) => fault.startsWith('#'))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a catalogue', () => {
  it('finds a template by its key, of the highest version or of the one named', () => {
    const read = loadCatalogue({ one: small(), two: { ...small(), version: 2 } });
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect(read.catalogue.find('small')?.version).toBe(2);
    expect(read.catalogue.find('small', 1)?.version).toBe(1);
    expect(read.catalogue.find('small', 3)).toBeUndefined();
  });

  it('says which document is wrong and why', () => {
    expect(loadCatalogue({ ...catalogueDocuments, bad: broken('title/fr', undefined) })).toEqual({
      faults: [{ pointer: '#/bad/title/fr', detail: 'is missing' }],
    });
  });

  it('has each version once', () => {
    expect(loadCatalogue({ one: small(), again: small() })).toEqual({
      faults: [{ pointer: '#/again/version', detail: 'there are two of small version 1' }],
    });
  });
});

import { dialect, faultsInSchema } from './schema-rules.js';

const text = { type: 'string', maxLength: 90 };
const rows = (more: object) => ({ type: 'array', maxItems: 9, items: text, ...more });
const object = (more: object) => ({ type: 'object', properties: { name: text }, ...more });
const document = (schema: object) => ({
  keys: ['from'],
  codeLists: { sectors: { codes: [] } },
  schema: { $schema: dialect, type: 'object', properties: { from: text }, ...schema },
});
const faultsOf = (json: unknown): string[] =>
  faultsInSchema(json).map(({ pointer = '', detail }) => `${pointer} ${detail}`);

/** The faults of a field with this schema, told from where it stands. */
const inField = (schema: unknown, $defs: object = {}): string[] =>
  faultsOf(
    document({
      properties: { from: text, incident: { type: 'object', properties: { places: schema } } },
      $defs,
    }),
  ).map((fault) => fault.replace('#/schema/properties/incident/properties/places', '…'));

describe('the schema of a value', () => {
  it.each([
    [text],
    [{ type: 'string', format: 'utc-instant' }],
    [{ type: 'string', codeList: 'sectors' }],
    [{ type: 'string', format: 'plain-line', minLength: 1, maxLength: 5 }],
    [{ type: 'integer', minimum: 0, maximum: 9 }],
    [{ type: 'boolean' }],
    [rows({ minItems: 0, uniqueItems: true })],
    [object({ required: ['name'] })],
  ])('may be %j', (schema) => {
    expect(inField(schema)).toEqual([]);
  });

  it.each([
    ['… must be a schema', true],
    ['…/pattern is not a keyword that is read for type string', { ...text, pattern: '^X' }],
    ['…/enum is not a keyword that is read for type string', { ...text, enum: ['a'] }],
    ['…/oneOf is not a keyword that is read for type object', object({ oneOf: [] })],
    ['…/maxLength is not a keyword that is read for type boolean', { type: 'boolean', maxLength: 1 }],
    ['…/type must be one of object, array, string, integer, number, boolean', { type: ['string', 'null'] }],
    ['…/type must be one of object, array, string, integer, number, boolean', { type: 'toString' }],
    ['…/codeList is not a code list of this template', { type: 'string', codeList: 'speeds' }],
    ['…/maxLength is missing: every text has an end', { type: 'string' }],
    ['…/maxLength is missing: every text has an end', { type: 'string', format: 'plain-text' }],
    ['…/minLength must be a count', { ...text, minLength: 'a' }],
    ['…/maxItems is missing: every list has an end', { type: 'array', items: text }],
    ['…/minItems must be a count', rows({ minItems: -1 })],
    ['…/uniqueItems must be true or false', rows({ uniqueItems: 'yes' })],
    ['…/uniqueItems is for lists of texts alone', rows({ uniqueItems: true, items: object({}) })],
    ['…/items must be a schema', { type: 'array', maxItems: 1 }],
    ['…/minimum must be a number', { type: 'integer', minimum: '1' }],
    ['…/properties is missing', { type: 'object' }],
    ['…/properties/a-b must be named in camelCase', object({ properties: { 'a-b': text } })],
    ['…/required/0 is not one of the properties', object({ required: ['toString'] })],
    ['…/required must be a list', object({ required: 'name' })],
    [
      '… must not have a property "availability": that word says that there is no value',
      object({ properties: { availability: text } }),
    ],
    [
      '…/$ref refers to another document: nothing is fetched, only "#/$defs/…" is read',
      { $ref: 'https://templates.example/place' },
    ],
    ['…/$ref leads nowhere', { $ref: '#/$defs/place' }],
    ['…/$ref leads nowhere', { $ref: '#' }],
    ['…/$ref must be a text', { $ref: 7 }],
  ])('is refused: %s', (fault, schema) => {
    expect(inField(schema)).toEqual([fault]);
  });

  it('has a format that is known', () => {
    expect(inField({ ...text, format: 'uri' })).toEqual([expect.stringContaining('…/format must be one of')]);
  });

  it('has nothing beside a reference', () => {
    expect(inField({ $ref: '#/$defs/place', maxLength: 1 }, { place: text })).toEqual([
      '…/maxLength stands beside a $ref, which stands alone',
    ]);
  });

  it('never goes round, at once or over others', () => {
    expect(inField(text, { loop: object({ properties: { again: { $ref: '#/$defs/loop' } } }) })).toEqual([
      '#/schema/$defs/loop refers back to itself',
    ]);
    const one = rows({ items: { $ref: '#/$defs/two' } });
    const two = rows({ items: { $ref: '#/$defs/one' } });
    expect(inField({ $ref: '#/$defs/one' }, { one, two, three: text })).toEqual([
      '#/schema/$defs/one refers back to itself',
      '#/schema/$defs/two refers back to itself',
    ]);
    expect(inField({ $ref: '#/$defs/one' }, { one: { $ref: '#/$defs/one' } })).toEqual([
      '#/schema/$defs/one refers back to itself',
    ]);
  });

  it('hides no "availability" behind a reference', () => {
    const place = object({ properties: { availability: text } });
    expect(inField({ $ref: '#/$defs/place' }, { place })).toHaveLength(1);
  });

  it('is not nested without end', () => {
    let deep: object = text;
    for (let level = 0; level < 5000; level += 1) deep = rows({ items: deep });
    expect(inField(deep)).toEqual([expect.stringContaining('is nested too deeply')]);
  });
});

describe('the schema of all answers', () => {
  it.each([
    ['#/schema/$schema must be', { $schema: 'http://json-schema.org/draft-07/schema#' }],
    ['#/schema/type must be object', { type: 'array' }],
    ['#/schema/allOf is not a keyword that is read at the root', { allOf: [] }],
    ['#/schema/required is not a keyword that is read at the root', { required: ['from'] }],
  ])('is refused: %s', (fault, schema) => {
    expect(faultsOf(document(schema))).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ['type must be object: it is a group', { type: 'string', properties: {} }],
    ['properties is missing', { type: 'object' }],
    [
      'required is not read on a group: whether a field is there is never a rule',
      { type: 'object', properties: { name: text }, required: ['name'] },
    ],
  ])('has groups that only hold fields: %s', (fault, incident) => {
    expect(faultsOf(document({ properties: { from: text, incident } }))).toEqual([
      `#/schema/properties/incident/${fault}`,
    ]);
  });
});

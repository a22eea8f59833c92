import { toPointer, type Fault } from '#libs/runtime';
import { isMembers, listOf, memberOf, membersOf, stringsOf, type Members } from './loose-json.js';
import { textFormats } from './text-formats.js';

/** The dialect every answer schema is written in. */
export const dialect = 'https://json-schema.org/draft/2020-12/schema';

const keywordsOf: Readonly<Record<string, readonly string[]>> = {
  object: ['type', 'properties', 'required'],
  array: ['type', 'items', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['type', 'codeList', 'format', 'minLength', 'maxLength'],
  integer: ['type', 'minimum', 'maximum'],
  number: ['type', 'minimum', 'maximum'],
  boolean: ['type'],
};
const deepest = 16;
type Path = readonly (string | number)[];

const at = (path: Path, detail: string): Fault => ({ pointer: toPointer(path), detail });
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

/** The schema a reference leads to, at the end of the chain; empty where it leads nowhere or round. */
export function resolve(schema: unknown, defs: Members): Members {
  let found = membersOf(schema);
  for (let hops = 0; typeof memberOf(found, '$ref') === 'string'; hops += 1) {
    if (hops > deepest) return {};
    found = membersOf(memberOf(defs, String(found.$ref).replace('#/$defs/', '')));
  }
  return found;
}

function faultsInReference(schema: Members, defs: Members, path: Path): Fault[] {
  const target = schema.$ref;
  const others = Object.keys(schema).filter((keyword) => keyword !== '$ref');
  const beside = others.map((keyword) => at([...path, keyword], 'stands beside a $ref, which stands alone'));
  const here = [...path, '$ref'];
  if (typeof target !== 'string') return [...beside, at(here, 'must be a text')];
  if (!target.startsWith('#'))
    return [...beside, at(here, 'refers to another document: nothing is fetched, only "#/$defs/…" is read')];
  const name = /^#\/\$defs\/(\w+)$/.exec(target)?.[1];
  if (name === undefined || !Object.hasOwn(defs, name)) return [...beside, at(here, 'leads nowhere')];
  return beside;
}

/** The rules of one schema of a value, and of those inside it. */
class ValueRules {
  constructor(
    private readonly defs: Members,
    private readonly codeLists: Members,
  ) {}

  faultsIn(schema: unknown, path: Path): Fault[] {
    if (!isMembers(schema)) return [at(path, 'must be a schema')];
    if (path.length > deepest) return [at(path, 'is nested too deeply')];
    if (Object.hasOwn(schema, '$ref')) return faultsInReference(schema, this.defs, path);
    const type = memberOf(schema, 'type');
    const allowed = typeof type === 'string' ? memberOf(keywordsOf, type) : undefined;
    if (typeof type !== 'string' || allowed === undefined)
      return [at([...path, 'type'], `must be one of ${Object.keys(keywordsOf).join(', ')}`)];
    const unknown = Object.keys(schema)
      .filter((keyword) => !stringsOf(allowed).includes(keyword))
      .map((keyword) => at([...path, keyword], `is not a keyword that is read for type ${type}`));
    if (type === 'object') return [...unknown, ...this.faultsInObject(schema, path)];
    if (type === 'array') return [...unknown, ...this.faultsInList(schema, path)];
    if (type === 'string') return [...unknown, ...this.faultsInText(schema, path)];
    const bounds = ['minimum', 'maximum'].filter((bound) => Object.hasOwn(schema, bound));
    return [
      ...unknown,
      ...bounds
        .filter((bound) => typeof schema[bound] !== 'number')
        .map((bound) => at([...path, bound], 'must be a number')),
    ];
  }

  private faultsInObject(schema: Members, path: Path): Fault[] {
    const properties = membersOf(schema.properties);
    const empty = Object.keys(properties).length === 0;
    return [
      ...(empty ? [at([...path, 'properties'], 'is missing')] : []),
      ...Object.keys(properties)
        .filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name))
        .map((name) => at([...path, 'properties', name], 'must be named in camelCase')),
      ...('required' in schema && !Array.isArray(schema.required)
        ? [at([...path, 'required'], 'must be a list')]
        : []),
      ...listOf(schema.required).flatMap((name, index) =>
        typeof name === 'string' && Object.hasOwn(properties, name)
          ? []
          : [at([...path, 'required', index], 'is not one of the properties')],
      ),
      ...Object.entries(properties).flatMap(([name, inner]) =>
        this.faultsIn(inner, [...path, 'properties', name]),
      ),
    ];
  }

  private faultsInList(schema: Members, path: Path): Fault[] {
    const unique = schema.uniqueItems === true && resolve(schema.items, this.defs).type !== 'string';
    return [
      ...(isCount(schema.maxItems) ? [] : [at([...path, 'maxItems'], 'is missing: every list has an end')]),
      ...('minItems' in schema && !isCount(schema.minItems)
        ? [at([...path, 'minItems'], 'must be a count')]
        : []),
      ...('uniqueItems' in schema && typeof schema.uniqueItems !== 'boolean'
        ? [at([...path, 'uniqueItems'], 'must be true or false')]
        : []),
      ...(unique ? [at([...path, 'uniqueItems'], 'is for lists of texts alone')] : []),
      ...this.faultsIn(schema.items, [...path, 'items']),
    ];
  }

  private faultsInText(schema: Members, path: Path): Fault[] {
    const { codeList, format } = schema;
    const listed = typeof codeList === 'string' && Object.hasOwn(this.codeLists, codeList);
    const form = typeof format === 'string' ? memberOf(textFormats, format) : undefined;
    const bounded = codeList !== undefined || (form !== undefined && memberOf(form, 'open') !== true);
    return [
      ...(codeList !== undefined && !listed
        ? [at([...path, 'codeList'], 'is not a code list of this template')]
        : []),
      ...(format !== undefined && form === undefined
        ? [at([...path, 'format'], `must be one of ${Object.keys(textFormats).join(', ')}`)]
        : []),
      ...(bounded || isCount(schema.maxLength)
        ? []
        : [at([...path, 'maxLength'], 'is missing: every text has an end')]),
      ...('minLength' in schema && !isCount(schema.minLength)
        ? [at([...path, 'minLength'], 'must be a count')]
        : []),
    ];
  }
}

const referencesIn = (value: unknown, depth = 0): string[] => {
  if (depth > 2 * deepest || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string'
      ? [inner.replace('#/$defs/', '')]
      : referencesIn(inner, depth + 1),
  );
};

function faultsOfCycles(defs: Members): Fault[] {
  const next = new Map(Object.entries(defs).map(([name, schema]) => [name, new Set(referencesIn(schema))]));
  return [...next.keys()].flatMap((start) => {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let name = open.pop(); name !== undefined; name = open.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      open.push(...(next.get(name) ?? []));
    }
    return seen.has(start) ? [at(['schema', '$defs', start], 'refers back to itself')] : [];
  });
}

/** Every value schema of the fields, by where its answer stands: `/from`, `/incident/sectors`. */
export function schemaFields(json: unknown): Map<string, { schema: unknown; path: Path }> {
  const keys = stringsOf(memberOf(json, 'keys'));
  const root = membersOf(memberOf(memberOf(json, 'schema'), 'properties'));
  const found = Object.entries(root).flatMap(
    ([name, schema]): [string, { schema: unknown; path: Path }][] => {
      const path = ['schema', 'properties', name];
      if (keys.includes(name)) return [[`/${name}`, { schema, path }]];
      return Object.entries(membersOf(memberOf(schema, 'properties'))).map(([field, inner]) => [
        `/${name}/${field}`,
        { schema: inner, path: [...path, 'properties', field] },
      ]);
    },
  );
  return new Map(found);
}

const faultsInGroup = (schema: unknown, path: Path): Fault[] => [
  ...(memberOf(schema, 'type') === 'object' ? [] : [at([...path, 'type'], 'must be object: it is a group')]),
  ...(isMembers(memberOf(schema, 'properties')) ? [] : [at([...path, 'properties'], 'is missing')]),
  ...Object.keys(membersOf(schema))
    .filter((keyword) => keyword !== 'type' && keyword !== 'properties')
    .map((keyword) =>
      at([...path, keyword], 'is not read on a group: whether a field is there is never a rule'),
    ),
];

/**
 * What is wrong with the schema of a template document. Only keywords that are read here are allowed, so that
 * nothing is written that has no effect; references stay inside the document and never go round; every list and
 * text has an end. Presence and availability are not the author's: answer-schema.ts adds them to every field.
 */
export function faultsInSchema(json: unknown): Fault[] {
  const root = memberOf(json, 'schema');
  if (!isMembers(root)) return [];
  const keys = stringsOf(memberOf(json, 'keys'));
  const defs = membersOf(memberOf(root, '$defs'));
  const rules = new ValueRules(defs, membersOf(memberOf(json, 'codeLists')));
  const properties = Object.entries(membersOf(memberOf(root, 'properties')));
  return [
    ...(root.$schema === dialect ? [] : [at(['schema', '$schema'], `must be ${dialect}`)]),
    ...(root.type === 'object' ? [] : [at(['schema', 'type'], 'must be object')]),
    ...Object.keys(root)
      .filter((keyword) => !['$schema', 'type', 'properties', '$defs'].includes(keyword))
      .map((keyword) => at(['schema', keyword], 'is not a keyword that is read at the root')),
    ...properties
      .filter(([name]) => !keys.includes(name))
      .flatMap(([name, group]) => faultsInGroup(group, ['schema', 'properties', name])),
    ...[...schemaFields(json)].flatMap(([field, { schema, path }]) => [
      ...rules.faultsIn(schema, path),
      ...(field.lastIndexOf('/') > 0 &&
      Object.hasOwn(membersOf(resolve(schema, defs).properties), 'availability')
        ? [at(path, 'must not have a property "availability": that word says that there is no value')]
        : []),
    ]),
    ...Object.entries(defs).flatMap(([name, schema]) => rules.faultsIn(schema, ['schema', '$defs', name])),
    ...faultsOfCycles(defs),
  ];
}

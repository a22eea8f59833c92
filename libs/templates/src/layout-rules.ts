import { toPointer, type Fault } from '#libs/runtime';
import { listOf, memberOf, membersOf, stringsOf, type Members } from './loose-json.js';
import { resolve, schemaFields } from './schema-rules.js';

type Path = readonly (string | number)[];
const at = (path: Path, detail: string): Fault => ({ pointer: toPointer(path), detail });

/** Whether a schema is that of a free text: `{text, language}`, one value for a reader. */
export const isFreeText = (schema: Members): boolean =>
  Object.keys(membersOf(schema.properties)).sort().join() === 'language,text';

/** The parts a value has for a reader: the members of a group, or of each row of a table; none for one value. */
function partsOf(schema: unknown, defs: Members): Members {
  const value = resolve(schema, defs);
  const group = value.type === 'array' ? resolve(value.items, defs) : value;
  return group.type === 'object' && !isFreeText(group) ? membersOf(group.properties) : {};
}

function widgetsOf(schema: Members, defs: Members): string[] {
  const { type, codeList, format } = schema;
  if (type === 'array') {
    const item = resolve(schema.items, defs);
    if (item.type === 'object' && !isFreeText(item)) return ['table'];
    if (item.codeList !== undefined) return ['choices'];
    return item.format === 'party-code' ? ['parties', 'list'] : ['list'];
  }
  if (type === 'object') return isFreeText(schema) ? ['line', 'paragraph'] : ['group'];
  if (type === 'boolean') return ['yes-no'];
  if (type !== 'string') return ['number'];
  if (codeList !== undefined) return ['choice'];
  if (format === 'party-code') return ['party'];
  return format === 'utc-instant' ? ['instant'] : ['line', 'paragraph'];
}

function faultsInParts(drawn: unknown, schema: unknown, defs: Members, path: Path): Fault[] {
  const value = resolve(schema, defs);
  if (value.type === undefined) return [];
  const widget = memberOf(drawn, 'widget');
  const fitting = widgetsOf(value, defs);
  const misfit = typeof widget === 'string' && !fitting.includes(widget);
  const parts = partsOf(schema, defs);
  const listed = listOf(memberOf(drawn, 'parts'));
  const names = listed.map((part) => memberOf(part, 'name'));
  return [
    ...(misfit
      ? [at([...path, 'widget'], `does not fit: this value is drawn as ${fitting.join(' or ')}`)]
      : []),
    ...Object.keys(parts)
      .filter((name) => !names.includes(name))
      .map((name) => at([...path, 'parts'], `leaves out the part "${name}"`)),
    ...listed.flatMap((part, index) => {
      const name = names[index];
      const here = [...path, 'parts', index];
      if (typeof name !== 'string') return [];
      if (!Object.hasOwn(parts, name)) return [at([...here, 'name'], 'is not a part of this value')];
      if (names.indexOf(name) !== index) return [at([...here, 'name'], 'stands twice')];
      return faultsInParts(part, parts[name], defs, here);
    }),
  ];
}

function faultsInKeys(json: unknown): Fault[] {
  const keys = listOf(memberOf(json, 'keys'));
  const properties = membersOf(memberOf(memberOf(json, 'schema'), 'properties'));
  return keys.flatMap((key, index) => {
    if (typeof key !== 'string') return [];
    if (keys.indexOf(key) !== index) return [at(['keys', index], 'is named twice')];
    return Object.hasOwn(properties, key) ? [] : [at(['keys', index], 'is not a field of the schema')];
  });
}

/** A condition asks for codes of a key field that has a code list. */
function faultsInCondition(json: unknown, when: unknown, path: Path): Fault[] {
  const field = memberOf(when, 'field');
  if (typeof field !== 'string') return [];
  const key = stringsOf(memberOf(json, 'keys')).find((name) => `/${name}` === field);
  const schema = memberOf(json, 'schema');
  const asked = memberOf(memberOf(schema, 'properties'), key ?? '');
  const list = memberOf(resolve(asked, membersOf(memberOf(schema, '$defs'))), 'codeList');
  if (key === undefined || typeof list !== 'string')
    return [at([...path, 'field'], 'is not a key field with a code list')];
  const codes = codesOf(memberOf(memberOf(json, 'codeLists'), list));
  return listOf(memberOf(when, 'in')).flatMap((code, index) =>
    typeof code === 'string' && !codes.includes(code)
      ? [at([...path, 'in', index], `is not a code of the list "${list}"`)]
      : [],
  );
}

const codesOf = (list: unknown): unknown[] =>
  listOf(memberOf(list, 'codes')).map((code) => memberOf(code, 'code'));

function faultsInCodeLists(json: unknown): Fault[] {
  const used = new Set<unknown>();
  const collect = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 40) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'codeList') used.add(inner);
      collect(inner, depth + 1);
    }
  };
  collect(memberOf(json, 'schema'), 0);
  return Object.entries(membersOf(memberOf(json, 'codeLists'))).flatMap(([name, list]) => {
    const codes = codesOf(list);
    return [
      ...(used.has(name) ? [] : [at(['codeLists', name], 'is used by no field')]),
      ...codes.flatMap((code, index) =>
        typeof code === 'string' && codes.indexOf(code) !== index
          ? [at(['codeLists', name, 'codes', index, 'code'], 'stands twice')]
          : [],
      ),
    ];
  });
}

/**
 * Where layout, key fields, code lists and schema of a template document disagree: each field of the schema stands
 * in the layout exactly once, with its parts and a widget that can draw it, and nothing else stands there.
 */
export function faultsInLayout(json: unknown): Fault[] {
  const fields = schemaFields(json);
  const defs = membersOf(memberOf(memberOf(json, 'schema'), '$defs'));
  const blocks = listOf(memberOf(json, 'blocks'));
  const seen = new Set<string>();
  const keys = new Set<unknown>();
  const layout = blocks.flatMap((block, index) => {
    const path = ['blocks', index];
    const key = memberOf(block, 'key');
    const twice = key !== undefined && keys.has(key);
    keys.add(key);
    return [
      ...(twice ? [at([...path, 'key'], 'stands twice')] : []),
      ...faultsInCondition(json, memberOf(block, 'when'), [...path, 'when']),
      ...listOf(memberOf(block, 'fields')).flatMap((drawn, position) => {
        const here = [...path, 'fields', position];
        const name = memberOf(drawn, 'field');
        if (typeof name !== 'string') return [];
        if (seen.has(name)) return [at([...here, 'field'], 'stands twice')];
        seen.add(name);
        const field = fields.get(name);
        if (field === undefined) return [at([...here, 'field'], 'is not a field of the schema')];
        return faultsInParts(drawn, field.schema, defs, here);
      }),
    ];
  });
  const unseen = [...fields].filter(([name]) => !seen.has(name));
  return [
    ...faultsInKeys(json),
    ...layout,
    ...unseen.map(([, { path }]) => at(path, 'stands nowhere in the layout')),
    ...faultsInCodeLists(json),
  ];
}

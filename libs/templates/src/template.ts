import type { Fault } from '#libs/runtime';
import { validatorOf } from './answer-validator.js';
import { faultsInLayout } from './layout-rules.js';
import { faultsInSchema } from './schema-rules.js';
import { faultsInShape, templateDocument, type Template } from './template-document.js';

/** A template, or everything that is wrong with the document. */
export type ReadTemplate = { readonly template: Template } | { readonly faults: readonly Fault[] };

/**
 * Reads a template document: its shape, its schema, and whether the two agree. All faults are told at once, each with
 * a pointer into the document; a document with a fault is not used.
 */
export function readTemplate(json: unknown): ReadTemplate {
  const faults = [...faultsInShape(json), ...faultsInSchema(json), ...faultsInLayout(json)];
  const parsed = templateDocument.safeParse(json);
  if (faults.length > 0 || !parsed.success) return { faults: onceEach(faults) };
  try {
    validatorOf(parsed.data);
    return { template: parsed.data };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { faults: [{ pointer: '#/schema', detail }] };
  }
}

const onceEach = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.pointer ?? ''} ${fault.detail}`, fault])).values(),
];

/** Templates by key and version. */
export class Catalogue {
  constructor(readonly templates: readonly Template[]) {}

  /** The template of that key and version, of the highest version when none is named; undefined when there is none. */
  find(key: string, version?: number): Template | undefined {
    return this.templates
      .filter((template) => template.key === key && (version ?? template.version) === template.version)
      .sort((a, b) => b.version - a.version)[0];
  }
}

/**
 * Reads documents by their names into a catalogue. With a fault in any there is no catalogue: pointers then start
 * with the name of the document, `#/mitigation-request/blocks/0/title/fr`.
 */
export function loadCatalogue(
  documents: Readonly<Record<string, unknown>>,
): { readonly catalogue: Catalogue } | { readonly faults: readonly Fault[] } {
  const read = Object.entries(documents).map(([name, json]) => ({ name, result: readTemplate(json) }));
  const templates = read.flatMap(({ result }) => ('template' in result ? [result.template] : []));
  const faults = read.flatMap(({ name, result }): Fault[] =>
    'faults' in result
      ? result.faults.map(({ pointer = '#', detail }) => ({
          pointer: `#/${name}${pointer.slice(1)}`,
          detail,
        }))
      : [],
  );
  const seen = new Set<string>();
  for (const { name, result } of read) {
    if (!('template' in result)) continue;
    const { key, version } = result.template;
    const once = `${key} version ${version}`;
    if (seen.has(once)) faults.push({ pointer: `#/${name}/version`, detail: `there are two of ${once}` });
    seen.add(once);
  }
  return faults.length > 0 ? { faults } : { catalogue: new Catalogue(templates) };
}

import { isDeepStrictEqual } from 'node:util';
import { answerAt, fieldsOf } from './fields.js';
import type { ByLanguage, Template } from './template-document.js';

/** What an amendment did to one field. `before` and `after` are values, or why there is none. */
export interface Change {
  /** `#/incident/sectors`. */
  readonly field: string;
  readonly label: ByLanguage;
  readonly change: 'added' | 'changed' | 'removed';
  readonly before?: unknown;
  readonly after?: unknown;
}

/** The fields in which two answers to one template differ, in the order of its layout; the order of members is none. */
export function changesBetween(template: Template, before: unknown, after: unknown): Change[] {
  return fieldsOf(template).flatMap(({ field, pointer, label }): Change[] => {
    const [old, now] = [answerAt(before, field), answerAt(after, field)];
    if (isDeepStrictEqual(old, now)) return [];
    if (old === undefined) return [{ field: pointer, label, change: 'added', after: now }];
    if (now === undefined) return [{ field: pointer, label, change: 'removed', before: old }];
    return [{ field: pointer, label, change: 'changed', before: old, after: now }];
  });
}

import { toPointer, type Fault } from '#libs/runtime';
import { checkAnswers, type Answers, type Template } from '#libs/templates';

/**
 * Faults in what was given for a template beyond its key fields, with pointers to where it was given
 * (`#/answers/incident/sectors/0`). The key fields are checked elsewhere, where they were given.
 */
export function faultsInGiven(template: Template, keys: Answers, given: Answers): Fault[] {
  const stray = template.keys.filter((key) => Object.hasOwn(given, key));
  if (stray.length > 0)
    return stray.map((key) => ({
      pointer: toPointer(['answers', key]),
      detail: 'is one of the five fields: it is not given among "answers"',
    }));
  const isKey = (pointer = '') =>
    template.keys.some((key) => pointer === `#/${key}` || pointer.startsWith(`#/${key}/`));
  return checkAnswers(template, { ...given, ...keys }, 'save')
    .filter(({ pointer }) => !isKey(pointer))
    .map((fault) => ({ ...fault, pointer: `#/answers${(fault.pointer ?? '#').slice(1)}` }));
}

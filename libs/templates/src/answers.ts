import type { Fault } from '#libs/runtime';
import { toFaults } from './answer-faults.js';
import { validatorOf } from './answer-validator.js';
import { answerAt, applies, fieldsOf } from './fields.js';
import type { Template } from './template-document.js';

/** However much is wrong, an answer to it stays readable. */
const mostFaults = 100;

/** What is given where the document, by its key field, has no such block. */
function misplaced(template: Template, answers: unknown): Fault[] {
  return fieldsOf(template).flatMap(({ block, field, pointer }): Fault[] => {
    if (applies(block, answers) || answerAt(answers, field) === undefined) return [];
    const chosen = answerAt(answers, block.when?.field ?? '');
    if (typeof chosen !== 'string') return [];
    return [{ pointer, detail: `has no place where the answer is "${chosen.slice(0, 40)}"` }];
  });
}

/**
 * What is wrong with answers, one fault for each place (`#/incident/sectors/0`), at most 100; none when they fit.
 * With `save`, for a draft, key fields may be missing. Takes anything and throws nothing.
 */
export function checkAnswers(
  template: Template,
  answers: unknown,
  purpose: 'send' | 'save' = 'send',
): Fault[] {
  const validate = validatorOf(template);
  if (validate(answers)) return misplaced(template, answers).slice(0, mostFaults);
  const errors = (validate.errors ?? []).filter(
    ({ keyword, instancePath }) => purpose === 'send' || keyword !== 'required' || instancePath !== '',
  );
  const faults = new Map<string | undefined, Fault>();
  for (const fault of [...toFaults(errors), ...misplaced(template, answers)])
    if (!faults.has(fault.pointer)) faults.set(fault.pointer, fault);
  return [...faults.values()].slice(0, mostFaults);
}

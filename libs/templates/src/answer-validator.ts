import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { answerSchema } from './answer-schema.js';
import type { Template } from './template-document.js';
import { textFormats } from './text-formats.js';

const compiled = new WeakMap<Template, ValidateFunction>();

/** One for all templates: what it checks schemas by is compiled once. */
const ajv = new Ajv2020({
  strict: true,
  allErrors: true,
  verbose: true,
  ownProperties: true,
  logger: false,
});
ajv.addKeyword('codeList');
for (const [name, { test }] of Object.entries(textFormats)) ajv.addFormat(name, test);

/**
 * What checks answers to a template; compiled once for each template object.
 * Throws where the strict mode of the validator refuses the schema.
 */
export function validatorOf(template: Template): ValidateFunction {
  const known = compiled.get(template);
  if (known) return known;
  const schema = answerSchema(template);
  try {
    const validate = ajv.compile(schema);
    compiled.set(template, validate);
    return validate;
  } finally {
    // It remembers every schema: here the template does.
    ajv.removeSchema(schema);
  }
}

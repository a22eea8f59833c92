import { answerAt, applies, fieldsOf, isUnavailable, type Field, type Unavailable } from './fields.js';
import type { ByLanguage, Template } from './template-document.js';

/** How much of what a template asks for is there. It informs; it never blocks (A/76/135, 54 and 77 (b)). */
export interface Completeness {
  /** 0 to 100, rounded down: 100 means that nothing is missing or unavailable. */
  readonly percent: number;
  /** Fields that have a value, and all that are counted. */
  readonly answered: number;
  readonly fields: number;
  readonly unavailable: readonly ({ readonly field: string; readonly label: ByLanguage } & Unavailable)[];
  readonly missing: readonly {
    readonly field: string;
    readonly label: ByLanguage;
    readonly important: boolean;
  }[];
}

const weigh = (fields: readonly Field[]): number =>
  fields.reduce((sum, { important }) => sum + (important ? 2 : 1), 0);

/**
 * The completeness of answers that fit the template.
 *
 * Counted are all fields but the key fields, which are always there, in the blocks that apply. A field weighs 1, one
 * marked important in the layout weighs 2; percent is the weight of the fields with a value over the weight of all.
 * A field that is unknown, withheld or to follow is not missing, but adds nothing: what is not there cannot be read.
 * An empty list is a value: it says "none". Fields are named by pointer, in the order of the layout.
 */
export function completeness(template: Template, answers: unknown): Completeness {
  const counted = fieldsOf(template).filter(({ block, isKey }) => !isKey && applies(block, answers));
  const given = counted.map((field) => ({ field, answer: answerAt(answers, field.field) }));
  const answered = given.filter(({ answer }) => answer !== undefined && !isUnavailable(answer));
  const whole = weigh(counted);
  const there = weigh(answered.map(({ field }) => field));
  return {
    percent: whole === 0 ? 100 : Math.floor((100 * there) / whole),
    answered: answered.length,
    fields: counted.length,
    unavailable: given.flatMap(({ field: { pointer, label }, answer }) =>
      isUnavailable(answer)
        ? [
            {
              field: pointer,
              label,
              availability: answer.availability,
              ...(answer.expectedAt === undefined ? {} : { expectedAt: answer.expectedAt }),
            },
          ]
        : [],
    ),
    missing: given
      .filter(({ answer }) => answer === undefined)
      .map(({ field: { pointer, label, important } }) => ({
        field: pointer,
        label,
        important: important === true,
      })),
  };
}

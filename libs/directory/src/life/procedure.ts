import type { Texts } from '#libs/wording';

/** Steps that a national procedure can begin with (A/76/135, 77 (b)); their words are those of `procedure` in the texts. */
export const procedureSteps = [
  'receive-in-hours',
  'receive-out-of-hours',
  'acknowledge',
  'classify',
  'decide',
  'decide-out-of-hours',
  'tell',
  'hand-over',
  'legal-clearance',
  'operators',
  'templates',
  'translators',
  'channels',
  'without-network',
  'exercise',
] as const satisfies readonly (keyof Texts['procedure'])[];
export type ProcedureStep = (typeof procedureSteps)[number];

interface Written {
  text: string;
  language: string;
}

/** One step as a party keeps it: of the catalogue, or in words of its own. */
export interface KeptStep {
  step: ProcedureStep | null;
  own: Written | null;
  state: 'open' | 'done';
  /** The day on which it was done. */
  doneOn: string | null;
  note: Written | null;
}

export interface StepFault {
  at: number;
  field: 'step' | 'doneOn';
  detail: string;
}

/** What does not fit in a list of steps on a day, e.g. `2026-07-01`. */
export function faultsInSteps(steps: readonly KeptStep[], today: string): StepFault[] {
  return steps.flatMap(({ step, own, state, doneOn }, at): StepFault[] => {
    const faults: StepFault[] = [];
    if ((step === null) === (own === null))
      faults.push({ at, field: 'step', detail: 'must be one of the catalogue, or one of your own words' });
    if (step !== null && steps.findIndex((other) => other.step === step) < at)
      faults.push({ at, field: 'step', detail: 'is listed already' });
    if ((state === 'done') !== (doneOn !== null))
      faults.push({ at, field: 'doneOn', detail: 'must be given for what is done, and for nothing else' });
    if (doneOn !== null && doneOn > today)
      faults.push({ at, field: 'doneOn', detail: 'must not be in the future' });
    return faults;
  });
}

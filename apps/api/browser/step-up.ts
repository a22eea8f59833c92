import { wireFactorForms } from './factor-forms.js';
import { Refused } from './interface.js';
import { leaveFor } from './organization.js';
import { part } from './page-parts.js';
import { attempt, hide } from './refusals.js';

const dialog = part('step-up', HTMLDialogElement);
let answer: ((given: boolean) => void) | undefined;

function close(given: boolean): void {
  dialog.close();
  answer?.(given);
  answer = undefined;
}

wireFactorForms(dialog, 'step-up-error', () => close(true));
for (const button of dialog.querySelectorAll<HTMLElement>('[data-prove]'))
  button.addEventListener('click', () => {
    void attempt(async () => leaveFor(button.dataset.prove ?? '', 'step-up'), { box: 'step-up-error' });
  });
part('step-up-cancel', HTMLElement).addEventListener('click', () => close(false));
dialog.addEventListener('cancel', () => close(false));

/** Makes a call; where it needs the second factor given just now, asks for that and repeats the call. */
export async function withStepUp<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== 'step-up-needed') throw error;
    hide('step-up-error');
    for (const button of dialog.querySelectorAll('button')) button.disabled = false;
    dialog.showModal();
    const given = await new Promise<boolean>((resolve) => {
      answer = resolve;
    });
    if (!given) throw error;
    return work();
  }
}

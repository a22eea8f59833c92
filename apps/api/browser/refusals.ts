import { Refused } from './interface.js';
import { PasskeyRefused } from './webauthn.js';
import { part, textAt, wordsOfPage } from './page-parts.js';

/** By the code of a refusal: the text that says it. */
type Saying = Readonly<Record<string, string>>;

/** What a refusal says to the reader. `conflict` means another thing at each call, so the caller may name texts. */
export function refusalText(error: unknown, says: Saying = {}): string {
  const words = wordsOfPage();
  const said = (code: string, ...fillings: string[]) => textAt(words, ['refused', code], ...fillings);
  if (error instanceof PasskeyRefused) return said(error.reason) ?? error.reason;
  if (!(error instanceof Refused)) throw error;
  const { code, retryAfter } = error;
  const named = { conflict: 'known', ...says }[code] ?? code;
  return said(named, String(retryAfter ?? 60)) ?? said('other') ?? code;
}

/** Says it in the box with this id, and leads readers of screens there. */
export function show(text: string, id = 'error'): void {
  const box = part(id, HTMLElement);
  box.querySelector('p')?.replaceChildren(text);
  box.hidden = false;
  box.focus();
}

/** Nothing is wrong any more. */
export const hide = (id = 'error'): void => {
  part(id, HTMLElement).hidden = true;
};

/** Does one thing at a time: buttons wait meanwhile, and what is refused is said. */
export async function attempt(
  work: () => Promise<void>,
  { box = 'error', says = {} }: { box?: string; says?: Saying } = {},
): Promise<void> {
  const buttons = [...document.querySelectorAll('button')].filter(({ disabled }) => !disabled);
  for (const button of buttons) button.disabled = true;
  hide(box);
  try {
    await work();
  } catch (error) {
    show(refusalText(error, says), box);
  } finally {
    for (const button of buttons) button.disabled = false;
  }
}

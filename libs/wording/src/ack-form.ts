import { fitBytes } from './fit-bytes.js';
import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** The link can still be used: on the first look, or after a form that was not complete or held a wrong code. */
export type OpenView = {
  readonly expiresAt: Date;
  /** The name typed before, so that nobody types it twice. */
  readonly name?: string;
} & (
  | { readonly state: 'open'; readonly missing?: readonly ('name' | 'code')[] }
  | { readonly state: 'wrong-code'; readonly triesLeft: number }
);

type Fault = readonly [field: 'name' | 'code', text: string];

function faults(view: OpenView, language: Language): Fault[] {
  const { page } = textsIn(language);
  if (view.state === 'wrong-code') return [['code', page.wrongCode(view.triesLeft)]];
  const missing = { name: page.nameMissing, code: page.codeMissing } as const;
  return (view.missing ?? []).map((field) => [field, missing[field]] as const);
}

/** A summary of what was wrong with the last form, for the top of the page; nothing when nothing was. */
export function ackErrors(view: OpenView, language: Language): Markup {
  const all = faults(view, language);
  if (all.length === 0) return noMarkup;
  const line = ([field, text]: Fault) => markup`<p><a href="#${field}" id="${field}-fault">${text}</a></p>\n`;
  return markup`<div class="errors" role="alert">
<h2>${textsIn(language).page.errorTitle}</h2>
${all.map(line)}</div>`;
}

/** The form to acknowledge receipt; a field that was wrong points to its line of the summary. */
export function ackForm(view: OpenView, language: Language): Markup {
  const { page, acknowledge } = textsIn(language);
  const all = faults(view, language);
  const faulty = (field: 'name' | 'code'): Markup =>
    all.some(([at]) => at === field)
      ? markup` aria-invalid="true" aria-describedby="${field}-fault ${field}-hint"`
      : markup` aria-describedby="${field}-hint"`;
  return markup`<form method="post">
<label for="name">${page.name}</label>
<p class="hint" id="name-hint">${page.nameHint}</p>
<input id="name" name="name" type="text" autocomplete="name" maxlength="120" required value="${fitBytes(plainLine(view.name ?? ''), 400)}"${faulty('name')}>
<label for="code">${page.code}</label>
<p class="hint" id="code-hint">${page.codeHint}</p>
<input id="code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" autocapitalize="off" spellcheck="false" maxlength="32" dir="ltr" required${faulty('code')}>
<button type="submit">${page.button}</button>
</form>
<p class="soft">${acknowledge.validUntil(formatInstant(view.expiresAt))} ${acknowledge.recorded}</p>`;
}

import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { textsIn } from './texts.js';

/** Whether the reader can say not to be responsible, or when that was said by this link. */
export type Responsibility = 'offered' | { readonly reportedAt: Date };

/** What was said, and that the request waits all the same; for the top of the page. */
export function responsibilityReported(said: Responsibility | undefined, language: Language): Markup {
  if (said === undefined || said === 'offered') return noMarkup;
  const { notResponsible: words } = textsIn(language);
  return markup`<div class="reported" role="status">
<h2>${words.reported(formatInstant(said.reportedAt))}</h2>
<p>${words.told}</p>
<p>${words.waits}</p>
</div>`;
}

/** One button, below all else: it posts `act` to the page's own address. */
export function responsibilityForm(said: Responsibility | undefined, language: Language): Markup {
  if (said !== 'offered') return noMarkup;
  const { notResponsible: words } = textsIn(language);
  return markup`<form method="post" class="apart">
<h2>${words.heading}</h2>
<p class="hint">${words.hint}</p>
<button type="submit" name="act" value="not-responsible" class="second">${words.button}</button>
</form>`;
}

/** The looks of both. */
export const responsibilityCss = markup`.reported{margin:0 0 1.5rem;padding:.875rem 1rem;border:3px solid var(--line)}
.apart{margin-top:2rem;padding-top:1rem;border-top:1px solid var(--line)}
button.second{color:var(--act);background:var(--page);border:2px solid var(--act)}`;

import type { Language } from './language.js';
import { markup, type Markup } from './markup.js';
import { textsIn } from './texts.js';

/** The version of the terms of use that are shown. A change of their meaning is a new version. */
export const termsVersion = '2026-12';

/** The terms of use, as they stand above the box that accepts them. */
export function termsOfUse(language: Language): Markup {
  const { heading, version, ...rest } = textsIn(language).terms;
  return markup`<h2>${heading}</h2>
<p class="hint">${version(termsVersion)}</p>
<ul>
${Object.values(rest).map((text) => markup`<li>${text}</li>\n`)}</ul>`;
}

import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';

/** A provider through which people of the party sign in. */
export interface AccountOrganization {
  /** The id of the provider. */
  readonly provider: string;
  readonly name: string;
  /** How this account is linked to it; null: not yet. */
  readonly link: { readonly id: string; readonly since: Date } | null;
}

/** Providers of the reader's organization, with the address at which each signs in; nothing where there are none. */
export function accountOrganizations(
  language: Language,
  publicUrl: string,
  organizations: readonly AccountOrganization[],
): Markup {
  if (organizations.length === 0) return noMarkup;
  const texts = textsIn(language).accountOrganizations;
  const card = ({ provider, name, link }: AccountOrganization) => {
    const shown = plainLine(name);
    const address = `${publicUrl}/organization-sign-in/${provider}`;
    const change = link
      ? markup`<details><summary>${texts.unlink}</summary>
<button type="button" class="second" data-delete="organization-identities/${link.id}" aria-label="${texts.unlinkNow}: ${shown}">${texts.unlinkNow}</button></details>`
      : markup`<button type="button" class="second" data-link="${provider}" aria-label="${texts.link}: ${shown}">${texts.link}</button>`;
    return markup`<li><h3><bdi>${shown}</bdi></h3>
<p class="soft">${link ? texts.since(formatInstant(link.since)) : texts.notLinked}</p>
<p>${texts.address}: <a href="${address}">${address}</a></p>
${change}</li>\n`;
  };
  return markup`<section aria-labelledby="organizations-heading">
<h2 id="organizations-heading">${texts.heading}</h2>
<p>${texts.text}</p>
<ul class="cards">
${organizations.map(card)}</ul>
</section>`;
}

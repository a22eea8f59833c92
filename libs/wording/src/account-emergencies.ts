import { formatInstant } from './instant.js';
import { directionOf, type Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine, plainText } from './plain-line.js';
import { textsIn } from './texts.js';

/** Somebody of the party who asks to be let in without a second factor, or was let in. */
export interface AccountEmergency {
  readonly id: string;
  readonly state: 'asked' | 'granted';
  readonly who: string;
  /** Whether it is asked for this very account. */
  readonly own: boolean;
  readonly reason: { readonly text: string; readonly language: string };
  readonly askedAt: Date;
  /** Until when it stands: asked for, or granted. */
  readonly until: Date;
  /** Names of those who have vouched. */
  readonly vouched: readonly string[];
  /** Whether the reader can vouch: not for themself, and once. */
  readonly mayVouch: boolean;
}

/** Emergency accesses that are open in the reader's State, each with what to do first; nothing where there are none. */
export function accountEmergencies(language: Language, open: readonly AccountEmergency[]): Markup {
  if (open.length === 0) return noMarkup;
  return markup`<section aria-labelledby="emergencies-heading">
<h2 id="emergencies-heading">${textsIn(language).emergencyPage.heading}</h2>
<ul class="cards">
${open.map((one) => card(language, one))}</ul>
</section>`;
}

function card(language: Language, one: AccountEmergency): Markup {
  const { emergencyPage: texts, emergency } = textsIn(language);
  const { id, state, who, own, reason, askedAt, until, vouched } = one;
  const stands = state === 'asked' ? texts.standsUntil : texts.grantedUntil;
  const by = vouched.length > 0 ? vouched.map(plainLine).join(', ') : texts.nobodyYet;
  const tag = plainLine(reason.language);
  return markup`<li><h3><bdi>${plainLine(who)}</bdi></h3>
<p class="soft">${texts.askedAt(formatInstant(askedAt))}; ${stands(formatInstant(until))}</p>
<blockquote lang="${tag}" dir="${directionOf(tag)}">${plainText(reason.text)}</blockquote>
<p>${texts.vouchedBy}: <bdi>${by}</bdi></p>
${own ? markup`<p class="band">${emergency.notYou}</p>` : noMarkup}
${one.mayVouch ? vouchForm(language, id) : noMarkup}
<details><summary>${state === 'asked' ? texts.refuse : texts.end}</summary>
<button type="button" class="second" data-delete="emergency-access/${id}" aria-label="${texts.endNow}: ${plainLine(who)}">${texts.endNow}</button></details></li>\n`;
}

function vouchForm(language: Language, id: string): Markup {
  const { emergencyPage: texts, emergency } = textsIn(language);
  return markup`<form method="post" data-vouch="${id}">
<p class="band">${emergency.advice}</p>
<label for="vouch-${id}">${texts.codeHeard}</label>
<input id="vouch-${id}" name="code" class="code" inputmode="numeric" autocomplete="off" maxlength="20" required>
<button type="submit">${texts.vouch}</button>
</form>`;
}

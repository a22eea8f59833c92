import type { Language } from './language.js';
import { markup, type Markup } from './markup.js';
import { textsIn } from './texts.js';

/** Where the second factor is asked for: the way for who has lost every one. The page's script fills and sends it. */
export function emergencyForm(language: Language): Markup {
  const { emergencyPage: texts } = textsIn(language);
  return markup`<details id="emergency"><summary>${texts.lost}</summary>
<form method="post" id="emergency-form" hidden>
<p>${texts.lostText}</p>
<label for="emergency-reason">${texts.why}</label>
<p class="hint" id="emergency-reason-hint">${texts.whyHint}</p>
<input id="emergency-reason" name="reason" type="text" autocomplete="off" maxlength="1000" required aria-describedby="emergency-reason-hint">
<button type="submit">${texts.ask}</button>
</form>
<div id="emergency-wait" tabindex="-1" hidden>
<p>${texts.codeIs}</p>
<p class="code" id="emergency-code"></p>
<p>${texts.whatToDo}</p>
<p id="emergency-state" role="status"></p>
<button type="button" id="emergency-check">${texts.check}</button>
<button type="button" class="second" id="emergency-end">${texts.takeBack}</button>
</div></details>`;
}

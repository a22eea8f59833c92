import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { textsIn } from './texts.js';

/** The kinds of second factor that a form offers. */
export interface OfferedFactors {
  readonly totp: boolean;
  readonly passkey: boolean;
  readonly recoveryCode: boolean;
}

/** The fields for a second factor, each kind in a form of its own. The page's script sends them. */
export function factorForm(language: Language, offered: OfferedFactors): Markup {
  const texts = textsIn(language).factorForm;
  const passkey = offered.passkey
    ? markup`<button type="button" class="second" data-factor="passkey">${texts.passkey}</button>`
    : noMarkup;
  const totp = offered.totp
    ? markup`<form method="post" data-factor="totp">
<label for="factor-totp">${texts.totp}</label>
<p class="hint" id="factor-totp-hint">${texts.totpHint}</p>
<input id="factor-totp" name="totp" class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required aria-describedby="factor-totp-hint">
<button type="submit">${texts.button}</button>
</form>`
    : noMarkup;
  const recovery = offered.recoveryCode
    ? markup`<details><summary>${texts.recoveryInstead}</summary>
<form method="post" data-factor="recoveryCode">
<label for="factor-recovery">${texts.recoveryCode}</label>
<p class="hint" id="factor-recovery-hint">${texts.recoveryHint}</p>
<input id="factor-recovery" name="recoveryCode" class="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" required aria-describedby="factor-recovery-hint">
<button type="submit">${texts.button}</button>
</form></details>`
    : noMarkup;
  return markup`${totp}${passkey}${recovery}`;
}

import { formatInstant } from './instant.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** What an account proves itself with beside its password. */
export interface AccountFactors {
  readonly totp: { readonly since: Date } | null;
  readonly passkeys: readonly {
    readonly id: string;
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
  }[];
  readonly recoveryCodesLeft: number;
}

type Words = Texts['account'];

/** A button that is opened first: what it does cannot be taken back. */
const remove = (texts: Words, address: string, what: string): Markup =>
  markup`<details><summary>${texts.remove}</summary>
<button type="button" class="second" data-delete="${address}" aria-label="${texts.removeForGood}: ${what}">${texts.removeForGood}</button></details>`;

function list(texts: Words, { totp, passkeys }: AccountFactors, mayRemove: boolean): Markup {
  if (totp === null && passkeys.length === 0) return markup`<p>${texts.noFactors}</p>`;
  const card = (what: string, when: string, address: string) => markup`<li><h3><bdi>${what}</bdi></h3>
<p class="soft">${when}</p>
${mayRemove ? remove(texts, address, what) : noMarkup}</li>\n`;
  const used = (at: Date | null) => (at === null ? texts.neverUsed : texts.lastUsed(formatInstant(at)));
  return markup`<ul class="cards">
${passkeys.map(({ id, name, createdAt, lastUsedAt }) =>
  card(
    texts.passkey(plainLine(name)),
    `${texts.since(formatInstant(createdAt))}; ${used(lastUsedAt)}`,
    `passkeys/${id}`,
  ),
)}${totp === null ? noMarkup : card(texts.totp, texts.since(formatInstant(totp.since)), 'totp')}</ul>`;
}

const addPasskey = (texts: Words, open: boolean): Markup => markup`<details${open ? markup` open` : noMarkup}>
<summary>${texts.addPasskey}</summary>
<form method="post" id="passkey-form">
<label for="passkey-name">${texts.passkeyName}</label>
<p class="hint" id="passkey-name-hint">${texts.passkeyNameHint}</p>
<input id="passkey-name" name="name" type="text" autocomplete="off" maxlength="100" required aria-describedby="passkey-name-hint">
<button type="submit">${texts.addPasskeyButton}</button>
</form></details>`;

const addTotp = (texts: Words): Markup => markup`<details id="totp-begin"><summary>${texts.addTotp}</summary>
<div id="totp-setup" hidden>
<p>${texts.totpSecret}</p>
<p id="totp-secret"></p>
<p><a id="totp-uri" href="#totp-begin">${texts.totpOpen}</a></p>
<form method="post" id="totp-form">
<label for="totp-code">${texts.totpCode}</label>
<input id="totp-code" name="code" class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="12" required>
<button type="submit">${texts.totpButton}</button>
</form></div></details>`;

const recoveryCodes = (
  texts: Words,
  left: number,
): Markup => markup`<p>${texts.recoveryLeft(String(left))}</p>
<details><summary>${texts.newRecovery}</summary>
<p>${texts.newRecoveryText}</p>
<button type="button" class="second" id="new-recovery">${texts.newRecoveryButton}</button></details>`;

/** Second factors: those that are set up, and forms for more. While the first one is missing none can be removed. */
export function accountFactors(language: Language, factors: AccountFactors, enrol: boolean): Markup {
  const texts = textsIn(language).account;
  const some = factors.totp !== null || factors.passkeys.length > 0;
  return markup`<section aria-labelledby="factors-heading">
<h2 id="factors-heading">${texts.factors}</h2>
${list(texts, factors, !enrol)}
${addPasskey(texts, enrol)}
${factors.totp === null ? addTotp(texts) : noMarkup}
${some && !enrol ? recoveryCodes(texts, factors.recoveryCodesLeft) : noMarkup}
</section>`;
}

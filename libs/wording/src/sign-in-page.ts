import { emergencyForm } from './emergency-form.js';
import { factorForm } from './factor-form.js';
import { markup, noMarkup } from './markup.js';
import { page, type PageFrame } from './page.js';
import { scriptPageCss } from './script-page-css.js';
import { scriptWords, wordsFor } from './script-words.js';
import { textsIn } from './texts.js';

/** What the page to sign in is made with. */
export type SignInView = PageFrame & {
  /** Whether this browser has a session that waits for its second factor: the page then goes on from there. */
  readonly waiting: boolean;
};

/**
 * The page to sign in: address and password, then the second factor, or a passkey alone. Its forms show once the
 * script runs, which sends them: a form that a browser sends by itself would lead nowhere.
 */
export function signInPage(frame: SignInView): string {
  const { signInPage: texts, factorForm: factors, refused, emergencyPage } = textsIn(frame.language);
  const body = markup`<main>
<h1>${texts.heading}</h1>
<noscript><p class="band">${texts.noScript}</p></noscript>
<div class="errors" id="error" role="alert" tabindex="-1" hidden><p></p></div>
<section id="password-step" hidden>
<form method="post" id="password-form">
<label for="email">${texts.email}</label>
<input id="email" name="email" type="email" autocomplete="username webauthn" maxlength="254" required>
<label for="password">${texts.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="1024" required>
<button type="submit">${texts.button}</button>
</form>
<button type="button" class="second" id="passkey-alone" aria-describedby="passkey-hint">${texts.passkey}</button>
<p class="hint" id="passkey-hint">${texts.passkeyHint}</p>
</section>
<section id="factor-step"${frame.waiting ? markup` data-waiting="yes"` : noMarkup} hidden>
<h2 tabindex="-1">${factors.heading}</h2>
${factorForm(frame.language, { totp: true, passkey: true, recoveryCode: true })}
${emergencyForm(frame.language)}
<button type="button" class="second" id="other-account">${texts.otherAccount}</button>
</section>
<p class="soft">${texts.organization}</p>
<p class="soft">${texts.lost}</p>
<p><a href="/verify?lang=${frame.language}">${texts.verify}</a></p>
${wordsFor('words', scriptWords({ refused, emergency: emergencyPage.state }))}
</main>`;
  return page(frame, texts.heading, body, scriptPageCss, [
    { address: '/scripts/passkeys.js', is: 'library' },
    { address: '/scripts/sign-in.js', is: 'module' },
  ]);
}

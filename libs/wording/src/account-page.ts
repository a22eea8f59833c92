import { accountEmergencies, type AccountEmergency } from './account-emergencies.js';
import { accountFactors, type AccountFactors } from './account-factors.js';
import { accountOrganizations, type AccountOrganization } from './account-organizations.js';
import { accountSessions, type AccountSession } from './account-sessions.js';
import { factorForm } from './factor-form.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { page, type PageFrame } from './page.js';
import { plainLine } from './plain-line.js';
import { scriptPageCss } from './script-page-css.js';
import { scriptWords, wordsFor } from './script-words.js';
import { textsIn } from './texts.js';
import type { Texts } from './texts/en.js';

/** Everything that the page of an account shows. */
export type AccountView = PageFrame & {
  readonly name: string;
  readonly role: keyof Texts['role'];
  /** Null for the network's staff. */
  readonly party: string | null;
  readonly body: string | null;
  /** Whether a second factor has to be set up before anything else is open; sessions are not shown then. */
  readonly enrol: boolean;
  readonly factors: AccountFactors;
  readonly sessions: readonly AccountSession[];
  readonly organizations: readonly AccountOrganization[];
  /** Those of the party that are open. */
  readonly emergencies: readonly AccountEmergency[];
};

const more = markup`${scriptPageCss}
#recovery-codes{columns:15rem;padding:0;list-style:none;font:700 1.0625rem/2 ui-monospace,Consolas,Menlo,monospace}
#totp-secret{font:700 1.125rem/1.6 ui-monospace,Consolas,Menlo,monospace;overflow-wrap:anywhere}
@media print{nav,.rest,.no-print,#recovery button{display:none}}`;

/** Who signed in, as far as is known here. */
function facts(view: AccountView): Markup {
  const { account: texts, role } = textsIn(view.language);
  const rows = [
    [texts.name, view.name],
    [texts.role, role[view.role]],
    [texts.party, view.party],
    [texts.body, view.body],
  ] as const;
  const row = ([label, value]: readonly [string, string | null]) =>
    value === null ? noMarkup : markup`<dt>${label}</dt><dd><bdi>${plainLine(value)}</bdi></dd>\n`;
  return markup`<dl>\n${rows.map(row)}</dl>`;
}

/** Shown once, right after they were made; filled by the script. */
function recovery(view: AccountView): Markup {
  const texts = textsIn(view.language).account;
  return markup`<section id="recovery" aria-labelledby="recovery-heading" hidden>
<h2 id="recovery-heading" tabindex="-1">${texts.recovery}</h2>
<p>${texts.recoveryText}</p>
<ol id="recovery-codes"></ol>
<button type="button" class="second" id="print">${texts.print}</button>
<button type="button" id="kept">${texts.kept}</button>
</section>`;
}

/** Asked when the interface wants the factor given just now. */
function stepUp({ language, factors, organizations }: AccountView): Markup {
  const texts = textsIn(language).factorForm;
  const elsewhere = organizations
    .filter(({ link }) => link !== null)
    .map(
      ({ provider, name }) =>
        markup`<button type="button" class="second" data-prove="${provider}">${texts.organization(plainLine(name))}</button>\n`,
    );
  const { totp, passkeys, recoveryCodesLeft } = factors;
  const offered = { totp: totp !== null, passkey: passkeys.length > 0, recoveryCode: recoveryCodesLeft > 0 };
  return markup`<dialog id="step-up" aria-labelledby="step-up-heading">
<h2 id="step-up-heading">${texts.again}</h2>
<p>${texts.againText}</p>
<div class="errors" id="step-up-error" role="alert" hidden><p></p></div>
${factorForm(language, offered)}
${elsewhere}<button type="button" class="second" id="step-up-cancel">${texts.cancel}</button>
</dialog>`;
}

/** The page of one's own account. Read without a script; what changes something is sent by the script. */
export function accountPage(view: AccountView): string {
  const { account: texts, refused, emergencyPage } = textsIn(view.language);
  const letIn = view.sessions.some(({ current, factor }) => current && factor === 'emergency');
  const enrol = view.enrol
    ? markup`<div class="band"><h2>${texts.enrol}</h2><p>${texts.enrolText}</p></div>`
    : noMarkup;
  const emergency = letIn ? markup`<p class="band">${emergencyPage.letIn}</p>` : noMarkup;
  const body = markup`<main>
<h1 class="no-print">${texts.heading}</h1>
<noscript><p class="band">${texts.noScript}</p></noscript>
<div class="errors" id="error" role="alert" tabindex="-1" hidden><p></p></div>
${recovery(view)}
<div class="rest" id="rest">
${facts(view)}
<button type="button" class="second" id="sign-out">${texts.signOut}</button>
${enrol}${emergency}
${accountEmergencies(view.language, view.emergencies)}
${accountFactors(view.language, view.factors, view.enrol)}
${accountOrganizations(view.language, view.publicUrl, view.organizations)}
${view.enrol ? noMarkup : accountSessions(view.language, view.sessions)}
</div>
${stepUp(view)}
${wordsFor('words', scriptWords({ refused }))}
</main>`;
  return page(view, texts.heading, body, more, [
    { address: '/scripts/passkeys.js', is: 'library' },
    { address: '/scripts/account.js', is: 'module' },
  ]);
}

import { fitBytes } from './fit-bytes.js';
import { formatInstant } from './instant.js';
import { invitationRows, type InvitationFacts } from './invitation-mail.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { page, signInLink, type PageFrame } from './page.js';
import { plainLine } from './plain-line.js';
import { termsOfUse } from './terms.js';
import { textsIn } from './texts.js';

/** What was wrong with the form that was sent. */
export type InviteFault = 'nameMissing' | 'passwordShort' | 'passwordCommon' | 'termsMissing';

type OpenInvite = PageFrame & {
  readonly state: 'open';
  readonly invitation: InvitationFacts;
  readonly email: string;
  readonly leastPassword: number;
  readonly faults?: readonly InviteFault[];
  readonly name?: string;
};

/** Everything the page shows. A link that opens nothing shows nothing of what it once was. */
export type InviteView = OpenInvite | (PageFrame & { readonly state: 'unknown' | 'taken' | 'done' });

const fieldOf: Record<InviteFault, string> = {
  nameMissing: 'name',
  passwordShort: 'password',
  passwordCommon: 'password',
  termsMissing: 'terms',
};

const more = markup`input[type=checkbox]{display:inline-block;width:1.5rem;min-height:1.5rem;margin:0 .5rem 0 0;vertical-align:middle}
ul{padding-inline-start:1.25rem}`;

const said = (fault: InviteFault, view: OpenInvite): string => {
  const text = textsIn(view.language).invitation[fault];
  return typeof text === 'string' ? text : text(String(view.leastPassword));
};

function errors(view: OpenInvite): Markup {
  const faults = view.faults ?? [];
  if (faults.length === 0) return noMarkup;
  const line = (fault: InviteFault) =>
    markup`<p><a href="#${fieldOf[fault]}" id="${fieldOf[fault]}-fault">${said(fault, view)}</a></p>\n`;
  return markup`<div class="errors" role="alert">
<h2>${textsIn(view.language).invitation.errorTitle}</h2>
${faults.map(line)}</div>`;
}

function form(view: OpenInvite): Markup {
  const { invitation: texts } = textsIn(view.language);
  const faulty = (field: string, hint = ` ${field}-hint`): Markup =>
    (view.faults ?? []).some((fault) => fieldOf[fault] === field)
      ? markup` aria-invalid="true" aria-describedby="${field}-fault${hint}"`
      : markup` aria-describedby="${hint.trim()}"`;
  return markup`<form method="post">
<label for="name">${texts.name}</label>
<p class="hint" id="name-hint">${texts.nameHint}</p>
<input id="name" name="name" type="text" autocomplete="name" maxlength="120" required value="${fitBytes(plainLine(view.name ?? ''), 400)}"${faulty('name')}>
<label for="password">${texts.password}</label>
<p class="hint" id="password-hint">${texts.passwordHint(String(view.leastPassword))}</p>
<input type="hidden" name="username" autocomplete="username" value="${view.email}">
<input id="password" name="password" type="password" autocomplete="new-password" minlength="${view.leastPassword}" maxlength="1024" required${faulty('password')}>
${termsOfUse(view.language)}
<p><label for="terms"><input id="terms" name="terms" type="checkbox" value="accepted" required${faulty('terms', ' terms-text')}><span id="terms-text">${texts.agree}</span></label></p>
<button type="submit">${texts.button}</button>
</form>`;
}

const facts = (rows: readonly (readonly [string, string])[]): Markup =>
  markup`<dl>\n${rows.map(([label, value]) => markup`<dt>${label}</dt><dd><bdi>${plainLine(value)}</bdi></dd>\n`)}</dl>`;

const plain = (view: PageFrame, title: string, text: string, link: Markup, look = ''): string =>
  page(
    view,
    title,
    markup`<main><h1${look === '' ? noMarkup : markup` class="${look}"`}>${title}</h1><p>${text}</p>${link}</main>`,
  );

/**
 * The page behind the link of an invitation: no script, nothing fetched. Its form posts to the page's own address,
 * url-encoded, with the fields `name`, `password` and `terms`.
 */
export function invitePage(view: InviteView): string {
  const { invitation: texts } = textsIn(view.language);
  if (view.state !== 'open') {
    const link = view.state === 'unknown' ? noMarkup : signInLink(view);
    return plain(
      view,
      texts[view.state],
      texts[`${view.state}Text`],
      link,
      view.state === 'done' ? 'good' : '',
    );
  }
  const wrong = errors(view);
  const rows = [[texts.account, view.email] as const, ...invitationRows(view.invitation)];
  const body = markup`<main>
${wrong}
<h1>${texts.heading}</h1>
${facts(rows)}
${form(view)}
<p class="soft">${texts.validUntil(formatInstant(view.invitation.expiresAt))}</p>
</main>`;
  return page(view, wrong === noMarkup ? texts.heading : texts.errorTitle, body, more);
}

import { markup, noMarkup } from './markup.js';
import { page, type PageFrame } from './page.js';
import { textsIn } from './texts.js';

/** What the start page shows beside what every instance has. */
export interface HomeView extends Omit<PageFrame, 'instance'> {
  /** Null while the instance has not been set up. */
  readonly instance: 'sample' | 'real' | null;
  readonly hasMailbox: boolean;
  /** Accounts to try, in a sample world only. */
  readonly accounts: readonly { readonly email: string; readonly does: string }[];
  readonly password: string;
}

/** The start page: what this is and where to go; that of a sample world names the accounts to try. */
export function homePage(view: HomeView): string {
  const { language, instance, hasMailbox, accounts, password } = view;
  const texts = textsIn(language).home;
  const entry = (address: string, text: string) => markup`<li><a href="${address}">${text}</a></li>\n`;
  const people =
    instance === 'sample'
      ? markup`<h2>${texts.accounts}</h2>
<p>${texts.password(password)}</p>
<dl class="accounts">${accounts.map(({ email, does }) => markup`<dt>${email}</dt><dd lang="en">${does}</dd>\n`)}</dl>`
      : noMarkup;
  const body = markup`<main>
${instance === null ? markup`<p class="band">${texts.notSetUp}</p>` : noMarkup}
<h1>Aldis</h1>
<p>${texts.lead}</p>
<ul>
${entry('/sign-in', texts.signIn)}${entry('/verify', texts.verify)}${entry('/api/docs', texts.docs)}${entry('/api/v1/openapi.json', texts.openapi)}${hasMailbox ? entry('/mailbox', texts.mailbox) : noMarkup}${entry('/api/v1/ready', texts.ready)}</ul>
${people}
</main>`;
  const more = markup`ul{padding-inline-start:1.25rem}li{margin:.375rem 0}.accounts dt{overflow-wrap:anywhere}`;
  return page({ ...view, instance: instance ?? 'real' }, 'Aldis', body, more);
}

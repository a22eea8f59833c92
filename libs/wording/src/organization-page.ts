import { markup, noMarkup, type Markup } from './markup.js';
import { page, signInLink, type PageFrame } from './page.js';
import { textsIn } from './texts.js';

/** What has become of a sign-in through the provider of an organization. */
export type OrganizationOutcome =
  'signed-in' | 'second-factor' | 'enrol' | 'linked' | 'stepped-up' | 'refused' | 'unavailable' | 'unknown';

/**
 * What the page shows: the offer to sign in at a provider, the way there, the form for what came back from it (which
 * changes nothing until it is sent), or what has become of it.
 */
export type OrganizationView = PageFrame &
  (
    | { readonly state: 'offer'; readonly provider: string }
    | { readonly state: 'leave'; readonly provider: string; readonly authorizationUrl: string }
    | { readonly state: 'returned'; readonly fields: Readonly<Record<string, string>> }
    | { readonly state: OrganizationOutcome }
  );

const keys: Record<
  OrganizationOutcome,
  'signedIn' | 'secondFactor' | 'enrol' | 'linked' | 'steppedUp' | 'refused' | 'unavailable' | 'unknown'
> = {
  'signed-in': 'signedIn',
  'second-factor': 'secondFactor',
  enrol: 'enrol',
  linked: 'linked',
  'stepped-up': 'steppedUp',
  refused: 'refused',
  unavailable: 'unavailable',
  unknown: 'unknown',
};
/** After these the account opens; after the others there is more to do on the page to sign in. */
const opens: ReadonlySet<string> = new Set(['signed-in', 'enrol', 'linked', 'stepped-up']);
const good: ReadonlySet<string> = new Set(['signed-in', 'linked', 'stepped-up']);

/** The page of a sign-in through an organization: no script, nothing fetched, forms to the page's own address. */
export function organizationPage(view: OrganizationView): string {
  const { organization: texts } = textsIn(view.language);
  if (view.state === 'offer')
    return of(
      view,
      texts.offer(view.provider),
      texts.offerText,
      markup`<form method="post"><button type="submit">${texts.begin}</button></form>`,
    );
  if (view.state === 'leave') {
    const { host } = new URL(view.authorizationUrl);
    return of(
      view,
      texts.leave(host),
      texts.leaveText,
      markup`<p><a class="sign-in" href="${view.authorizationUrl}">${texts.go(host)}</a></p>`,
    );
  }
  if (view.state === 'returned') {
    const fields = Object.entries(view.fields).map(
      ([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">\n`,
    );
    const form = markup`<form method="post">${fields}<button type="submit">${texts.finish}</button></form>`;
    return of(view, texts.returned, texts.returnedText, form);
  }
  const key = keys[view.state];
  const onward = opens.has(view.state) ? accountLink(view) : signInLink(view);
  const link = view.state === 'unknown' ? noMarkup : onward;
  return of(
    view,
    texts[key],
    texts[`${key}Text`],
    link,
    good.has(view.state) ? markup` class="good"` : noMarkup,
  );
}

const accountLink = ({ language, publicUrl }: PageFrame): Markup =>
  markup`<p><a class="sign-in" href="${publicUrl}/account">${textsIn(language).account.heading}</a></p>`;

const of = (view: PageFrame, title: string, text: string, rest: Markup, look: Markup = noMarkup): string =>
  page(view, title, markup`<main><h1${look}>${title}</h1>\n<p>${text}</p>\n${rest}</main>`);

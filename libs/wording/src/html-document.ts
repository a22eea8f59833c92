import { directionOf, type Language } from './language.js';
import { markup, type Markup } from './markup.js';

/** Colours of every page, for light and dark screens. */
export const palette = markup`:root{color-scheme:light dark;--page:#fff;--ink:#1b1b1b;--soft:#4d4d4d;--line:#767676;--act:#1f4e8c;--on-act:#fff;--band:#fff3cd;--on-band:#3d2c00;--bad:#a3121f;--good:#14622c}
@media (prefers-color-scheme:dark){:root{--page:#15181c;--ink:#f0f0f0;--soft:#bdbdbd;--line:#8c8c8c;--act:#8cb8f5;--on-act:#0b1a2e;--band:#3d3000;--on-band:#ffe8a3;--bad:#ff9aa2;--good:#7ddb97}}`;

/** A script by its address: a module, or one that leaves its names with the page. */
export interface PageScript {
  readonly address: string;
  readonly is: 'module' | 'library';
}

const scriptTag = ({ address, is }: PageScript): Markup =>
  markup`<script ${is === 'module' ? markup`type="module"` : markup`defer`} src="${address}"></script>\n`;

/** What stands in the head of a page. */
export interface PageHead {
  readonly language: Language;
  readonly nonce: string;
  readonly title: string;
  /** Scripts of our own, run in this order when the page has been read. */
  readonly scripts?: readonly PageScript[];
}

/** An HTML document: one style element with the nonce; fetched is nothing but the scripts that are named. */
export const htmlDocument = (
  { language, nonce, title, scripts = [] }: PageHead,
  style: Markup,
  body: Markup,
): string =>
  markup`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style nonce="${nonce}">
${style}
</style>
${scripts.map(scriptTag)}</head>
<body>
${body}
</body>
</html>
`.toString();

import { htmlDocument, palette, type PageScript } from './html-document.js';
import { languageNames, languages, type Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { textsIn } from './texts.js';

/** What each page is made with. */
export interface PageFrame {
  readonly language: Language;
  readonly instance: 'sample' | 'real';
  /** Nonce of the Content-Security-Policy for the one style element. */
  readonly nonce: string;
  /** The address of this instance. */
  readonly publicUrl: string;
  /** What the address asks for beside the language: the links to other languages keep it. */
  readonly asked?: Readonly<Record<string, string>>;
}

/** The looks of every page. */
export const pageCss = markup`${palette}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.frame{max-width:36rem;margin:0 auto;padding:1rem 1rem 3rem}
nav{text-align:end}
a{color:var(--act)}
nav a,.sign-in{display:inline-block;min-width:3rem;padding:.6875rem 0;min-height:3rem}
:focus-visible{outline:3px solid var(--act);outline-offset:3px}
h1{margin:.5rem 0 1rem;font-size:1.625rem;line-height:1.25;text-wrap:balance}
h1.good{color:var(--good)}
h2{margin:0 0 .25rem;font-size:1.0625rem}
p{margin:0 0 1rem}
.band{padding:.625rem .875rem;background:var(--band);color:var(--on-band);border:2px solid currentColor;font-weight:700}
.label{text-align:end}
.label span{display:inline-block;padding:.25rem .625rem;background:#000;border:1px solid var(--line);font:700 1rem/1.4 ui-monospace,Consolas,Menlo,monospace}
dl{margin:0 0 1.5rem;display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.375rem 1rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
blockquote{margin:0 0 1rem;padding:.125rem .875rem;border-inline-start:4px solid var(--act);white-space:pre-wrap;overflow-wrap:anywhere}
.soft{color:var(--soft);font-size:.9375rem}
.errors{margin:0 0 1.5rem;padding:.875rem 1rem;border:3px solid var(--bad)}
.errors p{margin:0}
label{display:block;font-weight:700}
.hint{margin:0 0 .375rem;color:var(--soft);font-size:.9375rem}
input{display:block;width:100%;min-height:3.25rem;margin:0 0 1.25rem;padding:.5rem .75rem;font:inherit;color:inherit;background:var(--page);border:2px solid var(--line);border-radius:.375rem}
input[aria-invalid]{border-color:var(--bad)}
#code{font:700 1.5rem/1.3 ui-monospace,Consolas,Menlo,monospace;letter-spacing:.125em}
button{width:100%;margin:0 0 .75rem;min-height:3.5rem;padding:.75rem 1.25rem;font:inherit;font-weight:700;color:var(--on-act);background:var(--act);border:0;border-radius:.375rem;cursor:pointer}`;

const switchLink = (language: Language, asked: Readonly<Record<string, string>> = {}): Markup =>
  markup`<a href="?${new URLSearchParams({ ...asked, lang: language }).toString()}" lang="${language}" hreflang="${language}">${languageNames[language]}</a>`;

/** The link to sign in. */
export const signInLink = ({ language, publicUrl }: PageFrame): Markup =>
  markup`<p><a class="sign-in" href="${publicUrl}/sign-in">${textsIn(language).page.signIn}</a></p>`;

/** A whole page, with a link to each other language; it runs no script unless it is given some. */
export function page(
  frame: PageFrame,
  title: string,
  body: Markup,
  more: Markup = noMarkup,
  scripts: readonly PageScript[] = [],
): string {
  const { language, instance, nonce, asked } = frame;
  const sample =
    instance === 'sample' ? markup`<p class="band">${textsIn(language).marking.sample}</p>` : noMarkup;
  const content = markup`<div class="frame">
<nav>${languages.filter((other) => other !== language).map((other) => switchLink(other, asked))}</nav>
${sample}
${body}
</div>`;
  return htmlDocument({ language, nonce, title, scripts }, markup`${pageCss}\n${more}`, content);
}

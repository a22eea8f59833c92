import { htmlDocument } from './html-document.js';
import type { Language } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { page, pageCss, type PageFrame } from './page.js';
import { scriptPageCss } from './script-page-css.js';
import { scriptWords, wordsFor } from './script-words.js';
import { textsIn } from './texts.js';

/** What the page of the verifier shows beside what every page has. */
export type VerifyView = PageFrame & {
  /** The keys of this instance as JSON, as they are published. */
  readonly keys: string;
  /** SHA-256, in hex, of the file that can be saved. */
  readonly digest: string;
};

const more = markup`${scriptPageCss}
textarea{display:block;width:100%;min-height:9rem;margin:0 0 1.25rem;padding:.5rem .75rem;font:.875rem/1.5 ui-monospace,Consolas,Menlo,monospace;color:inherit;background:var(--page);border:2px solid var(--line);border-radius:.375rem}
input[type=file]{padding:.6875rem .75rem;border-style:dashed}
.dropping input[type=file]{border-color:var(--act);border-style:solid}
.cards>li{border-inline-start:.375rem solid var(--line)}
.cards>li.good{border-color:var(--good)}
.cards>li.bad{border-color:var(--bad)}
.good h3,p.good{color:var(--good)}
.bad h3,p.bad{color:var(--bad)}
.cards dl{margin:.5rem 0 0}
pre{margin:0;overflow-x:auto;font:.875rem/1.5 ui-monospace,Consolas,Menlo,monospace}
.digest{overflow-wrap:anywhere}`;

/** The verifier itself, alike in page and file. */
function verifier(language: Language, keys: string, keysHint: string): Markup {
  const { verify: texts, receipt } = textsIn(language);
  return markup`<h1>${texts.heading}</h1>
<p>${texts.lead}</p>
<noscript><p class="band">${texts.noScript}</p></noscript>
<section>
<label for="files">${texts.files}</label>
<p class="hint" id="files-hint">${texts.filesHint}</p>
<input id="files" type="file" multiple accept=".json,application/json" aria-describedby="files-hint">
<label for="keys">${texts.keys}</label>
<p class="hint" id="keys-hint">${keysHint}</p>
<textarea id="keys" spellcheck="false" autocomplete="off" aria-describedby="keys-hint">${keys}</textarea>
<details><summary>${texts.keptKeys}</summary>
<label for="kept-keys">${texts.keptKeysLabel}</label>
<p class="hint" id="kept-keys-hint">${texts.keptKeysHint}</p>
<textarea id="kept-keys" spellcheck="false" autocomplete="off" aria-describedby="kept-keys-hint"></textarea>
</details>
<div id="succession" role="status"></div>
</section>
<section aria-labelledby="results-heading">
<h2 id="results-heading">${texts.results}</h2>
<p id="tally" role="status">${texts.none}</p>
<ol class="cards" id="results"></ol>
<button type="button" class="second" id="clear" hidden>${texts.clear}</button>
</section>
${wordsFor('words', scriptWords({ ...texts, evidence: receipt.evidences }))}`;
}

/** The page of the verifier: its script takes files and connects to nothing. */
export function verifyPage(view: VerifyView): string {
  const { language, keys, digest } = view;
  const texts = textsIn(language).verify;
  const body = markup`<main>
${verifier(language, keys, texts.keysHere)}
<section>
<h2>${texts.save}</h2>
<p>${texts.saveText} ${texts.independent}</p>
<p><a href="/verify/aldis-verify.html?lang=${language}" download="aldis-verify.html">${texts.save}</a></p>
<p><a href="/api/v1/ledger/key" download="aldis-keys.json">${texts.saveKeys}</a></p>
<p class="soft digest">${texts.saveDigest(digest)}</p>
</section>
</main>`;
  return page(view, texts.heading, body, more, [{ address: '/scripts/verify.js', is: 'module' }]);
}

/** The style of the file, whose digest its policy names. */
export const savedVerifierStyle = `${pageCss.toString()}\n${more.toString()}`;

/**
 * The verifier as one file that needs nothing else: the same in every instance of this version. `script` must not hold
 * what ends a script element; raises otherwise.
 */
export function savedVerifier(language: Language, policy: string, script: string): string {
  if (/<\/script|<!--/i.test(script)) throw new RangeError('this script cannot stand in a page');
  const { verify: texts } = textsIn(language);
  const body = markup`<div class="frame"><main>
${verifier(language, '', texts.keysAsked)}
<p class="soft">${texts.independent}</p>
</main></div>`;
  const whole = htmlDocument({ language, nonce: '', title: texts.heading }, noMarkup, body);
  const head = `<meta http-equiv="Content-Security-Policy" content="${policy}">\n<style>${savedVerifierStyle}</style>\n<script type="module">${script}</script>\n`;
  return whole.replace(/<style nonce="">\s*<\/style>\n/, () => head);
}

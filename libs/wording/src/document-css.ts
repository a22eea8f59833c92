import { pageWords } from './document-parts.js';
import type { DocumentText } from './document.js';
import { palette } from './html-document.js';
import { markingsBefore } from './markings.js';
import { markup, type Markup } from './markup.js';
import { plainLine } from './plain-line.js';
import { tlpColour, tlpLabel } from './tlp.js';

/** A text inside a CSS string: whatever could end the string or the style element is written by its number. */
const cssString = (text: string): string =>
  text.replace(/[^\p{L}\p{N} .,/-]/gu, (character) => `\\${(character.codePointAt(0) ?? 32).toString(16)} `);

const screen = markup`${palette}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 "Noto Sans",system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans Arabic","Noto Sans SC",sans-serif}
.frame{max-width:50rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
p{margin:0 0 1rem}
.band{padding:.625rem .875rem;background:var(--band);color:var(--on-band);border:2px solid currentColor;font-weight:700}
.label{text-align:right}
.label span{display:inline-block;padding:.25rem .625rem;background:#000;border:1px solid var(--line);font:700 12pt/1.4 "Noto Sans",system-ui,sans-serif;print-color-adjust:exact;-webkit-print-color-adjust:exact}
h1,h2,h3{line-height:1.25;text-wrap:balance;break-after:avoid}
h1{margin:1.5rem 0 1rem;font-size:1.75rem}
h2{margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:2px solid var(--ink);font-size:1.3125rem}
h3{margin:1.75rem 0 .5rem;font-size:1.0625rem}
.source{margin:-.375rem 0 .75rem;break-after:avoid}
.soft,.source,em{color:var(--soft)}
.soft,.source{font-size:.875rem}
dl{margin:0;display:grid;grid-template-columns:minmax(6rem,13rem) minmax(0,1fr)}
dt,dd{margin:0;padding:.4375rem 0;border-top:1px solid color-mix(in srgb,var(--line) 45%,transparent);overflow-wrap:anywhere}
dt{padding-inline-end:1.25rem;color:var(--soft)}
dd dl{grid-template-columns:minmax(5rem,8rem) minmax(0,1fr)}
dd dt,dd dd{padding-block:.1875rem;border-top:0}
dd dl dl{display:block}
dd dl dl dd{padding-inline-start:.75rem}
dd ol,dd ul{margin:0;padding-inline-start:1.5rem}
li{margin:0 0 .375rem}
blockquote{margin:0;padding:0 .75rem;border-inline-start:3px solid var(--act);white-space:pre-wrap;overflow-wrap:anywhere;box-decoration-break:clone;-webkit-box-decoration-break:clone}
footer{margin-top:2.5rem;padding-top:.75rem;border-top:1px solid var(--line)}
@media (max-width:36rem){dl,dd dl{display:block}dd{padding-top:0;border-top:0}}`;

/**
 * How a document looks on a screen and on paper, where label, markings, reference and page numbers stand in the
 * margins of each page (CSS Paged Media, margin boxes): the label at the right, 12 points (FIRST, TLP 2.0).
 */
export function documentCss(doc: DocumentText): Markup {
  const label = cssString(tlpLabel(doc.tlp));
  const colours = tlpColour(doc.tlp);
  const marks = markingsBefore(doc).flatMap((block) => ('text' in block ? [cssString(block.text)] : []));
  const lines = (...texts: string[]): string => texts.join('\\a ');
  const page = pageWords(doc.language).map(cssString);
  const box = markup`content:"${label}";width:max-content;height:7mm;padding:0 3mm;background:${colours.background};color:${colours.text};font:700 12pt/7mm "Noto Sans",system-ui,sans-serif;text-align:right;white-space:nowrap;print-color-adjust:exact;-webkit-print-color-adjust:exact`;
  const beside = markup`font:7.5pt/1.35 "Noto Sans",system-ui,sans-serif;text-align:left;white-space:pre-line;padding-right:6mm`;
  return markup`${screen}
.label span{color:${colours.text}}
@media print{
:root{color-scheme:light;--page:#fff;--ink:#000;--soft:#444;--line:#767676;--act:#1f4e8c;--band:#fff;--on-band:#000}
html{font-size:10pt}
.frame{max-width:none;padding:0}
dl{grid-template-columns:47mm minmax(0,1fr)}
dd dl{grid-template-columns:30mm minmax(0,1fr)}
}
@page{size:A4;margin:30mm 22mm;
@top-left{content:"${lines(...marks)}";${beside};vertical-align:middle}
@top-right{${box};vertical-align:middle;margin:11.5mm 0}
@bottom-left{content:"${lines(...marks, cssString(plainLine(doc.reference)))}" " \\2013  ${page[0] ?? ''}" counter(page) "${page[1] ?? ''}" counter(pages) "${page[2] ?? ''}";${beside};vertical-align:middle}
@bottom-right{${box};vertical-align:middle;margin:11.5mm 0}
}`;
}

import { documentCss } from './document-css.js';
import { closingSentences, identityOf, leadingEntries } from './document-parts.js';
import type { DocumentSection, DocumentText } from './document.js';
import { entriesHtml } from './entries-html.js';
import { htmlDocument } from './html-document.js';
import type { Language } from './language.js';
import type { Block, FixedBlock } from './mail-text.js';
import { markingsAfter, markingsBefore } from './markings.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine } from './plain-line.js';
import { textsIn } from './texts.js';
import { tlpLabel } from './tlp.js';

const unofficialNote = ({ status }: FixedBlock, language: Language): Markup =>
  status === 'unofficial' ? markup`<br><small>${textsIn(language).unofficialTranslation}</small>` : noMarkup;

function mark(block: Block, language: Language): Markup {
  switch (block.kind) {
    case 'tlp':
      return markup`<p class="label"><span dir="ltr" lang="en">${tlpLabel(block.code)}</span></p>\n`;
    case 'marking':
      return markup`<p class="band">${plainLine(block.text)}</p>\n`;
    case 'fixed':
      return markup`<p class="band" title="${block.id}, ${block.version}">${block.text}${unofficialNote(block, language)}</p>\n`;
    default:
      return noMarkup;
  }
}

const section = ({ title, level, source, entries }: DocumentSection): Markup => {
  const heading = level === 1 ? markup`<h2>${plainLine(title)}</h2>` : markup`<h3>${plainLine(title)}</h3>`;
  const from = source === undefined ? noMarkup : markup`<p class="source">${plainLine(source)}</p>\n`;
  return markup`<section>\n${heading}\n${from}${entriesHtml(entries)}\n</section>\n`;
};

const sentence = (block: FixedBlock, language: Language): Markup =>
  markup`<p class="soft">${block.text} <span dir="ltr">${identityOf(block)}</span>${unofficialNote(block, language)}</p>\n`;

/**
 * The document as one self-contained page to read and to print: one style element with the nonce, no script, nothing
 * fetched, every value escaped. On paper A4, with label, markings, reference and page numbers on each page.
 */
export function renderDocumentHtml(doc: DocumentText, { nonce }: { readonly nonce: string }): string {
  const { language, title, sections } = doc;
  const closing = closingSentences(doc).map((block) => sentence(block, language));
  const body = markup`<div class="frame">
<header>
${markingsBefore(doc).map((block) => mark(block, language))}</header>
<main>
<h1>${plainLine(title)}</h1>
${entriesHtml(leadingEntries(doc))}
${sections.map(section)}${closing.length === 0 ? noMarkup : markup`<footer>\n${closing}</footer>\n`}</main>
${markingsAfter(doc).map((block) => mark(block, language))}</div>`;
  return htmlDocument({ language, nonce, title: plainLine(title) }, documentCss(doc), body);
}

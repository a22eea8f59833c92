import type { DocumentEntry, DocumentValue } from './document.js';
import { isNumbered } from './document-parts.js';
import { directionOf } from './language.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine, plainText } from './plain-line.js';

/** Styles that stand on the elements themselves, where no style element is kept. */
export type EntryStyles = Readonly<Record<'dl' | 'dt' | 'dd' | 'blockquote' | 'em' | 'list' | 'li', string>>;

type StyleOf = (part: keyof EntryStyles) => Markup;

function value(given: DocumentValue, style: StyleOf): Markup {
  switch (given.kind) {
    case 'written':
      return markup`<blockquote lang="${given.language}" dir="${directionOf(given.language)}"${style('blockquote')}>${plainText(given.text)}</blockquote>`;
    case 'plain':
      return markup`<bdi>${plainLine(given.text)}</bdi>`;
    case 'absent':
      return markup`<em${style('em')}>${plainLine(given.text)}</em>`;
    case 'list': {
      const items = given.items.map((item) => markup`<li${style('li')}>${value(item, style)}</li>\n`);
      return isNumbered(given.items)
        ? markup`<ol${style('list')}>\n${items}</ol>`
        : markup`<ul${style('list')}>\n${items}</ul>`;
    }
    case 'group':
      return definitions(given.entries, style);
  }
}

function definitions(entries: readonly DocumentEntry[], style: StyleOf): Markup {
  const pairs = entries.map(
    (entry) =>
      markup`<dt${style('dt')}>${plainLine(entry.label)}</dt><dd${style('dd')}>${value(entry.value, style)}</dd>\n`,
  );
  return pairs.length === 0 ? noMarkup : markup`<dl${style('dl')}>\n${pairs}</dl>`;
}

/** Labels and values as a list of definitions; without styles the page's own style element says how they look. */
export const entriesHtml = (entries: readonly DocumentEntry[], styles?: EntryStyles): Markup =>
  definitions(entries, (part) => (styles === undefined ? noMarkup : markup` style="${styles[part]}"`));

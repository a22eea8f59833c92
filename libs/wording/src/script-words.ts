import { markup, type Markup } from './markup.js';

type Text = string | ((...fillings: string[]) => string);

/** Texts as a script takes them: the first placeholder is `{0}`, the second `{1}`. */
type ScriptWords = { readonly [key: string]: string | ScriptWords };

interface TextTree {
  readonly [key: string]: Text | TextTree;
}

/** The same texts without functions, so that they can be handed to a script as JSON. */
export const scriptWords = (texts: TextTree): ScriptWords =>
  Object.fromEntries(
    Object.entries(texts).map(([key, text]) => {
      if (typeof text === 'function') return [key, text('{0}', '{1}', '{2}')];
      return [key, typeof text === 'string' ? text : scriptWords(text)];
    }),
  );

/** Where a page's script finds its texts and what else the page hands it. */
export const wordsFor = (id: string, words: object): Markup =>
  markup`<div id="${id}" data-words="${JSON.stringify(words)}" hidden></div>`;

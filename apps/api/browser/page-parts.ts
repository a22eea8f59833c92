/** What the page gives its script to say: texts, in which `{0}` is the first placeholder. */
export interface Words {
  readonly [key: string]: string | Words;
}

/** The element with this id, of this kind. Raises when the page has none. */
export function part<T extends HTMLElement>(id: string, kind: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new TypeError(`this page has no ${id}`);
  return element;
}

/** The texts of the page. */
export const wordsOfPage = (): Words => JSON.parse(part('words', HTMLElement).dataset.words ?? '{}') as Words;

/** The text at a path, e.g. `fault`, `place`, with its placeholders filled; undefined where there is none. */
export function textAt(words: Words, path: readonly string[], ...fillings: string[]): string | undefined {
  let at: string | Words | undefined = words;
  for (const step of path) at = typeof at === 'object' && Object.hasOwn(at, step) ? at[step] : undefined;
  if (typeof at !== 'string') return undefined;
  return at.replaceAll(/\{(\d)\}/g, (_, index: string) => fillings[Number(index)] ?? '');
}

/** An element with a text in it. */
export function element(name: string, text = '', look = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  if (look !== '') made.className = look;
  return made;
}

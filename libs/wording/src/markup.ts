/** HTML that is safe to put into a page as it is. Made only by `markup`, so that forgetting to escape is impossible. */
export class Markup {
  readonly #html: string;

  private constructor(html: string) {
    this.#html = html;
  }

  static of(parts: TemplateStringsArray, values: readonly MarkupValue[]): Markup {
    return new Markup(String.raw({ raw: parts }, ...values.map(render)));
  }

  toString(): string {
    return this.#html;
  }
}

type MarkupValue = string | number | Markup | readonly Markup[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for element content and for quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => entities[character] ?? character);

const render = (value: MarkupValue): string => {
  if (value instanceof Markup) return value.toString();
  return typeof value === 'object' ? value.map(render).join('') : escapeHtml(String(value));
};

/** Tag for templates: whatever is put in is escaped, unless it is markup already. */
export const markup = (parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup =>
  Markup.of(parts, values);

/** Nothing at all. */
export const noMarkup = markup``;

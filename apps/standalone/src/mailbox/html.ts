const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text that is safe inside HTML, also within quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** A piece of finished HTML, told apart from text. */
export class Html {
  constructor(readonly value: string) {}
}

type Part = Html | string | number | readonly Html[];

const render = (part: Part): string =>
  part instanceof Html
    ? part.value
    : typeof part === 'object'
      ? part.map((piece) => piece.value).join('')
      : escapeHtml(String(part));

/** HTML from a template: everything put into it is escaped unless it is {@link Html} itself. */
export const html = (pieces: TemplateStringsArray, ...parts: Part[]): Html =>
  new Html(
    pieces.map((piece, index) => piece + (index < parts.length ? render(parts[index] ?? '') : '')).join(''),
  );

const address = /\bhttps?:\/\/[^\s<>"'`]+/g;

/** Text whose web addresses are links; a full stop or bracket that closes the sentence stays outside. */
export function linkify(text: string): Html {
  const parts: Html[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const url = match[0].replace(/[.,;:!?)\]]+$/, '');
    parts.push(html`${text.slice(end, match.index)}<a href="${url}" rel="noreferrer">${url}</a>`);
    end = match.index + url.length;
  }
  parts.push(html`${text.slice(end)}`);
  return html`${parts}`;
}

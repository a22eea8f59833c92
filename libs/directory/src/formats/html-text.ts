/** Entities that occur in documents of this kind; others stay as they stand. */
const entities: Readonly<Record<string, string>> = {
  ...{
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    shy: '',
  },
  ...{ ndash: '–', mdash: '—', hellip: '…', bull: '•', middot: '·', laquo: '«', raquo: '»', copy: '©' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', commat: '@', period: '.', plus: '+', colon: ':' },
  ...{ agrave: 'à', aacute: 'á', acirc: 'â', atilde: 'ã', auml: 'ä', aring: 'å', ccedil: 'ç', egrave: 'è' },
  ...{ eacute: 'é', ecirc: 'ê', euml: 'ë', iacute: 'í', icirc: 'î', iuml: 'ï', ntilde: 'ñ', oacute: 'ó' },
  ...{ ocirc: 'ô', otilde: 'õ', ouml: 'ö', oslash: 'ø', uacute: 'ú', ucirc: 'û', uuml: 'ü', szlig: 'ß' },
  ...{ Agrave: 'À', Aacute: 'Á', Auml: 'Ä', Ccedil: 'Ç', Eacute: 'É', Egrave: 'È', Ouml: 'Ö', Uuml: 'Ü' },
};

const entity = (whole: string, name: string): string => {
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? (entities[name] ?? whole) : whole;
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : '';
};

/** Text with its entities as the characters that they stand for. */
export const withoutEntities = (text: string): string =>
  text.replace(/&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});/g, entity);

const ofLines =
  /^(?:p|div|br|tr|li|ul|ol|h[1-6]|table|section|article|header|footer|dt|dd|dl|pre|hr|title|body)$/;
const ofCells = /^(?:td|th)$/;
const unseen = /^(?:script|style|noscript|template|svg|head)$/;

/** Whether a text is a page of the web, or a piece of one. */
export const isHtml = (text: string): boolean =>
  /^\s*(?:<!doctype html|<html[\s>])/i.test(text.slice(0, 2000)) ||
  (text.slice(0, 20_000).match(/<\/?(?:p|br|div|h[1-6]|li|td|pre)\b[^<>]{0,200}>/gi)?.length ?? 0) >= 3;

/** The text of a page as people see it: a line for each block, nothing of scripts and styles. */
export function textOfHtml(html: string): string {
  let text = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    text += html.slice(at, open);
    if (html.startsWith('<!--', open)) {
      at = after(html, '-->', open);
      continue;
    }
    const name = /^\/?[a-z][a-z0-9]{0,20}/i.exec(html.slice(open + 1, open + 24))?.[0].toLowerCase();
    if (name === undefined && html[open + 1] !== '!' && html[open + 1] !== '?') {
      text += '<';
      at = open + 1;
      continue;
    }
    at = after(html, '>', open);
    const bare = name?.replace('/', '') ?? '';
    if (ofLines.test(bare)) text += '\n';
    else if (ofCells.test(bare)) text += ' ';
    if (unseen.test(bare) && !name?.startsWith('/')) at = pastUnseen(html, bare, at);
  }
  return withoutEntities(text + html.slice(at)).replace(/\u00a0/g, ' ');
}

function after(html: string, mark: string, from: number): number {
  const end = html.indexOf(mark, from);
  return end < 0 ? html.length : end + mark.length;
}

function pastUnseen(html: string, name: string, from: number): number {
  for (let at = from; ; at += 1) {
    at = html.indexOf('</', at);
    if (at < 0) return html.length;
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
}

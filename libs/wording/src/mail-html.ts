import { groupCode } from './acknowledgement-code.js';
import { entriesHtml } from './entries-html.js';
import { formatInstant } from './instant.js';
import { directionOf, type Language } from './language.js';
import type { AcknowledgeSlot, Block, MailText } from './mail-text.js';
import { markup, noMarkup, type Markup } from './markup.js';
import { plainLine, plainText } from './plain-line.js';
import { textsIn } from './texts.js';
import { tlpColour, tlpLabel, type TlpCode } from './tlp.js';

// Mail programs keep only styles that stand on the element itself.
const style = {
  body: 'margin:0;padding:16px;background:#ffffff;color:#1b1b1b;font:16px/1.5 -apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif',
  frame: 'max-width:600px;margin:0 auto',
  band: 'margin:0 0 16px;padding:10px 14px;background:#fff3cd;color:#3d2c00;border:2px solid #8a6100;font-weight:bold',
  tlp: 'display:inline-block;padding:4px 10px;font:bold 16px/1.4 Consolas,Menlo,monospace',
  head: 'padding:4px 12px 4px 0;text-align:start;vertical-align:top;font-weight:normal;color:#4d4d4d',
  cell: 'padding:4px 0;vertical-align:top;overflow-wrap:anywhere',
  quote:
    'margin:0 0 16px;padding:2px 14px;border-inline-start:4px solid #1f4e8c;white-space:pre-wrap;overflow-wrap:anywhere',
  label: 'margin:0 0 4px;font-weight:bold',
  fixed: 'margin:0 0 16px;color:#4d4d4d;font-size:14px',
  slot: 'margin:0 0 16px;padding:16px;border:2px solid #1f4e8c;border-radius:6px',
  button:
    'display:inline-block;padding:12px 20px;background:#1f4e8c;color:#ffffff;border-radius:6px;font-weight:bold;text-decoration:none',
  small: 'margin:0 0 12px;font-size:14px;overflow-wrap:anywhere',
  title: 'margin:0 0 8px;font-size:18px',
  code: 'margin:0 0 12px;font:bold 32px/1.3 Consolas,Menlo,monospace;letter-spacing:2px',
} as const;

const entryStyles = {
  dl: 'margin:0 0 16px',
  dt: 'color:#4d4d4d',
  dd: 'margin:0 0 8px;overflow-wrap:anywhere',
  blockquote:
    'margin:0;padding:2px 14px;border-inline-start:4px solid #1f4e8c;white-space:pre-wrap;overflow-wrap:anywhere',
  em: 'color:#4d4d4d',
  list: 'margin:0;padding-inline-start:24px',
  li: 'margin:0 0 4px',
} as const;

const tlp = (code: TlpCode): Markup => {
  const { text, background } = tlpColour(code);
  return markup`<p style="margin:0 0 16px;text-align:right"><span dir="ltr" lang="en" style="${style.tlp};color:${text};background:${background}">${tlpLabel(code)}</span></p>`;
};

const link = (url: string): Markup =>
  markup`<a href="${plainLine(url)}" dir="ltr" style="color:#1f4e8c">${plainLine(url)}</a>`;

function acknowledge(language: Language, slot: AcknowledgeSlot | undefined): Markup {
  const { acknowledge: texts, labelled } = textsIn(language);
  if (slot === undefined) return markup`<p>${texts.signInInstead}</p>`;
  return markup`<div style="${style.slot}">
<h2 style="margin:0 0 8px;font-size:20px">${texts.heading}</h2>
<p style="margin:0 0 12px">${texts.steps}</p>
<p style="margin:0 0 12px"><a href="${slot.link}" style="${style.button}">${texts.open}</a></p>
<p style="${style.small}">${link(slot.link)}</p>
<p style="margin:0">${labelled(texts.code)}</p>
<p dir="ltr" style="${style.code}">${groupCode(slot.code)}</p>
<p style="margin:0;font-size:14px">${texts.validUntil(formatInstant(slot.expiresAt))} ${texts.keep} ${texts.recorded}</p>
</div>`;
}

const facts = (rows: readonly (readonly [string, string])[]): Markup => {
  const row = ([label, value]: readonly [string, string]) =>
    markup`<tr><th scope="row" style="${style.head}">${label}</th><td style="${style.cell}"><bdi>${plainLine(value)}</bdi></td></tr>\n`;
  return markup`<table style="margin:0 0 16px;border-collapse:collapse"><tbody>\n${rows.map(row)}</tbody></table>`;
};

const quote = ({ label, language, text }: Extract<Block, { kind: 'quote' }>): Markup => {
  const heading = label === undefined ? noMarkup : markup`<p style="${style.label}">${label}</p>`;
  return markup`${heading}<blockquote lang="${language}" dir="${directionOf(language)}" style="${style.quote}">${plainText(text)}</blockquote>`;
};

function fixed({ id, version, text, status }: Extract<Block, { kind: 'fixed' }>, language: Language): Markup {
  const note =
    status === 'unofficial'
      ? markup`<br><small>${textsIn(language).unofficialTranslation}</small>`
      : noMarkup;
  const look = id === 'fs.exercise' ? style.band : style.fixed;
  return markup`<p style="${look}" title="${id}, ${version}">${text}${note}</p>`;
}

function renderBlock(block: Block, language: Language, slot: AcknowledgeSlot | undefined): Markup {
  switch (block.kind) {
    case 'marking':
      return markup`<p style="${style.band}">${plainLine(block.text)}</p>`;
    case 'tlp':
      return tlp(block.code);
    case 'paragraph':
      return markup`<p style="margin:0 0 16px;white-space:pre-wrap">${plainText(block.text)}</p>`;
    case 'facts':
      return facts(block.rows);
    case 'quote':
      return quote(block);
    case 'link':
      return markup`<p style="margin:0 0 16px;overflow-wrap:anywhere">${block.label}<br>${link(block.url)}</p>`;
    case 'fixed':
      return fixed(block, language);
    case 'section':
      return markup`<h2 style="${style.title}">${plainLine(block.title)}</h2>\n${entriesHtml(block.entries, entryStyles)}`;
    case 'acknowledge':
      return acknowledge(language, slot);
  }
}

/**
 * The mail as one self-contained HTML document: inline styles, no image, nothing fetched. Every value is escaped.
 * Without a slot the `acknowledge` block asks to sign in.
 */
export function renderHtml(mail: MailText, slot?: AcknowledgeSlot): string {
  const { language, subject, blocks } = mail;
  const body = blocks.map((block) => markup`${renderBlock(block, language, slot)}\n`);
  return markup`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${plainLine(subject)}</title>
</head>
<body style="${style.body}">
<div style="${style.frame}">
${body}</div>
</body>
</html>
`.toString();
}

import { Html, html, linkify } from './html.js';
import type { Mail, MailSummary } from './mail.js';

const style = `
  :root { color-scheme: light dark; --line: #8884; --quiet: #6b7280; --accent: #1d4ed8; --card: #fff; --page: #f3f4f6; }
  @media (prefers-color-scheme: dark) { :root { --accent: #93c5fd; --card: #1f2937; --page: #111827; --quiet: #9ca3af; } }
  * { box-sizing: border-box; }
  body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: var(--page); }
  main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
  h1 { font-size: 1.3rem; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
  h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
  a { color: var(--accent); }
  .banner { background: #fde68a; color: #422006; padding: .5rem 1rem; text-align: center; font-size: .9rem; }
  .card { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
  .mail { display: block; padding: .7rem 1rem; border-top: 1px solid var(--line); color: inherit; text-decoration: none; }
  .mail:first-child { border-top: 0; }
  .mail:hover, .mail:focus { background: #8881; }
  .mail b { display: block; overflow-wrap: anywhere; }
  .quiet { color: var(--quiet); font-size: .875rem; overflow-wrap: anywhere; }
  .text { padding: 1rem; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.45 ui-monospace, Consolas, Menlo, monospace; }
  iframe { width: 100%; height: 36rem; border: 0; background: #fff; display: block; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; margin: 0; padding: 1rem; }
  dt { color: var(--quiet); } dd { margin: 0; overflow-wrap: anywhere; }
  summary { cursor: pointer; padding: .6rem 1rem; }
  @media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dt { margin-top: .4rem; } }
`;

const page = (title: string, body: Html, head: Html = html``): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        ${head}
        <title>${title}</title>
        <style>
          ${new Html(style)}
        </style>
      </head>
      <body>
        <div class="banner" role="note">
          Sample mail catcher: these mails were kept on this machine. Nothing was sent to anyone.
        </div>
        <main>${body}</main>
      </body>
    </html> `.value;

/** An instant for people: `2026-03-01 09:05:07 UTC`. */
const instant = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;

const subjectOf = (mail: MailSummary): string => mail.subject || '(no subject)';

const row = (mail: MailSummary): Html =>
  html`<a class="mail" href="/mailbox/${mail.id}">
    <b>${subjectOf(mail)}</b>
    <span class="quiet">${instant(mail.receivedAt)} · to ${mail.envelope.to.join(', ')}</span>
  </a> `;

/** The list, newest first; `mails` in that order, `total` counts those not shown too. Renews itself. */
export const listPage = (mails: readonly MailSummary[], total: number): string =>
  page(
    `Mailbox (${total})`,
    html`<h1>Mailbox</h1>
      <p class="quiet">
        ${total === 1 ? '1 mail' : `${total} mails`}${total > mails.length ? `, the newest ${mails.length} are shown` : ''}.
        This page renews itself every 5 seconds.
      </p>
      <div class="card">
        ${mails.length > 0 ? mails.map(row) : html`<p class="text">No mail yet. File a request, and what is sent appears here.</p>`}
      </div>`,
    html`<meta http-equiv="refresh" content="5" /> `,
  );

/** One mail: its envelope, its text with links, its HTML form where nothing runs or loads, and its headers. */
export const mailPage = (mail: Mail): string =>
  page(
    subjectOf(mail),
    html`<p>
        <a href="/mailbox">All mails</a> · <a href="/mailbox/${mail.id}/raw">As it came</a> ·
        <a href="/mailbox/${mail.id}.json">JSON</a>
      </p>
      <h1>${subjectOf(mail)}</h1>
      <div class="card">
        <dl>
          <dt>To</dt>
          <dd>${mail.envelope.to.join(', ')}</dd>
          <dt>From</dt>
          <dd>${mail.envelope.from || '(empty return path)'}</dd>
          <dt>Received</dt>
          <dd>${instant(mail.receivedAt)}</dd>
        </dl>
      </div>
      <h2>Text form</h2>
      <div class="card">
        ${mail.text ? html`<pre class="text">${linkify(mail.text)}</pre>` : html`<p class="text quiet">This mail has none.</p>`}
      </div>
      <h2>HTML form</h2>
      <div class="card">
        ${
          mail.html
            ? html`<iframe
                sandbox=""
                srcdoc="${mail.html}"
                title="HTML form of the mail"
                referrerpolicy="no-referrer"
              ></iframe>`
            : html`<p class="text quiet">This mail has none.</p>`
        }
      </div>
      ${mail.html ? html`<p class="quiet">Nothing runs, loads or opens from the HTML form; follow links from the text form.</p>` : ''}
      <h2>Headers</h2>
      <details class="card">
        <summary>${mail.headers.length} headers</summary>
        <dl>
          ${mail.headers.map(
            ({ name, value }) =>
              html`<dt>${name}</dt>
                <dd>${value}</dd> `,
          )}
        </dl>
      </details>`,
  );

/** What is said where there is no such mail. */
export const absentPage = (): string =>
  page(
    'No such mail',
    html`<h1>No such mail</h1>
      <p><a href="/mailbox">All mails</a></p>`,
  );

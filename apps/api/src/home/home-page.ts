import type { SampleAccount } from '#libs/directory';
import { markup } from '#libs/wording';

export interface Home {
  /** `null` while the instance has not been set up. */
  instance: 'sample' | 'real' | null;
  mailbox: boolean;
  accounts: readonly SampleAccount[];
  password: string;
  nonce: string;
}

const style = `
:root { color-scheme: light dark; }
body { max-width: 44rem; margin: 2rem auto; padding: 0 1rem; font: 1.0625rem/1.5 system-ui, sans-serif; }
.band { border: 2px solid #8a6100; background: #fff3cd; color: #3d2c00; padding: .6rem .9rem; font-weight: 600; }
li { margin: .4rem 0; }
table { border-collapse: collapse; font-size: .9375rem; }
td { padding: .2rem 1rem .2rem 0; vertical-align: top; }
code { font-size: .9375rem; }
`;

/** The start page: what this is and where to go; in a sample world it says so and names the accounts to try. */
export function homePage({ instance, mailbox, accounts, password, nonce }: Home): string {
  const sample = instance === 'sample';
  const band = sample
    ? markup`<p class="band">SAMPLE: a sample world. Its States, its events and its mailboxes are fictional; nothing in it is real.</p>`
    : markup``;
  const notSetUp =
    instance === null ? markup`<p class="band">This instance has not been set up yet.</p>` : markup``;
  const box = mailbox
    ? markup`<li><a href="/mailbox">Mailbox</a>: every mail that was sent, kept on this machine</li>`
    : markup``;
  const rows = accounts.map(
    ({ email, does }) => markup`<tr><td><code>${email}</code></td><td>${does}</td></tr>\n`,
  );
  const people = sample
    ? markup`<h2>Accounts to try</h2>
<p>All sign in with <code>${password}</code>, at <code>POST /api/v1/sessions</code>.</p>
<table>${rows}</table>`
    : markup``;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Aldis</title>
<style nonce="${nonce}">STYLE</style>
</head>
<body>
${band}${notSetUp}
<h1>Aldis</h1>
<p>Points of contact, requests for assistance and their acknowledgement between States (A/76/135, paragraphs 53, 54 and 76 to 78).</p>
<ul>
<li><a href="/api/docs">Programming interface</a>, to read and try; also as an <a href="/api/v1/openapi.json">OpenAPI document</a></li>
${box}
<li><a href="/api/v1/ready">Whether this instance is ready</a></li>
</ul>
${people}
</body>
</html>
`
    .toString()
    .replace('STYLE', style);
}

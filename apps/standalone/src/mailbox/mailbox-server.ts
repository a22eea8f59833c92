import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { matches } from './mail.js';
import type { MailStore } from './mail-store.js';
import { absentPage, listPage, mailPage } from './mailbox-pages.js';

/** The mailbox over HTTP, on the loopback interface. */
export interface MailboxServer {
  /** `http://127.0.0.1:port`; the pages are under `/mailbox`. */
  url: string;
  stop(): Promise<void>;
}

interface Answer {
  status: number;
  type: 'text/html' | 'application/json' | 'text/plain';
  body: string | Buffer;
}

const shownAtOnce = 200;
const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves, read only: `/mailbox` (filters `to`, an address, and `since`, an instant), `/mailbox/{id}`,
 * `/mailbox/{id}/raw`. The first two answer JSON when it is asked for by `Accept` or a name ending in `.json`.
 */
export async function startMailboxServer(store: MailStore): Promise<MailboxServer> {
  const server = createServer((request, response) => {
    answer(store, request).then(
      (found) => send(request, response, found),
      () =>
        send(request, response, { status: 500, type: 'text/plain', body: 'The mailbox cannot be read.\n' }),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the mailbox has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const asJson = (value: unknown, status = 200): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value, undefined, 2)}\n`,
});
const asPage = (body: string, status = 200): Answer => ({ status, type: 'text/html', body });

async function answer(store: MailStore, request: IncomingMessage): Promise<Answer> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return { status: 405, type: 'text/plain', body: 'The mailbox can only be read.\n' };
  const target = request.url ?? '/';
  const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
  const path = target.split('?', 1)[0] ?? '/';
  const json = path.endsWith('.json') || (request.headers.accept ?? '').includes('application/json');
  const [, box, id, form, ...more] = path
    .replace(/\.json$/, '')
    .replace(/\/$/, '')
    .split('/');
  const known = box === 'mailbox' && more.length === 0;
  if (known && id === undefined) return list(store, new URLSearchParams(query), json);
  if (known && id !== undefined && form === 'raw') {
    const raw = await store.raw(id);
    if (raw) return { status: 200, type: 'text/plain', body: raw };
  }
  const mail = known && id !== undefined && form === undefined ? await store.one(id) : undefined;
  if (mail) return json ? asJson(mail) : asPage(mailPage(mail));
  return json ? asJson({ title: 'No such mail', status: 404 }, 404) : asPage(absentPage(), 404);
}

async function list(store: MailStore, query: URLSearchParams, json: boolean): Promise<Answer> {
  const since = query.get('since');
  const from = since === null ? undefined : new Date(since);
  if (from && Number.isNaN(from.getTime()))
    return asJson({ title: 'since is not an instant such as 2026-03-01T09:00:00Z', status: 400 }, 400);
  const filter = { to: query.get('to') ?? undefined, since: from };
  const found = (await store.list()).filter((mail) => matches(mail, filter)).reverse();
  if (!json) return asPage(listPage(found.slice(0, shownAtOnce), found.length));
  const mails = [];
  for (const { id } of found) mails.push(await store.one(id));
  return asJson(mails.filter((mail) => mail !== undefined));
}

function send(request: IncomingMessage, response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    ...headers,
    'content-type': `${type}; charset=utf-8`,
    'content-length': Buffer.byteLength(body),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

import { mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { startMailCatcher, type MailCatcher } from './mail-catcher.js';
import { MailStore } from './mail-store.js';
import { startMailboxServer, type MailboxServer } from './mailbox-server.js';

const keys = { current: 'k1', keys: { k1: Buffer.alloc(32, 5).toString('base64') } };
const start = new Date('2026-03-01T09:00:00Z');

describe('the mailbox', () => {
  let folder: string;
  let seconds = 0;
  let catcher: MailCatcher;
  let pages: MailboxServer;
  const now = () => new Date(start.getTime() + 1_000 * seconds++);

  const open = async () => {
    const store = await MailStore.open({ folder, keys, now });
    [catcher, pages] = await Promise.all([
      startMailCatcher(store, () => undefined),
      startMailboxServer(store),
    ]);
  };
  const close = () => Promise.all([catcher.stop(), pages.stop()]);
  const send = async (to: string, subject: string, more: { text?: string; html?: string } = {}) => {
    const transport = createTransport(`${catcher.url}?pool=true`);
    await transport.sendMail({
      envelope: { from: 'bounces@aldis.example', to: [to] },
      from: 'aldis@aldis.example',
      to,
      subject,
      text: more.text ?? 'A text.',
      ...(more.html ? { html: more.html } : {}),
      disableUrlAccess: true,
    });
    transport.close();
  };
  const get = (path: string, accept = 'text/html') => fetch(`${pages.url}${path}`, { headers: { accept } });
  const json = async <T>(path: string): Promise<T> =>
    (await get(path, 'application/json')).json() as Promise<T>;
  interface Entry {
    id: string;
    receivedAt: string;
    envelope: { from: string; to: string[] };
    subject: string;
    text: string;
    html: string;
    headers: { name: string; value: string }[];
  }

  beforeEach(async () => {
    seconds = 0;
    folder = await mkdtemp(join(tmpdir(), 'aldis mailbox '));
    await open();
  });
  afterEach(async () => {
    await close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows what was sent, newest first, with both bodies and the headers', async () => {
    await send('duty@cert.xb.example', 'First');
    await send('Desk@foreign.xb.example', 'Zweite — “é”', { text: 'Text form', html: '<p>HTML form</p>' });
    const mails = await json<Entry[]>('/mailbox');
    expect(mails.map(({ subject }) => subject)).toEqual(['Zweite — “é”', 'First']);
    expect(mails[0]).toMatchObject({
      id: '000002',
      receivedAt: '2026-03-01T09:00:01.000Z',
      envelope: { from: 'bounces@aldis.example', to: ['Desk@foreign.xb.example'] },
      text: expect.stringContaining('Text form'),
      html: expect.stringContaining('<p>HTML form</p>'),
    });
    expect(mails[0]?.headers).toContainEqual({ name: 'From', value: 'aldis@aldis.example' });
    expect(await json<Entry>('/mailbox/000002')).toEqual(mails[0]);
    expect(await (await get('/mailbox/000002.json')).json()).toEqual(mails[0]);
  });

  it('filters by recipient and by time', async () => {
    await send('a@xa.example', 'one');
    await send('b@xb.example', 'two');
    await send('a@xa.example', 'three');
    const subjects = async (query: string) =>
      (await json<Entry[]>(`/mailbox?${query}`)).map(({ subject }) => subject);
    expect(await subjects('to=A%40xa.example')).toEqual(['three', 'one']);
    expect(await subjects('to=a%40xa.example&since=2026-03-01T09:00:01Z')).toEqual(['three']);
    expect((await get('/mailbox.json?since=yesterday')).status).toBe(400);
  });

  it('keeps the mails across a restart, in their order, and goes on counting', async () => {
    for (const subject of ['one', 'two', 'three']) await send('a@xa.example', subject);
    await close();
    await writeFile(join(folder, '000004.sealed.tmp'), 'half a mail');
    await truncate(join(folder, '000002.sealed'), 40);
    await open();
    await send('a@xa.example', 'four');
    const mails = await json<Entry[]>('/mailbox');
    expect(mails.map(({ id, subject }) => [id, subject])).toEqual([
      ['000004', 'four'],
      ['000003', 'three'],
      ['000001', 'one'],
    ]);
  });

  it('writes nothing in the clear', async () => {
    await send('duty@cert.xb.example', 'Ransomware at a hospital', { text: 'Most facts are unknown.' });
    const [name, ...others] = await readdir(folder);
    expect(others).toEqual([]);
    const file = await readFile(join(folder, name ?? ''), 'latin1');
    for (const word of ['Ransomware', 'duty', 'xb.example', 'unknown', 'Subject', 'receivedAt'])
      expect(file).not.toContain(word);
  });

  it('keeps all of many mails sent over several connections at once', async () => {
    const transport = createTransport({ url: `${catcher.url}`, pool: true, maxConnections: 5 });
    const sent = Array.from({ length: 40 }, (_, index) => `mail ${index}`);
    await Promise.all(
      sent.map((subject) =>
        transport.sendMail({ from: 'a@xa.example', to: 'b@xb.example', subject, text: '.' }),
      ),
    );
    transport.close();
    const kept = (await json<Entry[]>('/mailbox')).map(({ subject }) => subject);
    expect(kept.sort()).toEqual(sent.sort());
  });

  it('refuses a mail that is too long, and lives on', async () => {
    await expect(send('a@xa.example', 'long', { text: 'x'.repeat(27_000_000) })).rejects.toThrow();
    await send('a@xa.example', 'short');
    expect((await json<Entry[]>('/mailbox')).map(({ subject }) => subject)).toEqual(['short']);
  });

  it('shows hostile mails as text, with nothing that runs', async () => {
    await send('a@xa.example', '<script>alert(1)</script>', {
      text: '</pre><script>alert(2)</script> http://localhost:3000/ack/token',
      html: '<script>alert(3)</script>"><img src=x onerror=alert(4)>',
    });
    const list = await get('/mailbox');
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await list.text()).toContain('<meta http-equiv="refresh" content="5"');
    const page = await (await get('/mailbox/000001')).text();
    expect(page).not.toContain('<script');
    expect(page).toMatch(/<iframe\s+sandbox=""\s+srcdoc="&lt;script&gt;alert\(3\)/);
    expect(page).toContain('<a href="http://localhost:3000/ack/token" rel="noreferrer">');
  });

  it('gives a mail as it came over the wire, as plain text', async () => {
    await send('a@xa.example', 'As it came');
    const raw = await get('/mailbox/000001/raw');
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await raw.text()).toMatch(/^From: aldis@aldis\.example\r\n[^]*Subject: As it came\r\n/);
  });

  it('has nothing else to find or to change', async () => {
    for (const path of ['/', '/mailbox/000009', '/mailbox/..%2f..%2fetc/raw', '/mailbox/1/2/3', '/mailboxes'])
      expect((await get(path)).status).toBe(404);
    expect((await fetch(`${pages.url}/mailbox`, { method: 'POST' })).status).toBe(405);
  });
});

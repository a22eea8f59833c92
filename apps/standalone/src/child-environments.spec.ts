import { environment } from '#libs/runtime';
import { childEnvironments, publicUrl, type StartedParts } from './child-environments.js';

const parts: StartedParts = {
  port: 4321,
  database: {
    owner: 'postgresql://o@h/d',
    api: 'postgresql://a@h/d',
    worker: 'postgresql://w@h/d',
    ledger: 'postgresql://l@h/d',
  },
  smtpUrl: 'smtp://127.0.0.1:2525',
  mailboxUrl: 'http://127.0.0.1:8025',
  vault: { VAULT_KEY_FILE: '/data/vault-key.json' },
  ledger: { LEDGER_KEY_FILE: '/data/ledger-key.json' },
};

describe('the environments of the children', () => {
  const { api, worker } = childEnvironments(environment.standalone({ PORT: '0', LOG_LEVEL: 'warn' }), parts);

  it('hold all that the api and the worker ask for', () => {
    expect(environment.api(api)).toMatchObject({
      PORT: 4321,
      PUBLIC_URL: 'http://localhost:4321',
      LOG_LEVEL: 'warn',
      DATABASE_URL_API: parts.database.api,
      MAILBOX_URL: parts.mailboxUrl,
      VAULT_KEY_FILE: '/data/vault-key.json',
      LEDGER_KEY_FILE: '/data/ledger-key.json',
    });
    expect(environment.worker(worker)).toMatchObject({
      PUBLIC_URL: 'http://localhost:4321',
      DATABASE_URL_WORKER: parts.database.worker,
      SMTP_URL: parts.smtpUrl,
      MAIL_FROM: 'aldis@aldis.example',
      MAIL_FROM_EXERCISE: 'exercise@aldis.example',
    });
  });

  it('give each the one database address it serves with, and the mail server to the worker alone', () => {
    const addresses = (env: Record<string, string>) =>
      Object.keys(env).filter((name) => name.startsWith('DATABASE'));
    expect(addresses(api)).toEqual(['DATABASE_URL_API']);
    expect(addresses(worker)).toEqual(['DATABASE_URL_WORKER']);
    expect(api).not.toHaveProperty('SMTP_URL');
  });

  it('name no mailbox where there is none', () => {
    const withoutMailbox = childEnvironments(environment.standalone({}), { ...parts, mailboxUrl: undefined });
    expect(withoutMailbox.api).not.toHaveProperty('MAILBOX_URL');
  });
});

describe('the public address', () => {
  it('is the one given, else this machine, without a slash at the end', () => {
    expect(publicUrl({ PUBLIC_URL: 'https://aldis.example/' }, 3000)).toBe('https://aldis.example');
    expect(publicUrl({}, 3000)).toBe('http://localhost:3000');
  });
});

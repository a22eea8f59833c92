import { chooseParts } from './parts.js';

const own = {
  DATABASE_URL: 'postgresql://owner@db.example/aldis',
  DATABASE_URL_API: 'postgresql://api@db.example/aldis',
  DATABASE_URL_WORKER: 'postgresql://worker@db.example/aldis',
  DATABASE_URL_LEDGER: 'postgresql://ledger@db.example/aldis',
};
const development = { NODE_ENV: 'development' };

describe('the choice of parts', () => {
  it('embeds what is not given', () => {
    expect(chooseParts(development)).toEqual({ database: undefined, smtpUrl: undefined });
  });

  it('takes a database and a mail server that are given', () => {
    const parts = chooseParts({ ...development, ...own, SMTP_URL: 'smtp://mail.example' });
    expect(parts.database?.worker).toBe(own.DATABASE_URL_WORKER);
    expect(parts.smtpUrl).toBe('smtp://mail.example');
  });

  it('refuses some of the four database addresses and names the missing ones', () => {
    expect(() => chooseParts({ ...development, ...own, DATABASE_URL_API: undefined })).toThrow(
      /Missing: DATABASE_URL_API\.$/,
    );
    expect(() => chooseParts({ ...development, DATABASE_URL: own.DATABASE_URL })).toThrow(
      /Missing: DATABASE_URL_API, DATABASE_URL_WORKER, DATABASE_URL_LEDGER\.$/,
    );
  });

  it('refuses embedded parts in production', () => {
    expect(() => chooseParts({ NODE_ENV: 'production' })).toThrow(
      /DATABASE_URL and its companions and SMTP_URL/,
    );
    expect(() => chooseParts({ NODE_ENV: 'production', ...own })).toThrow(/Give SMTP_URL,/);
    expect(() => chooseParts({ NODE_ENV: 'production', SMTP_URL: 'smtp://mail.example' })).toThrow(
      /--embedded-production/,
    );
    expect(
      chooseParts({ NODE_ENV: 'production', ...own, SMTP_URL: 'smtp://mail.example' }).database,
    ).toBeDefined();
  });

  it('embeds the database in production when that is said, under https and with a mail server', () => {
    const said = { NODE_ENV: 'production', EMBEDDED_PRODUCTION: 'yes', SMTP_URL: 'smtp://mail.example' };
    expect(chooseParts({ ...said, PUBLIC_URL: 'https://aldis.example' }).database).toBeUndefined();
    expect(() => chooseParts(said)).toThrow(/PUBLIC_URL must be the https address/);
    expect(() => chooseParts({ ...said, PUBLIC_URL: 'http://aldis.example' })).toThrow(/PUBLIC_URL/);
    expect(() => chooseParts({ ...said, PUBLIC_URL: 'https://aldis.example', SMTP_URL: undefined })).toThrow(
      /Give SMTP_URL,/,
    );
  });
});

import { StartRefused } from './start-refused.js';
import type { DatabaseUrls } from './embedded-postgres/database-owner.js';

interface Given {
  NODE_ENV: string;
  DATABASE_URL?: string | undefined;
  DATABASE_URL_API?: string | undefined;
  DATABASE_URL_WORKER?: string | undefined;
  DATABASE_URL_LEDGER?: string | undefined;
  SMTP_URL?: string | undefined;
  PUBLIC_URL?: string | undefined;
  EMBEDDED_PRODUCTION?: string | undefined;
}

/** Which parts are given from outside; `undefined` means that one is to be embedded. */
export interface Parts {
  database: DatabaseUrls | undefined;
  smtpUrl: string | undefined;
}

/**
 * Sorts out which parts to embed. Raises {@link StartRefused} when the four database addresses are not all given or all
 * missing, and when a production instance would rest on an embedded part: on the mail catcher in any case, on the
 * embedded database unless `EMBEDDED_PRODUCTION` says so.
 */
export function chooseParts(given: Given): Parts {
  const addresses = {
    DATABASE_URL: given.DATABASE_URL,
    DATABASE_URL_API: given.DATABASE_URL_API,
    DATABASE_URL_WORKER: given.DATABASE_URL_WORKER,
    DATABASE_URL_LEDGER: given.DATABASE_URL_LEDGER,
  };
  const missing = Object.entries(addresses).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length > 0 && missing.length < 4)
    throw new StartRefused(
      'A database of your own needs all four addresses (owner, api, worker, ledger), because no part may serve with ' +
        `more rights than it needs. Missing: ${missing.join(', ')}.`,
    );
  const database = missing.length === 0 ? ownDatabase(given) : undefined;
  const isProduction = given.NODE_ENV === 'production';
  const onPurpose = given.EMBEDDED_PRODUCTION === 'yes';
  if (isProduction && onPurpose && !given.PUBLIC_URL?.startsWith('https:'))
    throw new StartRefused(
      'PUBLIC_URL must be the https address under which people reach this instance: links in mails begin with it, and ' +
        'browsers send the session over https alone.',
    );
  const embedded = [
    ...(database || onPurpose ? [] : ['DATABASE_URL and its companions']),
    ...(given.SMTP_URL ? [] : ['SMTP_URL']),
  ];
  if (isProduction && embedded.length > 0)
    throw new StartRefused(
      `NODE_ENV is "production", and the embedded parts are for trying out. Give ${embedded.join(' and ')}, ` +
        'or leave NODE_ENV unset. To serve from this machine alone, with the embedded database: --embedded-production ' +
        '(OPERATIONS.md).',
    );
  return { database, smtpUrl: given.SMTP_URL };
}

const ownDatabase = (given: Given): DatabaseUrls => ({
  owner: given.DATABASE_URL ?? '',
  api: given.DATABASE_URL_API ?? '',
  worker: given.DATABASE_URL_WORKER ?? '',
  ledger: given.DATABASE_URL_LEDGER ?? '',
});

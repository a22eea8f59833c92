import type { StandaloneEnvironment } from '#libs/runtime';
import type { DatabaseUrls } from './embedded-postgres/database-owner.js';

/** What the parts that were started add to what the environment gave. */
export interface StartedParts {
  port: number;
  database: DatabaseUrls;
  smtpUrl: string;
  mailboxUrl: string | undefined;
  vault: Record<string, string>;
  ledger: Record<string, string>;
}

const senders = { MAIL_FROM: 'aldis@aldis.example', MAIL_FROM_EXERCISE: 'exercise@aldis.example' };
const onlyHere = new Set([
  ...['DATA_DIR', 'SMTP_URL', 'VAULT_KEY', 'VAULT_KEY_FILE', 'LEDGER_KEY', 'LEDGER_KEY_FILE'],
  ...['EMBEDDED_PRODUCTION', 'BACKUP_DIR', 'BACKUP_RECOVERY_KEY', 'BACKUP_EVERY_HOURS', 'BACKUP_KEEP'],
]);

/**
 * The whole environment of the api and of the worker. Each gets the one database address it serves with and never the
 * owner's, so that neither holds a key it does not use.
 */
export function childEnvironments(
  given: StandaloneEnvironment,
  parts: StartedParts,
): { api: Record<string, string>; worker: Record<string, string> } {
  const common = texts({
    ...senders,
    ...Object.fromEntries(
      Object.entries(given).filter(([name]) => !name.startsWith('DATABASE_URL') && !onlyHere.has(name)),
    ),
    PORT: parts.port,
    PUBLIC_URL: publicUrl(given, parts.port),
    ...parts.vault,
    ...parts.ledger,
  });
  return {
    api: { ...common, DATABASE_URL_API: parts.database.api, ...texts({ MAILBOX_URL: parts.mailboxUrl }) },
    worker: { ...common, DATABASE_URL_WORKER: parts.database.worker, SMTP_URL: parts.smtpUrl },
  };
}

/** What an operator's command is given: the owner's address as well, the places of the keys, and what `doctor` tries. */
export const operatorEnvironment = (
  given: StandaloneEnvironment,
  { port, database, smtpUrl, vault, ledger }: StartedParts,
): Record<string, string> => ({
  DATABASE_URL: database.owner,
  DATABASE_URL_API: database.api,
  DATABASE_URL_WORKER: database.worker,
  DATABASE_URL_LEDGER: database.ledger,
  ...texts({ PUBLIC_URL: publicUrl(given, port), REDIS_URL: given.REDIS_URL, SMTP_URL: smtpUrl }),
  ...texts({ HOST: given.HOST, RETURN_ADDRESS: given.RETURN_ADDRESS, RETURN_PORT: given.RETURN_PORT }),
  ...vault,
  ...ledger,
});

/** The address that people open; links in mails begin with it. */
export const publicUrl = (given: { PUBLIC_URL?: string | undefined }, port: number): string =>
  (given.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, '');

const texts = (values: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );

import { z } from 'zod';

const asBeginning = (protocol: string): string =>
  protocol === 'mailto:' || protocol === 'tel:' ? protocol : `${protocol}//`;
const url = (...protocols: string[]) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), {
    error: `must be an address that begins with ${protocols.map(asBeginning).join(' or ')}`,
  });
const port = z
  .string()
  .regex(/^\d{1,5}$/, { error: 'must be a port number' })
  .transform(Number)
  .refine((value) => value <= 65535, { error: 'must be at most 65535' });
const mailAddress = z
  .string()
  .regex(/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/, { error: 'must be a plain mail address' });
const database = url('postgresql:', 'postgres:');

const fields = {
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(3000),
  PUBLIC_URL: url('http:', 'https:').optional(),
  DATA_DIR: z.string().default('.aldis'),
  DATABASE_URL: database,
  DATABASE_URL_API: database,
  DATABASE_URL_WORKER: database,
  DATABASE_URL_LEDGER: database,
  /** Proxies whose word on the caller's address is taken: addresses or ranges, with commas. */
  TRUSTED_PROXIES: z
    .string()
    .regex(/^[\w.:/]+(,\s*[\w.:/]+)*$/, { error: 'must be addresses or ranges with commas between them' })
    .default('loopback'),
  REDIS_URL: url('redis:', 'rediss:').optional(),
  SMTP_URL: url('smtp:', 'smtps:'),
  MAIL_FROM: mailAddress.default('aldis@aldis.example'),
  MAIL_FROM_EXERCISE: mailAddress.default('exercise@aldis.example'),
  /** The address that mails come back to, short enough for what stands behind its name (64 octets in all), and the port on which the worker takes them. */
  RETURN_ADDRESS: mailAddress
    .refine((value) => /^[\w-]{1,11}@/.test(value), {
      error: 'must have a name of at most 11 letters, digits, _ and - before the @',
    })
    .optional(),
  RETURN_PORT: port.default(2525),
  MAILBOX_URL: url('http:').optional(),
  /** That `npm start` may serve States from one machine, with the database that comes along. */
  EMBEDDED_PRODUCTION: z.enum(['yes', 'no']).default('no'),
  BACKUP_DIR: z.string().optional(),
  BACKUP_RECOVERY_KEY: z.string().optional(),
  BACKUP_EVERY_HOURS: z.coerce.number().int().min(1).max(168).default(24),
  BACKUP_KEEP: z.coerce.number().int().min(1).max(1000).default(14),
  RATE_LIMIT_PER_MINUTE: z.coerce.number().int().min(15).max(10_000_000).default(1200),
  SECURITY_CONTACT: url('mailto:', 'https:', 'tel:').optional(),
  VAULT_KEY_FILE: z.string().optional(),
  VAULT_KEY: z
    .string()
    .regex(/^[\w-]{1,32}:[A-Za-z0-9+/]{43}=$/, { error: 'must be a name, a colon and 32 bytes in base64' })
    .optional(),
  LEDGER_KEY_FILE: z.string().optional(),
  LEDGER_KEY: z
    .string()
    .regex(/^[\w-]{1,32}:[A-Za-z0-9+/]{43}=$/, { error: 'must be a name, a colon and 32 bytes in base64' })
    .optional(),
  WORKER_CONCURRENCY: z.coerce.number().int().min(1).max(100).default(10),
  WORKER_HEALTH_PORT: port.optional(),
  /** Names a point at which the process kills itself, so that the tests can try what survives. */
  FAIL_AT: z.string().optional(),
};

/** The names of all environment variables that are read anywhere. */
export const environmentVariables = Object.keys(fields) as (keyof typeof fields)[];

type Fields = typeof fields;
type Read<Keys extends keyof Fields> = z.infer<z.ZodObject<Pick<Fields, Keys>>>;
type Source = Readonly<Record<string, string | undefined>>;

const secret = ['VAULT_KEY', 'VAULT_KEY_FILE'] as const;
const process_ = ['NODE_ENV', 'LOG_LEVEL', 'FAIL_AT'] as const;
const signing = ['LEDGER_KEY', 'LEDGER_KEY_FILE'] as const;
const serving = [...process_, ...secret, ...signing, 'REDIS_URL', 'PUBLIC_URL', 'PORT'] as const;
const facing = ['RATE_LIMIT_PER_MINUTE', 'TRUSTED_PROXIES', 'SECURITY_CONTACT'] as const;
const returning = ['RETURN_ADDRESS', 'RETURN_PORT'] as const;
const apiKeys = [...serving, ...facing, 'HOST', 'DATABASE_URL_API', 'MAILBOX_URL'] as const;
const workerKeys = [
  ...serving,
  'DATABASE_URL_WORKER',
  'SMTP_URL',
  'MAIL_FROM',
  'MAIL_FROM_EXERCISE',
  'WORKER_CONCURRENCY',
  'WORKER_HEALTH_PORT',
  'HOST',
  ...returning,
] as const;
const operatorKeys = [
  ...process_,
  ...secret,
  ...signing,
  'PUBLIC_URL',
  'PORT',
  'DATABASE_URL',
  'DATABASE_URL_API',
  'DATABASE_URL_WORKER',
  'DATABASE_URL_LEDGER',
] as const;
/** What an examination looks at beside that; where it is not given, nothing is examined. */
const examinedKeys = [
  ...operatorKeys,
  ...returning,
  ...(['HOST', 'REDIS_URL', 'SMTP_URL', 'MAIL_FROM', 'MAIL_FROM_EXERCISE'] as const),
] as const;
const verifierKeys = [...process_, ...secret, 'DATABASE_URL_LEDGER'] as const;
const backup = ['BACKUP_DIR', 'BACKUP_RECOVERY_KEY', 'BACKUP_EVERY_HOURS', 'BACKUP_KEEP'] as const;
const standaloneKeys = [
  ...process_,
  ...backup,
  'EMBEDDED_PRODUCTION',
  ...facing,
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'DATA_DIR',
  'DATABASE_URL',
  'DATABASE_URL_API',
  'DATABASE_URL_WORKER',
  'DATABASE_URL_LEDGER',
  'REDIS_URL',
  'SMTP_URL',
  'VAULT_KEY',
  'VAULT_KEY_FILE',
  'LEDGER_KEY',
  'LEDGER_KEY_FILE',
  'MAIL_FROM',
  'MAIL_FROM_EXERCISE',
  ...returning,
  'WORKER_CONCURRENCY',
  'WORKER_HEALTH_PORT',
] as const;
const optionalInStandalone = [
  'DATABASE_URL',
  'DATABASE_URL_API',
  'DATABASE_URL_WORKER',
  'DATABASE_URL_LEDGER',
  'SMTP_URL',
] as const;

/** What is wrong with the environment: all faults at once, one line each. */
export class EnvironmentError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The environment does not fit:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.name = 'EnvironmentError';
  }
}

function read<Keys extends keyof Fields>(
  keys: readonly Keys[],
  source: Source,
  optional: readonly Keys[] = [],
): Readonly<Read<Keys>> {
  const shape = Object.fromEntries(
    keys.map((key) => [key, optional.includes(key) ? fields[key].optional() : fields[key]]),
  );
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const result = z.object(shape).safeParse(given);
  if (result.success) return Object.freeze(result.data) as Readonly<Read<Keys>>;
  throw new EnvironmentError(
    result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined ? `${name} is missing` : `${name} ${issue.message}`;
    }),
  );
}

const withPublicUrl = <T extends { PUBLIC_URL?: string; PORT: number }>(env: T) =>
  Object.freeze({
    ...env,
    PUBLIC_URL: (env.PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ''),
  });

/** What is given, and the rest of what runs; nothing of it when another database is given. */
function over(source: Source, running: Source): Source {
  if ([source.DATABASE_URL, source.DATABASE_URL_LEDGER].some(Boolean)) return source;
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value !== '');
  // A key is given as a text or as a file: one of the two hides both of what runs.
  const hidden = [secret, signing].filter((names) =>
    given.some(([name]) => names.some((key) => key === name)),
  );
  const rest = Object.entries(running).filter(([name]) => !hidden.flat().some((key) => key === name));
  return { ...Object.fromEntries(rest), ...Object.fromEntries(given) };
}

/**
 * The environment, read once at start by each kind of process and frozen.
 * Raises {@link EnvironmentError} naming every fault.
 */
export const environment = {
  api: (source: Source = process.env) => withPublicUrl(read(apiKeys, source)),
  worker: (source: Source = process.env) => withPublicUrl(read(workerKeys, source)),
  /** `running` is what an instance on this machine says of itself; what is given goes first. */
  operator: (source: Source = process.env, running: Source = {}) =>
    withPublicUrl(read(operatorKeys, over(source, running))),
  examined: (source: Source = process.env, running: Source = {}) =>
    withPublicUrl(
      read(examinedKeys, over(source, running), ['SMTP_URL']) as Readonly<
        Omit<Read<(typeof examinedKeys)[number]>, 'SMTP_URL'> & { SMTP_URL?: string }
      >,
    ),
  /** Where the vault's keys are, for commands that need no database. */
  keys: (source: Source = process.env, running: Source = {}) => read(secret, over(source, running)),
  verifier: (source: Source = process.env, running: Source = {}) => read(verifierKeys, over(source, running)),
  /** Where an instance on this machine has its data. */
  place: (source: Source = process.env) => read(['DATA_DIR'], source),
  /** Each missing address means: that part is embedded. */
  standalone: (source: Source = process.env) =>
    read(standaloneKeys, source, [...optionalInStandalone]) as Readonly<
      Omit<Read<(typeof standaloneKeys)[number]>, (typeof optionalInStandalone)[number]> &
        Partial<Pick<Read<(typeof standaloneKeys)[number]>, (typeof optionalInStandalone)[number]>>
    >,
};

export type ApiEnvironment = ReturnType<typeof environment.api>;
export type WorkerEnvironment = ReturnType<typeof environment.worker>;
export type OperatorEnvironment = ReturnType<typeof environment.operator>;
export type ExaminedEnvironment = ReturnType<typeof environment.examined>;
export type StandaloneEnvironment = ReturnType<typeof environment.standalone>;

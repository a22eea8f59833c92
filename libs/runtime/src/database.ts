import 'reflect-metadata';
import { DataSource, type EntitySchema, type MigrationInterface } from 'typeorm';
import { QuietClient } from './quiet-client.js';

type Class<T> = new (...args: never[]) => T;

export interface DatabaseOptions {
  url: string;
  /** Shown by the server beside each connection, e.g. `aldis-api`. */
  application: string;
  entities?: (Class<unknown> | EntitySchema)[];
  migrations?: Class<MigrationInterface>[];
  poolSize?: number;
}

/**
 * A data source that is not yet connected. All waits are bounded, so that a sick database gives errors and not
 * stuck processes (milliseconds); the server's own messages never carry parameters.
 */
export const createDatabase = (options: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url: options.url,
    applicationName: options.application,
    entities: options.entities ?? [],
    migrations: options.migrations ?? [],
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    poolSize: options.poolSize ?? 10,
    poolErrorHandler: () => undefined,
    extra: {
      Client: QuietClient,
      connectionTimeoutMillis: 5_000,
      statement_timeout: 15_000,
      lock_timeout: 10_000,
      idle_in_transaction_session_timeout: 30_000,
      keepAlive: true,
      // What is asked at once is sent at once: the answers still come in order, each with its own error.
      pipeline: true,
      // Statements here are short: compiling one, where its cost is thought high, takes longer than running it.
      options: '-c synchronous_commit=on -c TimeZone=UTC -c jit=off',
    },
  });

/**
 * Connects those who serve. Raises when the database user could read past the walls: what serves neither owns the
 * tables nor may bypass row level security.
 */
export async function connectServing(database: DataSource): Promise<void> {
  await database.initialize();
  const [user] = await database.query<{ name: string; unwalled: boolean }[]>(
    `SELECT rolname AS name, rolsuper OR rolbypassrls
       OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = r.oid AND relnamespace = 'public'::regnamespace) AS unwalled
     FROM pg_roles r WHERE rolname = current_user`,
  );
  if (!user?.unwalled) return;
  await database.destroy();
  throw new Error(
    `The database user "${user.name}" cannot serve: it owns the tables or may bypass row level security.`,
  );
}

const unavailable = /^(08|53|57P|55P03|57014|40001|40P01|25P03)/;
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

/** Whether an error means that the database cannot serve now and a later repeat may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  const { code, message } = faultOf(error);
  return (
    unavailable.test(code) ||
    unreachable.has(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Driver not Connected|connection timeout/i.test(
      message,
    )
  );
}

/** Code and message of whatever was thrown; asked by shape, for errors may come from another realm. */
function faultOf(error: unknown): { code: string; message: string; constraint?: string } {
  const fault = typeof error === 'object' && error !== null ? error : {};
  return {
    code: 'code' in fault ? String(fault.code) : '',
    message: 'message' in fault ? String(fault.message) : '',
    ...('constraint' in fault ? { constraint: String(fault.constraint) } : {}),
  };
}

/** The code of a database error, or an empty text. */
export const databaseCode = (error: unknown): string => faultOf(error).code;

/** The constraint that refused a repeated value; undefined for every other error. */
export const violatedUnique = (error: unknown): string | undefined => {
  const { code, constraint } = faultOf(error);
  return code === '23505' ? constraint : undefined;
};

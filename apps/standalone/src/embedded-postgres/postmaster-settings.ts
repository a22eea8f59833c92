/**
 * How the server runs: reachable from this machine only, safe on disk, small, and without a word of content in its
 * log. Statements, parameters, details and the errors of clients (which quote values) stay out of the log; clients get
 * them in full.
 */
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_statement: 'none',
  log_min_duration_statement: '-1',
  log_min_error_statement: 'panic',
  log_min_messages: 'log',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/** The arguments of `postgres` for a data folder and a port. */
export const postmasterArguments = (dataDir: string, port: number): string[] => [
  '-D',
  dataDir,
  '-p',
  String(port),
  ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
];

/**
 * The arguments of `initdb`: UTF-8 and a collation that is built into PostgreSQL, so that the order of texts is the
 * same on every machine whatever locales it has.
 */
export const initdbArguments = (dataDir: string, passwordFile: string): string[] => [
  `--pgdata=${dataDir}`,
  `--pwfile=${passwordFile}`,
  '--username=postgres',
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
];

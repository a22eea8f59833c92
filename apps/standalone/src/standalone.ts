import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clock, type StandaloneEnvironment } from '#libs/runtime';
import type { KeyFile } from '#libs/vault';
import { Child } from './child.js';
import { Backups } from './backups.js';
import { childEnvironments, operatorEnvironment, publicUrl } from './child-environments.js';
import { claimDataFolder, openDataFolder } from './data-folder.js';
import { makeOwner, type DatabaseUrls } from './embedded-postgres/database-owner.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres/embedded-postgres.js';
import { chooseLedgerKey } from './ledger-key.js';
import { claimPort } from './loopback-port.js';
import { startMailCatcher } from './mailbox/mail-catcher.js';
import { MailStore } from './mailbox/mail-store.js';
import { startMailboxServer } from './mailbox/mailbox-server.js';
import { chooseParts } from './parts.js';
import { readIfThere, writeSecretFile } from './secret-file.js';
import type { Shutdown } from './shutdown.js';
import { chooseVaultKeys } from './vault-key.js';
import { welcome, type SampleAccount } from './welcome.js';

/**
 * Brings a database up to date: missing users, migrations, rights, the queue's schema, and, where asked and it is
 * empty, the sample world. Answers the sample accounts that exist.
 */
export type Prepare = (
  urls: DatabaseUrls,
  options: { sampleIfEmpty: boolean; keys: KeyFile },
) => Promise<{ sampleAccounts: readonly SampleAccount[] }>;

export interface StandaloneOptions {
  env: StandaloneEnvironment;
  prepare: Prepare;
  print: (text: string) => void;
  /** Everything started is registered here, in the order of starting; it is stopped from the end. */
  shutdown: Shutdown;
}

const script = (app: string): string => fileURLToPath(new URL(`../../${app}/src/main.js`, import.meta.url));

/** Starts everything and says so. Raises `StartRefused` with advice; the caller then runs the shutdown. */
export async function startStandalone({ env, prepare, print, shutdown }: StandaloneOptions): Promise<void> {
  const began = clock.elapsed();
  const given = chooseParts(env);
  const dataDir = await openDataFolder(env.DATA_DIR);
  const claim = await claimDataFolder(dataDir);
  shutdown.add({ name: 'data folder', stop: () => claim.release(), kill: () => undefined });
  const port = await claimPort(env.HOST, env.PORT);
  const url = publicUrl(env, port);
  await claim.announce(`${url}/`, `http://${probeHost(env.HOST)}:${port}/api/v1/health`);
  const log = (line: string) => print(`${clock.now().toISOString()} ${line}`);

  const hasData = (await readIfThere(join(dataDir, 'database-passwords.json'))) !== undefined;
  const vault = await chooseVaultKeys(env, dataDir, hasData && !given.database);
  const ledger = await chooseLedgerKey(env, dataDir);
  if (!given.database) print(hasData ? 'Starting ...' : 'Starting for the first time: making a database ...');
  const [database, mail] = await Promise.all([
    given.database ? { urls: given.database } : embeddedDatabase(dataDir, log, shutdown),
    given.smtpUrl ? { smtpUrl: given.smtpUrl } : caughtMail(dataDir, vault.keys, log, shutdown),
  ]);
  const { sampleAccounts } = await prepare(database.urls, {
    sampleIfEmpty: 'server' in database && env.NODE_ENV !== 'production',
    keys: vault.keys,
  });

  const parts = {
    port,
    database: database.urls,
    smtpUrl: mail.smtpUrl,
    mailboxUrl: 'mailboxUrl' in mail ? mail.mailboxUrl : undefined,
    vault: vault.variables,
    ledger,
  };
  const environments = childEnvironments(env, parts);
  const operator = operatorEnvironment(env, parts);
  // For operators' commands on this machine, while it runs.
  await writeSecretFile(join(dataDir, 'operator.json'), `${JSON.stringify(operator)}\n`);
  await startChildren(environments, dataDir, log, shutdown);
  if (shutdown.hasBegun) return;
  const isAlone = 'server' in database && env.NODE_ENV === 'production';
  if (isAlone) await keepBackups(env, dataDir, operator, log, shutdown);
  print(
    welcome({
      url,
      seconds: (clock.elapsed() - began) / 1000,
      databaseFolder: 'server' in database ? database.server.dataDir : undefined,
      isDatabaseElsewhere: 'server' in database && database.server.isElsewhere,
      dataDir,
      hasMailbox: 'mailboxUrl' in mail,
      hasRedis: env.REDIS_URL !== undefined,
      sampleAccounts,
      warnings: isAlone ? warnings(env, dataDir) : [],
    }),
  );
}

async function startChildren(
  environments: ReturnType<typeof childEnvironments>,
  dataDir: string,
  log: (line: string) => void,
  shutdown: Shutdown,
): Promise<void> {
  const child = (name: 'api' | 'worker', deadline: number): Promise<void> => {
    const logFile = join(dataDir, 'logs', `${name}.log`);
    const kept = new Child({
      name,
      script: script(name),
      env: environments[name],
      logFile,
      log,
      elapsed: clock.elapsed,
    });
    shutdown.add({ name, stop: () => kept.stop(deadline), kill: () => kept.kill() });
    return kept.start();
  };
  await Promise.all([child('worker', 15_000), child('api', 10_000)]);
}

const backupFolder = (env: StandaloneEnvironment, dataDir: string): string =>
  env.BACKUP_DIR ?? join(dataDir, 'backups');

async function keepBackups(
  env: StandaloneEnvironment,
  dataDir: string,
  operator: Record<string, string>,
  log: (line: string) => void,
  shutdown: Shutdown,
): Promise<void> {
  const backups = new Backups({
    folder: backupFolder(env, dataDir),
    recoveryKey: env.BACKUP_RECOVERY_KEY,
    everyHours: env.BACKUP_EVERY_HOURS,
    keep: env.BACKUP_KEEP,
    env: operator,
    log,
  });
  shutdown.add({ name: 'backups', stop: () => backups.stop(), kill: () => backups.kill() });
  await backups.start();
}

/** What an operator of a single machine must know, each time it starts. */
function warnings(env: StandaloneEnvironment, dataDir: string): string[] {
  const folder = backupFolder(env, dataDir);
  return [
    `This machine serves alone: if it is lost, so is all since the last backup (every ${env.BACKUP_EVERY_HOURS} h).`,
    `Backups are in ${folder}: copy them to another place.`,
    ...(env.BACKUP_RECOVERY_KEY
      ? []
      : [
          'They are not encrypted and hold no keys, for there is no BACKUP_RECOVERY_KEY: keep a copy of ' +
            'the key files, or nothing in them can be read.',
        ]),
  ];
}

const probeHost = (host: string): string =>
  host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;

async function embeddedDatabase(
  dataDir: string,
  log: (line: string) => void,
  shutdown: Shutdown,
): Promise<{ urls: DatabaseUrls; server: EmbeddedPostgres }> {
  const starting = startEmbeddedPostgres({ dataDir, log, keepAlive: true });
  let started: EmbeddedPostgres | undefined;
  // Registered before it runs: a server that comes up after Ctrl-C is stopped too.
  shutdown.add({
    name: 'database',
    stop: () =>
      starting.then(
        (server) => server.stop(),
        () => undefined,
      ),
    kill: () => started?.abort(),
  });
  started = await starting;
  return { urls: await makeOwner(started, dataDir), server: started };
}

async function caughtMail(
  dataDir: string,
  keys: KeyFile,
  log: (line: string) => void,
  shutdown: Shutdown,
): Promise<{ smtpUrl: string; mailboxUrl: string }> {
  const store = await MailStore.open({ folder: join(dataDir, 'mailbox'), keys, now: clock.now });
  const [catcher, pages] = await Promise.all([startMailCatcher(store, log), startMailboxServer(store)]);
  const stop = async () => {
    await Promise.all([catcher.stop(), pages.stop()]);
  };
  shutdown.add({ name: 'mail', stop, kill: () => undefined });
  return { smtpUrl: catcher.url, mailboxUrl: pages.url };
}

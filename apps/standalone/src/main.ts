import { sampleAccounts, samplePassword, seedSampleWorld } from '#libs/directory';
import { clock, environment, EnvironmentError, prepareDatabase } from '#libs/runtime';
import { publishCatalogue } from '#libs/templates';
import { LocalKeys, Vault } from '#libs/vault';
import { migrations } from '#migrations';
import { Shutdown } from './shutdown.js';
import { startStandalone, type Prepare } from './standalone.js';
import { StartRefused } from './start-refused.js';

const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};
const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const accounts = sampleAccounts.map(({ email, does }) => ({
  name: email,
  password: samplePassword,
  about: does,
}));

const prepare: Prepare = async (urls, { sampleIfEmpty, keys }) => {
  await prepareDatabase(urls, migrations);
  await publishCatalogue(urls.owner);
  if (!sampleIfEmpty) return { sampleAccounts: [] };
  await seedSampleWorld(urls.owner, new Vault(LocalKeys.fromDocument(JSON.stringify(keys))));
  return { sampleAccounts: accounts };
};

const shutdown = new Shutdown(complain);

/** npm passes Ctrl-C on to us a second time; only one that comes later is a person losing patience. */
const patience = 1_000;
let askedAt: number | undefined;

const onSignal = (): void => {
  if (askedAt === undefined) {
    askedAt = clock.elapsed();
    print('\nStopping ... (Ctrl-C again: at once)');
    void shutdown.stop().then(() => process.exit(process.exitCode ?? 0));
  } else if (clock.elapsed() - askedAt > patience) {
    shutdown.kill();
    process.exit(130);
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);

try {
  const onPurpose = process.argv.includes('--embedded-production');
  const given = environment.standalone();
  const env = onPurpose
    ? { ...given, NODE_ENV: 'production' as const, EMBEDDED_PRODUCTION: 'yes' as const }
    : given;
  await startStandalone({ env, prepare, print, shutdown });
} catch (error) {
  // What fails because it is being stopped is no news.
  if (!shutdown.hasBegun) {
    const isExpected = error instanceof StartRefused || error instanceof EnvironmentError;
    complain(
      isExpected ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error),
    );
    process.exitCode = 1;
  }
  await shutdown.stop();
  process.exit();
}

import { sampleAccounts, samplePassword, seedSampleWorld } from '#libs/directory';
import { environment, prepareDatabase } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { migrations } from '#migrations';

interface Command {
  usage: string;
  does: string;
  /** Answers what to print. Raises with a message for the operator. */
  run(words: readonly string[]): Promise<string>;
}

async function migrate(): Promise<string> {
  const env = environment.operator();
  const urls = {
    owner: env.DATABASE_URL,
    api: env.DATABASE_URL_API,
    worker: env.DATABASE_URL_WORKER,
    ledger: env.DATABASE_URL_LEDGER,
  };
  await prepareDatabase(urls, migrations);
  return 'The database is up to date.';
}

async function seed(words: readonly string[]): Promise<string> {
  if (words.join(' ') !== '--sample')
    throw new Error('A database is seeded with the sample world only: npm run cli -- seed --sample');
  const env = environment.operator();
  await migrate();
  if (!(await seedSampleWorld(env.DATABASE_URL, new Vault(LocalKeys.fromEnvironment(env)))))
    throw new Error('This database is an instance already. The sample world is made in an empty one only.');
  const accounts = sampleAccounts.map(({ email, does }) => `  ${email.padEnd(28)} ${does}`);
  return `The sample world is there. Every account signs in with "${samplePassword}":\n${accounts.join('\n')}`;
}

/** What an operator can do from the command line. */
export const commands: Readonly<Record<string, Command>> = Object.assign(Object.create(null), {
  migrate: { usage: '', does: 'bring the database up to date, as its owner', run: migrate },
  seed: { usage: '--sample', does: 'make the sample world in an empty database', run: seed },
} satisfies Record<string, Command>);

import { sampleAccounts, samplePassword, seedSampleWorld } from '#libs/directory';
import { environment, prepareDatabase } from '#libs/runtime';
import { publishCatalogue } from '#libs/templates';
import { LocalKeys, Vault } from '#libs/vault';
import { migrations } from '#migrations';
import { playDemo } from './demo/demo.js';

interface Command {
  usage: string;
  does: string;
  /** Prints as it goes. Raises with a message for the operator. */
  run(words: readonly string[], print: (line: string) => void): Promise<void>;
}

type Run = Command['run'];

const migrate: Run = async (_words, print) => {
  const env = environment.operator();
  const urls = {
    owner: env.DATABASE_URL,
    api: env.DATABASE_URL_API,
    worker: env.DATABASE_URL_WORKER,
    ledger: env.DATABASE_URL_LEDGER,
  };
  await prepareDatabase(urls, migrations);
  await publishCatalogue(urls.owner);
  print('The database is up to date.');
};

const seed: Run = async (words, print) => {
  if (words.join(' ') !== '--sample')
    throw new Error('A database is seeded with the sample world only: npm run cli -- seed --sample');
  const env = environment.operator();
  await migrate([], print);
  if (!(await seedSampleWorld(env.DATABASE_URL, new Vault(LocalKeys.fromEnvironment(env)))))
    throw new Error('This database is an instance already. The sample world is made in an empty one only.');
  const accounts = sampleAccounts.map(({ email, does }) => `  ${email.padEnd(28)} ${does}`);
  print(`The sample world is there. Every account signs in with "${samplePassword}":`);
  for (const account of accounts) print(account);
};

const demo: Run = async (words, print) => {
  const [option, folder = 'demo-out', ...more] = words;
  if ((option ?? '--out') !== '--out' || words.length === 1 || more.length > 0)
    throw new Error('The demo takes one option: npm run demo -- --out <folder>');
  await playDemo(print, folder);
};

/** What an operator can do from the command line. */
export const commands: Readonly<Record<string, Command>> = Object.assign(Object.create(null) as object, {
  migrate: { usage: '', does: 'bring the database up to date, as its owner', run: migrate },
  seed: { usage: '--sample', does: 'make the sample world in an empty database', run: seed },
  demo: { usage: '[--out <folder>]', does: 'play three incidents on an instance of its own', run: demo },
} satisfies Record<string, Command>);

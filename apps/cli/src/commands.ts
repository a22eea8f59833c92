import { sampleAccounts, samplePassword, seedSampleWorld } from '#libs/directory';
import {
  armFailpoint,
  environment,
  prepareDatabase,
  type DatabaseUrls,
  type OperatorEnvironment,
} from '#libs/runtime';
import { publishCatalogue } from '#libs/templates';
import { LocalKeys, Vault } from '#libs/vault';
import { migrations } from '#migrations';
import { backup } from './backup/backup.js';
import { restore } from './backup/restore.js';
import { runningInstance } from './running-instance.js';
import { keys } from './keys/recovery.js';
import { rotateKeys } from './keys/rotate-keys.js';
import { erase } from './erase.js';
import { playDemo } from './demo/demo.js';
import { examine } from './doctor/doctor.js';
import { findingLine } from './doctor/finding.js';
import { importRegistries } from './import-rir.js';
import { init } from './init.js';
import { verifyLedger } from './verify-ledger.js';
import { exportDocument, importDocument } from './exchange.js';
import { snapshot } from './snapshot.js';
import { verifyFiles } from './verify-files.js';

interface Command {
  usage: string;
  does: string;
  /** Prints as it goes. Raises with a message for the operator. */
  run(words: readonly string[], print: (line: string) => void): Promise<void>;
}

type Run = Command['run'];

/** What the instance that runs from DATA_DIR says of itself: where no variable names a database, it is meant. */
const running = () => runningInstance(environment.place().DATA_DIR);
const operator = (): OperatorEnvironment => environment.operator(undefined, running());

const urlsOf = (env: OperatorEnvironment): DatabaseUrls => ({
  owner: env.DATABASE_URL,
  api: env.DATABASE_URL_API,
  worker: env.DATABASE_URL_WORKER,
  ledger: env.DATABASE_URL_LEDGER,
});

const migrate: Run = async (_words, print) => {
  const urls = urlsOf(operator());
  await prepareDatabase(urls, migrations);
  await publishCatalogue(urls.owner);
  print('The database is up to date.');
};

const seed: Run = async (words, print) => {
  if (words.join(' ') !== '--sample')
    throw new Error('A database is seeded with the sample world only: npm run cli -- seed --sample');
  const env = operator();
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

const found: Run = (words, print) =>
  init(operator(), () => environment.examined(undefined, running()), words, print);

const doctor: Run = async (_words, print) => {
  const findings = await examine(environment.examined(undefined, running()));
  for (const finding of findings) print(findingLine(finding));
  const faults = findings.filter(({ is }) => is === 'wrong').length;
  if (faults > 0) throw new Error(`${faults} of ${findings.length} things are wrong.`);
};

const rotate: Run = (words, print) => {
  const env = operator();
  armFailpoint(env);
  return rotateKeys(env, words, print);
};

const divide: Run = (words, print) =>
  keys(environment.keys(undefined, running()), words, process.stdin, print);

const copy: Run = async (words, print) => {
  await backup(operator(), words, print);
};

const eraseIt: Run = (words, print) => {
  const env = operator();
  armFailpoint(env);
  return erase(env, urlsOf(env), words, print);
};

const bringIn: Run = (words, print) => importDocument(operator(), words, print);
const takeOut: Run = (words, print) => exportDocument(operator(), words, print);

const takeSnapshot: Run = (words, print) => snapshot(operator(), words, print);

const putBack: Run = (words, print) => {
  const env = operator();
  return restore(env, urlsOf(env), words, print);
};

const takeRegistries: Run = (words, print) => importRegistries(operator(), words, print);

const verify: Run = async ([what, ...words], print) => {
  if (what === undefined)
    throw new Error('What is to be verified? npm run cli -- verify ledger, or verify <file…> --key <file>');
  if (what === 'ledger') await verifyLedger(environment.verifier(undefined, running()), words, print);
  else verifyFiles([what, ...words], print);
};

/** What an operator can do from the command line. */
export const commands: Readonly<Record<string, Command>> = Object.assign(Object.create(null) as object, {
  migrate: { usage: '', does: 'bring the database up to date, as its owner', run: migrate },
  init: {
    usage: '--network "<name>" --directory-manager <mail>',
    does: 'make a real instance in an empty database; prints the first link and shares of its keys',
    run: found,
  },
  doctor: { usage: '', does: 'look at all an instance stands on, and say what is wrong', run: doctor },
  seed: { usage: '--sample', does: 'make the sample world in an empty database', run: seed },
  'rotate-keys': {
    usage: '[--retire <id> | --record]',
    does: 'make a new vault key and move to it what lies under older ones; or take an old one away; or change the key of the record',
    run: rotate,
  },
  keys: {
    usage: 'share | recover | recovery',
    does: 'divide the vault keys among people, make them again, or make a key for backups',
    run: divide,
  },
  backup: {
    usage: '--to <folder> [--recovery-key <file>]',
    does: 'copy the whole instance while it runs, encrypted and with its keys',
    run: copy,
  },
  restore: {
    usage: '--from <folder> [--identity <file>] [--replace-keys]',
    does: 'put a backup back into an empty database',
    run: putBack,
  },
  import: {
    usage:
      '<file> --party <code> [--format <name>] [--level <level>] [--body <id>] [--apply [--without-refused]] | --undo <id> --party <code>',
    does: 'look at a document about points of contact, enter it, or take back what was entered',
    run: bringIn,
  },
  export: {
    usage: '--format <name> --to <file> [--party <code>] [--body <id>] [--for <code>]',
    does: 'write the directory, or a part of it, as a document',
    run: takeOut,
  },
  snapshot: {
    usage: '--to <folder> [--party <code>] [--lang en|fr]',
    does: 'write the directory, signed, and a booklet of it, for the day on which the network is down',
    run: takeSnapshot,
  },
  erase: {
    usage: '--due | --request <reference> | --account <id>',
    does: 'destroy the keys of what is no longer kept; or of what an order names',
    run: eraseIt,
  },
  'import-rir': {
    usage: '<file…> [--anyway]',
    does: 'take over files of the regional registries: for whom addresses and autonomous systems are registered',
    run: takeRegistries,
  },
  verify: {
    usage: 'ledger | <file…>',
    does: 'walk the record, or verify receipts and snapshots; name the first that does not hold',
    run: verify,
  },
  demo: { usage: '[--out <folder>]', does: 'play three incidents on an instance of its own', run: demo },
} satisfies Record<string, Command>);

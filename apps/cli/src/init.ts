import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { foundInstance } from '#libs/access';
import { prepareDatabase, type ExaminedEnvironment, type OperatorEnvironment } from '#libs/runtime';
import { publishCatalogue } from '#libs/templates';
import { keyFileFrom, LocalKeys, newKeyFile, Vault, writeKeyFile } from '#libs/vault';
import { formatInstant } from '#libs/wording';
import { migrations } from '#migrations';
import { keysInUse } from './doctor/database-findings.js';
import { examine } from './doctor/doctor.js';
import { findingLine } from './doctor/finding.js';
import { sharesToHandOut } from './keys/recovery.js';

type Print = (line: string) => void;

const usage =
  'Say: npm run cli -- init --network "<name>" --directory-manager <mail address> ' +
  '[--shares 5 --need 3 | --without-shares]';

/** What the operator gave. Raises with the usage when it does not fit. */
function given(words: readonly string[]) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      network: { type: 'string' },
      'directory-manager': { type: 'string' },
      shares: { type: 'string', default: '5' },
      need: { type: 'string', default: '3' },
      'without-shares': { type: 'boolean', default: false },
    },
  });
  const { network, 'directory-manager': directoryManager, shares, need } = values;
  if (network === undefined || directoryManager === undefined) throw new Error(usage);
  return {
    ...{ network, directoryManager },
    shares: values['without-shares'] ? undefined : { of: Number(shares), need: Number(need) },
  };
}

/**
 * Makes a real instance in an empty database: keys where the environment names files that are not there yet, the
 * network, the link of the first directory manager, shares of the vault's keys, and a look at all it stands on.
 * Raises with a sentence for the operator.
 */
export async function init(
  env: OperatorEnvironment,
  examined: () => ExaminedEnvironment,
  words: readonly string[],
  print: Print,
): Promise<void> {
  const { shares, ...founding } = given(words);
  const urls = {
    ...{ owner: env.DATABASE_URL, api: env.DATABASE_URL_API },
    ...{ worker: env.DATABASE_URL_WORKER, ledger: env.DATABASE_URL_LEDGER },
  };
  await prepareDatabase(urls, migrations);
  await publishCatalogue(urls.owner);
  print('The database is up to date.');
  await makeKeys(env, print);
  const file = keyFileFrom(env);
  // Numbers that do not fit are found before anything is made.
  const lines = shares && (await sharesToHandOut(file, shares));
  const { link, expiresAt } = await foundInstance(urls.owner, new Vault(LocalKeys.fromEnvironment(env)), {
    ...{ ...founding, publicUrl: env.PUBLIC_URL },
  });
  print('This is a real instance, for life. The first directory manager opens the account here, once:');
  print(`  ${link}`);
  print(
    `The address is shown this once, and valid until ${formatInstant(expiresAt)}. Hand it over in person.`,
  );
  for (const line of lines ?? [
    '',
    'No shares were made: keep a copy of the vault key apart from the database.',
  ])
    print(line);
  print('\nWhat it stands on (npm run cli -- doctor looks again):');
  for (const finding of await examine(examined())) print(findingLine(finding));
}

/** Makes the key files that are named and not there. Raises where something is sealed already: its key was lost. */
async function makeKeys(env: OperatorEnvironment, print: Print): Promise<void> {
  const { VAULT_KEY_FILE: vault, LEDGER_KEY_FILE: ledger } = env;
  if (vault && !existsSync(vault)) {
    const used = await keysInUse(env);
    if (used.length > 0)
      throw new Error(
        `${vault} is not there, and the database is sealed under ${used.join(', ')}: bring the file back.`,
      );
    writeKeyFile(vault, newKeyFile('k'));
    print(
      `${vault} is new: the key under which everything is sealed. Copy it to a place apart from the database.`,
    );
  }
  if (ledger && !existsSync(ledger)) {
    writeKeyFile(ledger, newKeyFile('s'));
    print(`${ledger} is new: the key with which the record is signed.`);
  }
}

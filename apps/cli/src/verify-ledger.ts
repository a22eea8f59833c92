import { parseArgs } from 'node:util';
import { isSigned, Verification, type Findings, type PublicKey, type SignedCheckpoint } from '#libs/ledger';
import { connectServing, createDatabase, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';
import { readFile, readKeys } from './read-file.js';
import { checkpointFile } from './receipt-file.js';

const options = {
  contents: { type: 'boolean', default: false },
  checkpoint: { type: 'string' },
  key: { type: 'string' },
  kept: { type: 'string' },
} as const;

interface Given {
  DATABASE_URL_LEDGER: string;
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}

/**
 * Walks the whole record as the user of `DATABASE_URL_LEDGER` and prints what it found; with `--contents`, and the
 * vault's key, what was said is compared with its commitment too; with `--key`, signatures are tried, by keys that
 * follow from those of `--kept`; with
 * `--checkpoint`, the record must still be the one of that copy. Raises with the first row that does not fit.
 */
export async function verifyLedger(
  env: Given,
  words: readonly string[],
  print: (line: string) => void,
): Promise<void> {
  const { values } = parseArgs({ args: [...words], options });
  const keys = values.key === undefined ? undefined : readKeys(values.key, values.kept);
  const checkpoint = values.checkpoint === undefined ? undefined : checkpointIn(values.checkpoint, keys);
  const vault = values.contents ? new Vault(LocalKeys.fromEnvironment(env)) : undefined;
  const database = createDatabase({
    ...{ url: env.DATABASE_URL_LEDGER, application: 'aldis-verify', poolSize: 1 },
  });
  await connectServing(database);
  try {
    const findings = await new Verification(new UnitOfWork(database)).run({ vault, keys, checkpoint });
    report(findings, values.contents, print);
  } finally {
    await database.destroy();
  }
}

function checkpointIn(path: string, keys: readonly PublicKey[] | undefined): SignedCheckpoint {
  const given = readFile(
    path,
    checkpointFile,
    'a checkpoint as GET /api/v1/ledger/checkpoints/latest answers it',
  );
  if (keys && !isSigned(given, keys))
    throw new Error(`The checkpoint in ${path} is not signed by the given key.`);
  return given;
}

function report(findings: Findings, contents: boolean, print: (line: string) => void): void {
  const { chains, entries, journal, waiting, checkpoints } = findings;
  print(
    `Walked ${chains} chains with ${entries} entries, ${journal} of the journal (${waiting} wait for their batch), ` +
      `and ${checkpoints} checkpoints.`,
  );
  if (contents)
    print(
      `Compared ${findings.contents} contents with what was committed to; ${findings.erased} are erased.`,
    );
  const [first] = findings.faults;
  if (!first) {
    print('Nothing was changed, removed or put in between.');
    return;
  }
  const others = findings.faults.length - 1;
  throw new Error(
    `The record is broken. In ${first.table}, ${first.row}: it ${first.what}.${others > 0 ? ` There are ${others} more.` : ''}`,
  );
}

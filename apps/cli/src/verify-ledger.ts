import { LedgerQueries, Verification, type Findings } from '#libs/ledger';
import { connectServing, createDatabase, environment, UnitOfWork } from '#libs/runtime';
import { LocalKeys, Vault } from '#libs/vault';

const usage = 'npm run cli -- verify ledger [--contents]';

/**
 * Walks the whole record as the user of `DATABASE_URL_LEDGER` and prints what it found; with `--contents`, and the
 * vault's key, what was said is compared with its commitment too. Raises with the first row that does not fit.
 */
export async function verifyLedger(words: readonly string[], print: (line: string) => void): Promise<void> {
  const contents = words.includes('--contents');
  if (words.some((word) => word !== '--contents')) throw new Error(`Usage: ${usage}`);
  const env = environment.verifier();
  const vault = contents ? new Vault(LocalKeys.fromEnvironment(env)) : undefined;
  const database = createDatabase({
    ...{ url: env.DATABASE_URL_LEDGER, application: 'aldis-verify', poolSize: 1 },
  });
  await connectServing(database);
  try {
    const findings = await new Verification(new UnitOfWork(database), new LedgerQueries()).run(vault);
    report(findings, contents, print);
  } finally {
    await database.destroy();
  }
}

function report(findings: Findings, contents: boolean, print: (line: string) => void): void {
  const { chains, entries, journal, waiting } = findings;
  print(
    `Walked ${chains} chains with ${entries} entries, and ${journal} of the journal (${waiting} wait for their batch).`,
  );
  if (contents)
    print(
      `Compared ${findings.contents} contents with what was committed to; ${findings.erased} are not there.`,
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

import { join } from 'node:path';
import { newKeyFile } from '#libs/vault';
import { readIfThere, writeSecretFile } from './secret-file.js';
import { StartRefused } from './start-refused.js';

/** How the children are told where the key is that the record is signed with. */
export type LedgerKeyVariables = { LEDGER_KEY: string } | { LEDGER_KEY_FILE: string };

interface Given {
  LEDGER_KEY?: string | undefined;
  LEDGER_KEY_FILE?: string | undefined;
}

/**
 * The key given by the environment, else that of `ledger-key.json` in the data folder, made on first use. Raises
 * {@link StartRefused} when a file is named that is not there.
 */
export async function chooseLedgerKey(given: Given, dataDir: string): Promise<LedgerKeyVariables> {
  if (given.LEDGER_KEY) return { LEDGER_KEY: given.LEDGER_KEY };
  const path = given.LEDGER_KEY_FILE ?? join(dataDir, 'ledger-key.json');
  if ((await readIfThere(path)) === undefined) {
    if (given.LEDGER_KEY_FILE) throw new StartRefused(`LEDGER_KEY_FILE names ${path}, which is not there.`);
    // A key that was lost can be replaced: what it signed is still verified with its published half.
    await writeSecretFile(path, `${JSON.stringify(newKeyFile('s'))}\n`);
  }
  return { LEDGER_KEY_FILE: path };
}

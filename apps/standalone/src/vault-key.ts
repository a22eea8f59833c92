import { join } from 'node:path';
import { keyFileFrom, newKeyFile, parseKeyFile, type KeyFile } from '#libs/vault';
import { StartRefused } from './start-refused.js';
import { readIfThere, writeSecretFile } from './secret-file.js';

/** How the children are told where the keys are, and the keys. */
export interface VaultKeyChoice {
  variables: { VAULT_KEY: string } | { VAULT_KEY_FILE: string };
  keys: KeyFile;
}

interface Given {
  VAULT_KEY?: string | undefined;
  VAULT_KEY_FILE?: string | undefined;
}

/**
 * The keys given by the environment, else those of `vault-key.json` in the data folder, made on first use.
 * Raises {@link StartRefused} rather than make a new key beside a database that was sealed with a lost one.
 */
export async function chooseVaultKeys(
  given: Given,
  dataDir: string,
  hasData: boolean,
): Promise<VaultKeyChoice> {
  if (given.VAULT_KEY) {
    return { variables: { VAULT_KEY: given.VAULT_KEY }, keys: keyFileFrom({ VAULT_KEY: given.VAULT_KEY }) };
  }
  const path = given.VAULT_KEY_FILE ?? join(dataDir, 'vault-key.json');
  const text = await readIfThere(path);
  if (text !== undefined) return { variables: { VAULT_KEY_FILE: path }, keys: parse(path, text) };
  if (given.VAULT_KEY_FILE) throw new StartRefused(`VAULT_KEY_FILE names ${path}, which is not there.`);
  if (hasData)
    throw new StartRefused(
      `The key file ${path} is missing, and the database beside it can only be read with it. ` +
        'Put the file back, or move the whole data folder away to begin anew.',
    );
  const keys = newKeyFile('k');
  await writeSecretFile(path, `${JSON.stringify(keys)}\n`);
  return { variables: { VAULT_KEY_FILE: path }, keys };
}

function parse(path: string, text: string): KeyFile {
  try {
    return parseKeyFile(text);
  } catch {
    throw new StartRefused(`The key file ${path} is damaged. Put back a copy of it.`);
  }
}

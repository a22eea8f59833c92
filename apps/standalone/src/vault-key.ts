import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { StartRefused } from './start-refused.js';
import { readIfThere, writeSecretFile } from './secret-file.js';

const vaultKeys = z
  .object({ current: z.string(), keys: z.record(z.string(), z.base64()) })
  .refine((file) => file.current in file.keys, { error: 'the current key is not among the keys' })
  .refine((file) => Object.values(file.keys).every((key) => Buffer.from(key, 'base64').length === 32), {
    error: 'a key is not 32 bytes long',
  });

/** The vault's keys by name, in base64, and the name of the one that seals new content. */
export type VaultKeys = z.infer<typeof vaultKeys>;

/** How the children are told where the keys are, and the keys. */
export interface VaultKeyChoice {
  variables: { VAULT_KEY: string } | { VAULT_KEY_FILE: string };
  keys: VaultKeys;
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
    const [name = '', key = ''] = given.VAULT_KEY.split(':');
    return { variables: { VAULT_KEY: given.VAULT_KEY }, keys: { current: name, keys: { [name]: key } } };
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
  const keys = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
  await writeSecretFile(path, `${JSON.stringify(keys)}\n`);
  return { variables: { VAULT_KEY_FILE: path }, keys };
}

function parse(path: string, text: string): VaultKeys {
  try {
    return vaultKeys.parse(JSON.parse(text));
  } catch {
    throw new StartRefused(`The key file ${path} is damaged. Put back a copy of it.`);
  }
}

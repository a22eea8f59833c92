import { personOf, type Person } from '#libs/access';
import { isMailAddress } from '#libs/notifications';
import type { Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { chooseLanguage, type Language } from '#libs/wording';

/** Somebody who is written to, and in which language. */
export interface Reader {
  address: string;
  language: Language;
}

interface Account {
  id: string;
  language: string;
  person: Sealed;
}

/** The administrators of a party that may decide on what one of them proposed: all others. For callers of that party. */
export async function otherAdministrators(
  tx: Tx,
  vault: Vault,
  party: string,
  proposer: string,
): Promise<Reader[]> {
  const accounts = await tx.query<Account>(
    `SELECT id, language, person FROM accounts
     WHERE party_code = $1 AND role = 'party-administrator' AND deactivated_at IS NULL AND id <> $2 ORDER BY id`,
    [party, proposer],
  );
  return readersOf(vault, accounts);
}

/** The administrators whom a correction is told to, for the worker: nobody once they have been told. */
export const administratorsToTell = async (tx: Tx, vault: Vault, correction: string): Promise<Reader[]> =>
  readersOf(vault, await tx.query<Account>('SELECT * FROM app.administrators_to_tell($1)', [correction]));

async function readersOf(vault: Vault, accounts: readonly Account[]): Promise<Reader[]> {
  const readers = await Promise.all(
    accounts.map(async ({ id, language, person }) => ({
      address: (await vault.openPartys<Person>(personOf(id), person)).email,
      language: chooseLanguage([language]),
    })),
  );
  return readers.filter(({ address }) => isMailAddress(address));
}

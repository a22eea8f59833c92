import { isNothing, type Sealed, type Vault } from '#libs/vault';
import type { AccountRow } from './account.entity.js';
import type { Caller } from './caller.js';

/** Where the name and the address of an account are sealed. */
export const personOf = (accountId: string) => ({ table: 'accounts', row: accountId, field: 'person' });
export interface Person {
  name: string;
  email: string;
}

/** The keyed hash by which sign-in finds an account: addresses themselves are sealed. */
export const signInToken = async (vault: Vault, email: string): Promise<string> =>
  (await vault.secret('sign-in', email.trim().toLowerCase())).toString('hex');

/** The same under each vault key at hand, the current one first: an account may date from before a change of keys. */
export const signInTokens = async (vault: Vault, email: string): Promise<string[]> =>
  (await vault.secrets('sign-in', email.trim().toLowerCase())).map((token) => token.toString('hex'));

/** What somebody is called; null where the account was erased. */
export const nameOf = async (vault: Vault, id: string, person: Sealed): Promise<string | null> =>
  isNothing(person) ? null : (await vault.openPartys<Person>(personOf(id), person)).name;

/** An account as the one who calls. */
export async function callerOf(vault: Vault, account: AccountRow): Promise<Caller> {
  const person = await vault.openPartys<Person>(personOf(account.id), account.person);
  return {
    kind: 'account',
    actor: account.id,
    party: account.partyCode,
    body: account.bodyId,
    role: account.role,
    assurance: 'signed-in',
    name: person.name,
    language: account.language,
  };
}

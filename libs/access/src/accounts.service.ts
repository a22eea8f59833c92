import { Problem } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { recordBy } from './access-record.service.js';
import { AccountRow } from './account.entity.js';
import type { Caller } from './caller.js';
import { managedRoles, networkRoles, permits, type Role } from './permissions.js';
import { personOf, type Person } from './person.service.js';
import type { Work } from './work.service.js';

/** An account as those see it who answer for it. */
export interface AccountView {
  id: string;
  /** Null: erased. */
  name: string | null;
  email: string | null;
  role: Role;
  party: string | null;
  body: string | null;
  language: string;
  /** The terms of use that were accepted; null in a sample world. */
  terms: { version: string; acceptedAt: string } | null;
  createdAt: string;
  /** Since when it opens nothing any more. */
  endedAt: string | null;
  /** Since when nothing tells any more who it was. */
  erasedAt: string | null;
}

/** Accounts as those handle them who answer for them. Raises `forbidden` by role, `not-found` for what is others'. */
export class Accounts {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** A party's accounts to its administrators; to the network's staff its own, and administrators of parties. */
  async list(caller: Caller): Promise<AccountView[]> {
    if (!permits(caller.role, 'read-accounts'))
      throw new Problem('forbidden', `The role "${caller.role}" does not include "read-accounts".`);
    return this.work.read(caller, async (tx) => {
      const rows = await tx.manager.find(AccountRow, { order: { id: 'ASC' } });
      const overseen = rows.filter((row) => isOverseen(caller, row));
      return Promise.all(overseen.map((row) => this.view(row)));
    });
  }

  /** Ends an account and its sessions at once. Alike when repeated; nobody ends their own. */
  async end(caller: Caller, id: string): Promise<AccountView> {
    if (managedRoles(caller.role).length === 0)
      throw new Problem('forbidden', `The role "${caller.role}" ends no accounts.`);
    if (id === caller.actor)
      throw new Problem('conflict', 'Nobody ends their own account: ask another administrator.');
    return this.work.change(caller, 'manage', async (tx) => {
      const row = await tx.manager.findOneBy(AccountRow, { id });
      if (!row || !isOverseen(caller, row)) throw new Problem('not-found', 'There is no such account.');
      const deactivatedAt = row.deactivatedAt ?? (await tx.now());
      await tx.manager.update(AccountRow, id, { deactivatedAt });
      await tx.query('DELETE FROM sessions WHERE account_id = $1', [id]);
      if (!row.deactivatedAt) await recordBy(tx, caller, 'account-ended', id);
      // Whoever is invited anew links it anew.
      await tx.query('DELETE FROM organization_identities WHERE account_id = $1', [id]);
      return this.view({ ...row, deactivatedAt });
    });
  }

  private async view(row: AccountRow): Promise<AccountView> {
    const { name, email } = row.erasedAt
      ? { name: null, email: null }
      : await this.vault.openPartys<Person>(personOf(row.id), row.person);
    const { termsVersion: version, termsAcceptedAt } = row;
    return {
      ...{
        id: row.id,
        name,
        email,
        role: row.role,
        party: row.partyCode,
        body: row.bodyId,
        language: row.language,
      },
      terms: version && termsAcceptedAt ? { version, acceptedAt: termsAcceptedAt.toISOString() } : null,
      createdAt: row.createdAt.toISOString(),
      endedAt: row.deactivatedAt?.toISOString() ?? null,
      erasedAt: row.erasedAt?.toISOString() ?? null,
    };
  }
}

/** The network's staff answers for itself and for administrators of parties; a party's administrator for the party. */
const isOverseen = (caller: Caller, row: AccountRow): boolean =>
  caller.party === null
    ? row.role === 'party-administrator' || networkRoles.some((role) => role === row.role)
    : row.partyCode === caller.party;

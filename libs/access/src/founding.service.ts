import { BodyRow, InstanceRow, MembershipRow, memberStates, NetworkRow, PartyRow } from '#libs/parties';
import { createDatabase, newId, UnitOfWork, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { isExampleAddress, isMailAddress } from '#libs/notifications';
import { IsNull } from 'typeorm';
import { AccountRow } from './account.entity.js';
import { InvitationRow } from './invitation.entity.js';
import { inviteeOf, newInvitationToken } from './invitations.service.js';

/** What the operator says when a real instance is made. */
interface Founding {
  network: string;
  /** The address of the first directory manager. */
  directoryManager: string;
  publicUrl: string;
}

const owner = { actor: 'init', party: null, body: null, purpose: 'init' };

/**
 * Makes an empty database a real instance, for life, as its owner: the network, the identities of the 193 Member
 * States, and an invitation of the first directory manager, whose link it answers. Repeated before anybody has an
 * account, it answers a new link and ends the one before.
 * Raises with a sentence for the operator when that is not possible.
 */
export async function foundInstance(
  ownerUrl: string,
  vault: Vault,
  founding: Founding,
): Promise<{ link: string; expiresAt: Date }> {
  const { network, directoryManager, publicUrl } = founding;
  if (network.trim() === '') throw new Error('Give the network a name: --network "<name>"');
  if (!isMailAddress(directoryManager) || isExampleAddress(directoryManager))
    throw new Error('The directory manager needs a plain mail address, and not one under .example.');
  const entities = [AccountRow, BodyRow, InstanceRow, InvitationRow, MembershipRow, NetworkRow, PartyRow];
  const database = createDatabase({ url: ownerUrl, application: 'aldis-init', entities, poolSize: 2 });
  await database.initialize();
  try {
    return await new UnitOfWork(database).run(owner, async (tx) => {
      await makeInstance(tx, network.trim());
      const { token, expiresAt } = await inviteFirst(tx, vault, directoryManager);
      return { link: `${publicUrl}/invite/${token}`, expiresAt };
    });
  } finally {
    await database.destroy();
  }
}

async function makeInstance(tx: Tx, name: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('aldis-init'))`);
  const known = await tx.manager.findOneBy(InstanceRow, { sole: true });
  if (known?.kind === 'sample')
    throw new Error('This database is a sample world, for life. Make a real instance in an empty one.');
  if (known && (await tx.manager.existsBy(AccountRow, {})))
    throw new Error('This instance is in use already. Its directory managers invite everybody else.');
  if (known) return;
  const networkId = newId();
  await tx.manager.insert(NetworkRow, { id: networkId, code: 'main', names: { en: name } });
  const at = await tx.now();
  await tx.manager.insert(InstanceRow, { sole: true, kind: 'real', networkId, createdAt: at });
  await tx.manager.insert(
    PartyRow,
    memberStates.map(({ code, alpha3, numeric, regionalGroup, names }) => ({
      ...{ code, alpha3, numeric, regionalGroup, kind: 'member-state' as const, names: { ...names } },
    })),
  );
  await tx.manager.insert(
    MembershipRow,
    memberStates.map(({ code }) => ({ networkId, partyCode: code, joinedAt: at })),
  );
}

async function inviteFirst(tx: Tx, vault: Vault, email: string): Promise<{ token: string; expiresAt: Date }> {
  const at = await tx.now();
  const over = { acceptedAt: IsNull(), revokedAt: IsNull() };
  await tx.manager.update(InvitationRow, over, { revokedAt: at });
  const id = newId();
  const { token, ...secret } = newInvitationToken(at);
  await tx.manager.insert(InvitationRow, {
    ...{ id, partyCode: null, bodyId: null, traffic: 'actual', role: 'directory-manager', language: 'en' },
    ...{ ...secret, invitedBy: null, accountId: null, createdAt: at, acceptedAt: null, revokedAt: null },
    person: vault.seal(await vault.partyKey(null), inviteeOf(id), { email }),
  });
  return { token, expiresAt: secret.expiresAt };
}

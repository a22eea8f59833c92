import type { UnitOfWork } from '#libs/runtime';
import { recordAccess } from './access-record.service.js';
import { SessionRow } from './account.entity.js';

/**
 * Ends the session that bears this hash, if there is one, and puts on the record that its bearer did. What was over by
 * itself, or never became a whole session, is taken away without a word: nobody signed in by it, or it had ended.
 */
export async function signOut(units: UnitOfWork, tokenHash: string): Promise<void> {
  const presented = { body: null, purpose: 'sign-out', presented: tokenHash };
  const anybody = { actor: 'anonymous', party: null, ...presented };
  const session = await units.run(anybody, (tx) => tx.manager.findOneBy(SessionRow, { tokenHash }));
  if (!session) return;
  const { id, accountId, partyCode, stage, expiresAt } = session;
  await units.run({ actor: accountId, party: partyCode, ...presented }, async (tx) => {
    const at = await tx.now();
    const { affected } = await tx.manager.delete(SessionRow, { id });
    if (affected !== 1 || stage !== 'full' || expiresAt <= at) return;
    const account = { id: accountId, partyCode };
    await recordAccess(tx, account, { act: 'sign-out', assurance: 'signed-in', at, about: id });
  });
}

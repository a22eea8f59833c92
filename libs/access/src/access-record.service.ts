import { newId, type Tx } from '#libs/runtime';
import { AccessEventRow, type AccountRow } from './account.entity.js';

/** Puts an act of an account on the record of its party, or of the network; `about` names the row that it concerned. */
export const recordAccess = (
  tx: Tx,
  account: Pick<AccountRow, 'id' | 'partyCode'> | null,
  { about = null, ...what }: Pick<AccessEventRow, 'act' | 'assurance' | 'at'> & { about?: string | null },
) =>
  tx.manager.insert(AccessEventRow, {
    id: newId(),
    accountId: account?.id ?? null,
    partyCode: account?.partyCode ?? null,
    traffic: 'actual',
    about,
    ...what,
  });

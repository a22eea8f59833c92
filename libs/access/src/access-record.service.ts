import { newId, Problem, type Tx, type UnitOfWork } from '#libs/runtime';
import { AccessEventRow, type AccountRow } from './account.entity.js';
import type { AccessAct } from './access-acts.js';
import type { Caller } from './caller.js';
import { identityOf } from './work.service.js';

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

/** The same of a caller who has an account, at this moment and with the caller's assurance. */
export async function recordBy(
  tx: Tx,
  caller: Pick<Caller, 'actor' | 'party'> & Pick<AccessEventRow, 'assurance'>,
  act: AccessAct,
  about?: string,
): Promise<void> {
  const { actor: id, party: partyCode, assurance } = caller;
  await recordAccess(tx, { id, partyCode }, { act, assurance, at: await tx.now(), about: about ?? null });
}

/** What somebody did by the link in a mail to a party, whose record it stands in: nobody's account, and no name. */
export async function recordByLink(
  tx: Tx,
  partyCode: string,
  act: Extract<AccessAct, 'entry-confirmed' | 'contact-reported'>,
  about: string,
): Promise<void> {
  await tx.manager.insert(AccessEventRow, {
    ...{ id: newId(), accountId: null, partyCode, traffic: 'actual', act, about },
    ...{ assurance: 'link-and-code', at: await tx.now() },
  });
}

/** Puts it on the record when a second factor did not fit, in a transaction of its own, and raises what was raised. */
export const refusal =
  (units: UnitOfWork, caller: Caller) =>
  async (error: unknown): Promise<never> => {
    if (error instanceof Problem && error.code === 'wrong-second-factor')
      await units.run(identityOf(caller, 'sign-in'), (tx) =>
        recordBy(tx, { ...caller, assurance: 'none' }, 'factor-refused'),
      );
    throw error;
  };

/** Puts on the record of the network what its operator did, as the database's owner. */
export async function recordOperatorsAct(
  units: UnitOfWork,
  act: 'keys-rotated' | 'key-retired' | 'record-key-changed' | 'snapshot-taken',
): Promise<void> {
  const operator = {
    actor: 'operator',
    party: null,
    body: null,
    purpose: act === 'snapshot-taken' ? 'snapshot' : 'rotate-keys',
  };
  await units.run(operator, (tx) =>
    tx.query(
      `INSERT INTO access_events (id, traffic, act, assurance, at) VALUES ($1, 'actual', $2, 'system', app.now())`,
      [newId(), act],
    ),
  );
}

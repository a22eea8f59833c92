import type { Tx } from '#libs/runtime';
import { usualRules } from '../networks/network-words.js';
import type { ConfirmationDays } from './confirmation-schedule.js';

/** Every party with its days, for statements that join them: the values are {@link usualDays}. */
export const daysOfAll = (soft: number, hard: number): string =>
  `app.confirmation_days(NULL, $${soft}, $${hard})`;
export const usualDays = [usualRules.confirmationDays, usualRules.hardConfirmationDays] as const;

/** After how many days entries of a party are to be confirmed, and gone through: as the strictest of its networks says. */
export async function confirmationDaysOf(tx: Tx, party: string): Promise<ConfirmationDays> {
  const [row] = await tx.query<ConfirmationDays>(
    'SELECT soft, hard FROM app.confirmation_days($1::text, $2, $3)',
    [party, ...usualDays],
  );
  const [soft, hard] = usualDays;
  return row ?? { soft, hard };
}

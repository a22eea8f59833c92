import { newId, type Tx } from '#libs/runtime';
import type { PointOfContactRow } from '../point-of-contact.entity.js';
import type { CorrectionWhat } from './correction-words.js';

/** Notes, once until it is over, what the system itself has noticed: its party is told, and it stays with the entry. */
export async function noteBySystem(
  tx: Tx,
  { id, partyCode, traffic }: PointOfContactRow,
  channelId: string | null,
  what: Extract<CorrectionWhat, 'refused' | 'unanswered' | 'not-gone-through'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO corrections (id, point_of_contact_id, channel_id, party_code, traffic, via, what, state, reported_at)
     VALUES ($1, $2, $3, $4, $5, 'system', $6, 'open', app.now()) ON CONFLICT DO NOTHING`,
    [newId(), id, channelId, partyCode, traffic, what],
  );
}

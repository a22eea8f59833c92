import { includes, type Caller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';

/**
 * How many entries of other parties one account may read within an hour, each counted once: all of the largest regional
 * group (54 States at four levels), and a third more. `read-in-bulk` has no limit.
 */
export const entriesAnHour = 300;

/**
 * Counts, in the database, which entries of others somebody reads with their addresses: a restart forgets nothing. Filing,
 * acknowledging and whatever else is done on requests asks nothing of it.
 */
export class EntryReadings {
  /**
   * Counts what is about to be shown, in the transaction that reads it. Raises `too-many-look-ups` with the seconds to
   * wait, and `forbidden` where one answer alone would hold too many: that takes `read-in-bulk`.
   */
  async count(tx: Tx, caller: Caller, entries: readonly { id: string; party: string }[]): Promise<void> {
    if (includes(caller, 'read-in-bulk')) return;
    const ids = entries.filter(({ party }) => party !== caller.party).map(({ id }) => id);
    if (ids.length === 0) return;
    if (ids.length > entriesAnHour)
      throw new Problem(
        'forbidden',
        `This would show ${ids.length} points of contact of other parties at once. Name a party: more than ${entriesAnHour} take "read-in-bulk".`,
      );
    // Two calls of one account count one after the other.
    await tx.prepared(`SELECT pg_advisory_xact_lock(hashtextextended('entry-readings ' || $1, 0))`, [
      caller.actor,
    ]);
    const [found] = await tx.prepared<{ before: number; fresh: number }>(
      `WITH recent AS MATERIALIZED (SELECT point_of_contact_id AS id FROM entry_readings
         WHERE actor = $1 AND at > app.now() - interval '1 hour')
       SELECT (SELECT count(*) FROM recent)::int AS before,
         (SELECT count(*) FROM unnest($2::uuid[]) u (id) WHERE u.id NOT IN (SELECT id FROM recent))::int AS fresh`,
      [caller.actor, ids],
    );
    const { before = 0, fresh = 0 } = found ?? {};
    const over = before + fresh - entriesAnHour;
    if (fresh > 0 && over > 0) throw await this.refusal(tx, caller, over);
    if (fresh === 0) return;
    await tx.prepared(
      `INSERT INTO entry_readings AS r (actor, point_of_contact_id, party_code, traffic, at)
       SELECT $1, u.id, $3, 'actual', app.now() FROM unnest($2::uuid[]) u (id) ORDER BY u.id
       ON CONFLICT (actor, point_of_contact_id) DO UPDATE SET at = excluded.at WHERE r.at <= app.now() - interval '1 hour'`,
      [caller.actor, ids, caller.party],
    );
  }

  /** Until so many of those that were read are an hour ago. */
  private async refusal(tx: Tx, { actor }: Caller, over: number): Promise<Problem> {
    const [row] = await tx.prepared<{ wait: number }>(
      `SELECT ceil(extract(epoch FROM at + interval '1 hour' - app.now()))::int AS wait FROM entry_readings
       WHERE actor = $1 AND at > app.now() - interval '1 hour' ORDER BY at OFFSET $2 LIMIT 1`,
      [actor, over - 1],
    );
    return new Problem(
      'too-many-look-ups',
      `You have read ${entriesAnHour} points of contact of other parties within an hour, or would with these. Wait, or ask an administrator of your party, who may read in bulk. Requests are not held up by it.`,
      { retryAfter: Math.max(row?.wait ?? 1, 1) },
    );
  }
}

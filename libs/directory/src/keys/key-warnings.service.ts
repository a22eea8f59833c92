import type { Tx, UnitOfWork } from '#libs/runtime';
import { toldOfKey } from '../readers.queries.js';
import { ContactKeyRow } from './contact-key.entity.js';
import type { KeyMailing } from './key-mailing.service.js';
import { dueWarning, warningDays } from './key-use.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
/** Warnings that are written at once; the rest follow. */
const chunk = 100;

/**
 * Warns the mailboxes of a point of contact and the administrators of its party 90, 30 and 7 days before a key ends and
 * once it has, each time once. Which was given last moves in the transaction that writes the mails. Where there is neither,
 * the warning waits until somebody can be told; of what was missed meanwhile only the nearest is said.
 */
export class KeyWarnings {
  constructor(
    private readonly units: UnitOfWork,
    private readonly mailing: KeyMailing,
  ) {}

  /** Writes what is due, and answers how many keys it is about. One that cannot be written raises after the others. */
  async run(): Promise<number> {
    const due = await this.units.run(worker, (tx) =>
      tx.query<{ id: string }>(
        `SELECT k.id FROM contact_keys k JOIN channels c ON c.id = k.channel_id
         JOIN points_of_contact p ON p.id = c.point_of_contact_id
         WHERE k.state = 'confirmed' AND c.state <> 'ended' AND p.state IN ('verified', 'active', 'stale')
           AND k.expires_at <= app.now() + make_interval(days => $1)
           AND k.warned_days IS DISTINCT FROM CASE
             WHEN k.expires_at <= app.now() THEN 0
             WHEN k.expires_at <= app.now() + make_interval(days => $3) THEN 7
             WHEN k.expires_at <= app.now() + make_interval(days => $2) THEN 30 ELSE 90 END
           AND (EXISTS (SELECT 1 FROM channels o WHERE o.point_of_contact_id = p.id AND ${toldOfKey('o', 'c')})
             OR EXISTS (SELECT 1 FROM app.administrators_of_key(k.id)))
         ORDER BY k.expires_at, k.id LIMIT ${chunk}`,
        [...warningDays],
      ),
    );
    return this.units.each(worker, due, (tx, { id }) => this.warn(tx, id));
  }

  private async warn(tx: Tx, id: string): Promise<boolean> {
    // Another worker may be writing it, or it was ended meanwhile: locked, then looked at.
    const locked = await tx.query('SELECT 1 FROM contact_keys WHERE id = $1 FOR UPDATE SKIP LOCKED', [id]);
    const key = locked.length === 0 ? null : await tx.manager.findOneBy(ContactKeyRow, { id });
    if (!key?.expiresAt) return false;
    const { expiresAt } = key;
    const due = dueWarning(expiresAt, key.warnedDays, await tx.now());
    if (due === null) return false;
    const told = await this.mailing.warn(tx, key, { expiresAt, over: due === 0 });
    if (told > 0) await tx.manager.update(ContactKeyRow, id, { warnedDays: due });
    return told > 0;
  }
}

import { recipientOf } from '#libs/notifications';
import type { Tx } from '#libs/runtime';
import type { DataKey, Sealed, Vault } from '#libs/vault';
import type { AddresseeRow } from './addressee.entity.js';
import { remindersOfLine, wantedForLine, type Correspondence } from './correspondence.service.js';
import { nextAlternate } from './next-alternate.js';
import type { RequestRows } from './request-rows.service.js';

/** Steps in where a mailbox or an endpoint refuses: whoever comes next is told at once (A/76/135, 76). */
export class Alternates {
  constructor(
    private readonly vault: Vault,
    private readonly rows: RequestRows,
    private readonly correspondence: Correspondence,
  ) {}

  /**
   * Tells the next mailbox or endpoint of a line after one notice has failed for good: another of the same point of
   * contact, else of the next one, below the level that was asked too, as the route to it is found now. Each once; without
   * content, which the worker does not know.
   * The line must be locked: so one failure has one alternate. Answers whether there was one.
   */
  async tell(tx: Tx, line: AddresseeRow, noticeId: string): Promise<boolean> {
    const key = await this.rows.keyFor(tx, line.requestId, line.partyCode);
    const { failed, told } = await this.tried(tx, key, line, noticeId);
    const subject = await this.rows.subject(tx, line.requestId);
    const route = await this.correspondence.routeOfLine(tx, subject, line);
    const next = nextAlternate(route, failed, told);
    if (!next) return false;
    if (line.bodyId === null)
      await tx.query(
        `INSERT INTO request_members (request_id, party_code, body_id, traffic) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [line.requestId, line.partyCode, next.body.id, line.traffic],
      );
    await this.correspondence.requestToAddressee(tx, key, subject, line, [{ ...next, stage: 'at-once' }]);
    return true;
  }

  /** Whose notice has failed, and every address that the line was sent to. */
  private async tried(tx: Tx, key: DataKey, { id }: AddresseeRow, noticeId: string) {
    const notices = await tx.query<{ id: string; contact: string; recipient: Sealed }>(
      'SELECT id, point_of_contact_id AS contact, recipient FROM notices WHERE addressee_id = $1 AND wanted_for = ANY ($2)',
      [id, [wantedForLine(id), remindersOfLine(id)]],
    );
    const told = notices.map(
      (notice) => this.vault.open<{ address: string }>(key, recipientOf(notice.id), notice.recipient).address,
    );
    return { failed: notices.find((notice) => notice.id === noticeId)?.contact, told: new Set(told) };
  }
}

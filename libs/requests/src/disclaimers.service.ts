import { reportByLink } from '#libs/directory';
import type { AckLink } from '#libs/notifications';
import type { Tx, UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import type { AnsweredChannels, Carried } from './answered-channels.service.js';
import type { RequestRows } from './request-rows.service.js';

/** What the bearer of a link that could acknowledge says beside that: of the entry, and nothing of the request. */
export class Disclaimers {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly rows: RequestRows,
    private readonly answered: AnsweredChannels,
  ) {}

  /**
   * Reports that whoever reads the mailbox of this link is no longer responsible, once for each link: its party decides.
   * Alike when repeated, and while the same is open from another mail. The line, its clocks and reminders stay as they are.
   */
  async notResponsible(token: string, link: AckLink): Promise<void> {
    const { noticeId, partyCode: party, bodyId: body } = link;
    const presented = hashToken(token);
    const bearer = { actor: `link:${noticeId}`, party, body, purpose: 'report', presented };
    await this.units.run(bearer, (tx) => this.report(tx, link, presented));
  }

  private async report(tx: Tx, link: AckLink, presented: string): Promise<void> {
    const unused = await tx.query(
      `SELECT 1 FROM ack_links WHERE token_hash = $1 AND reported_at IS NULL AND expires_at > app.now() FOR UPDATE`,
      [presented],
    );
    const [notice] = await tx.query<Carried>(
      `SELECT id AS notice, recipient, channel AS kind, traffic, point_of_contact_id AS "pointOfContact"
       FROM notices WHERE id = $1 AND point_of_contact_id IS NOT NULL`,
      [link.noticeId],
    );
    if (unused.length === 0 || !notice) return;
    const key = await this.rows.keyFor(tx, link.requestId, link.partyCode);
    const channelId = (await this.answered.channelOf(tx, key, notice)) ?? null;
    const use = (at: Date) =>
      tx.query('UPDATE ack_links SET reported_at = $2 WHERE token_hash = $1', [presented, at]);
    const open = await tx.query(
      `SELECT 1 FROM corrections WHERE point_of_contact_id = $1 AND channel_id IS NOT DISTINCT FROM $2 AND via = 'link'
         AND what = 'no-longer-responsible' AND state = 'open'`,
      [notice.pointOfContact, channelId],
    );
    if (open.length > 0) {
      await use(await tx.now());
      return;
    }
    const entry = { pointOfContactId: notice.pointOfContact, channelId, partyCode: link.partyCode };
    await reportByLink(tx, this.vault, entry, { what: 'no-longer-responsible', text: null }, use);
  }
}

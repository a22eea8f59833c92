import type { PartyCaller } from '#libs/access';
import { addressOf } from '#libs/directory';
import { recipientOf, type NoticeChannel } from '#libs/notifications';
import { newId, type Tx } from '#libs/runtime';
import type { DataKey, Sealed, Vault } from '#libs/vault';
import type { AddresseeRow } from './addressee.entity.js';

/** A notice that went to a point of contact, and the address that it went to. */
export interface Carried {
  notice: string;
  recipient: Sealed;
  kind: NoticeChannel;
  traffic: string;
  pointOfContact: string;
}

/** What an acknowledgement says of the mailbox that carried the notice: that a person answers there. */
export class AnsweredChannels {
  constructor(private readonly vault: Vault) {}

  /**
   * Writes it down, once the line is acknowledged and in the same transaction. Of a link, it is the mailbox that the link
   * was sent to. Of an account, the one mailbox of its body that notices of the line were sent to: of several nobody
   * knows which was read. A program that acknowledges says nothing of a mailbox.
   */
  async acknowledged(tx: Tx, caller: PartyCaller, key: DataKey, line: AddresseeRow): Promise<void> {
    if (caller.assurance === 'api-token') return;
    const carried = await this.carriedTo(tx, caller, line);
    const [first] = carried;
    if (!first || carried.some(({ pointOfContact }) => pointOfContact !== first.pointOfContact)) return;
    const channels = new Set<string>();
    for (const one of carried) {
      const channel = await this.channelOf(tx, key, one);
      if (channel) channels.add(channel);
    }
    const [channelId] = channels;
    if (channelId === undefined || channels.size > 1) return;
    await tx.query(
      `INSERT INTO channel_checks (id, channel_id, party_code, traffic, kind, outcome, evidence_id, at)
       VALUES ($1, $2, $3, $4, 'acknowledgement', 'answered', $5, app.now()) ON CONFLICT DO NOTHING`,
      [newId(), channelId, line.partyCode, first.traffic, first.notice],
    );
  }

  /** The notices by which the caller may have learnt of the line: those that a relay has taken over. */
  private async carriedTo(
    tx: Tx,
    { kind, actor, body }: PartyCaller,
    line: AddresseeRow,
  ): Promise<Carried[]> {
    const byLink = kind === 'link';
    return tx.query<Carried>(
      `SELECT n.id AS notice, n.recipient, n.channel AS kind, n.traffic, n.point_of_contact_id AS "pointOfContact"
       FROM notices n JOIN points_of_contact p ON p.id = n.point_of_contact_id
       WHERE n.addressee_id = $1 AND n.party_code = $2
         AND CASE WHEN $3 THEN n.id = $4::uuid
           ELSE p.body_id = $5 AND n.state = 'accepted' AND n.wanted_for ~ '^(request|reminder):' END
       ORDER BY n.id`,
      [line.id, line.partyCode, byLink, byLink ? actor.slice('link:'.length) : null, body],
    );
  }

  /** The channel whose address a notice went to; undefined where it has been ended since. */
  async channelOf(
    tx: Tx,
    key: DataKey,
    { notice, recipient, kind, pointOfContact }: Carried,
  ): Promise<string | undefined> {
    const { address } = this.vault.open<{ address: string }>(key, recipientOf(notice), recipient);
    const channels = await tx.query<{ id: string; address: Sealed }>(
      `SELECT id, address FROM channels WHERE point_of_contact_id = $1 AND kind = $2 AND state IN ('proven', 'suspect')`,
      [pointOfContact, kind],
    );
    for (const channel of channels)
      if ((await this.vault.openPartys<string>(addressOf(channel.id), channel.address)) === address)
        return channel.id;
    return undefined;
  }
}

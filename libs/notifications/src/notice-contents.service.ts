import type { UnitOfWork } from '#libs/runtime';
import type { Place, Sealed, Vault } from '#libs/vault';
import {
  renderHtml,
  renderText,
  type AcknowledgeSlot,
  type EndpointText,
  type MailText,
} from '#libs/wording';
import type { AckLinks } from './ack-links.service.js';
import type { EndpointChannel, OutgoingNotice } from './endpoint.channel.js';
import type { MailChannel, MailOutcome, OutgoingMail } from './mail.channel.js';
import { AckLinkRow, type NoticeChannel } from './outbox.entity.js';
import { bodyOf, recipientOf } from './outbox.service.js';

/** All ways by which notices leave: a new one is registered here. */
export interface Channels {
  mail: Pick<MailChannel, 'send'>;
  endpoint: Pick<EndpointChannel, 'send'>;
}

/** What is opened to send one notice. */
export interface Unopened extends Record<'id' | 'message_id' | 'language', string> {
  /** Null: it is about no request, and sealed under keys of parties. */
  request_id: string | null;
  party_code: string | null;
  traffic: 'actual' | 'exercise' | 'test';
  channel: NoticeChannel;
  recipient: Sealed;
  body: Sealed;
  wrapped: Sealed | null;
  created_at: Date;
  claimed_at: Date;
}

/** A notice that can leave, and by which way. */
export type Outgoing = { by: 'mail'; notice: OutgoingMail } | { by: 'endpoint'; notice: OutgoingNotice };

/** Lets it leave, once. */
export const sendBy = async (channels: Channels, { by, notice }: Outgoing): Promise<MailOutcome> =>
  by === 'mail' ? channels.mail.send(notice) : channels.endpoint.send(notice);

/** Opens what a notice says, and to whom, and writes it as its channel sends it. */
export class NoticeContents {
  constructor(
    private readonly work: UnitOfWork,
    private readonly vault: Vault,
    private readonly ackLinks: AckLinks,
    private readonly publicUrl: string,
  ) {}

  async compose(notice: Unopened): Promise<Outgoing> {
    const open = await openerOf(this.vault, notice);
    const text = await open<MailText | EndpointText>(bodyOf(notice.message_id), notice.body);
    const { address } = await open<{ address: string }>(recipientOf(notice.id), notice.recipient);
    const slot = await this.slot(notice.id);
    const { id, channel, created_at: writtenAt, claimed_at: at } = notice;
    if (channel === 'mail' && 'blocks' in text)
      return { by: 'mail', notice: mailOf(notice, address, text, slot) };
    if (channel === 'mail' || 'blocks' in text) throw new Error(`a text that is not for ${channel}`);
    return {
      by: 'endpoint',
      notice: { id, kind: channel, to: address, text, acknowledge: slot, writtenAt, at },
    };
  }

  private async slot(noticeId: string): Promise<AcknowledgeSlot | undefined> {
    const worker = { actor: 'worker', party: null, body: null, purpose: 'deliver' };
    const link = await this.work.run(worker, (tx) => tx.manager.findOneBy(AckLinkRow, { noticeId }));
    if (!link) return undefined;
    const { token, code } = await this.ackLinks.credentials(noticeId, link.keyId);
    return { link: `${this.publicUrl}/ack/${token}`, code, expiresAt: link.expiresAt };
  }
}

/** Opens what was sealed for a notice: under its request's key, or its party's own. */
export async function openerOf(
  vault: Vault,
  {
    request_id: requestId,
    party_code: party,
    wrapped,
  }: Pick<Unopened, 'request_id' | 'party_code' | 'wrapped'>,
) {
  if (requestId === null || party === null || wrapped === null)
    return <T>(place: Place, sealed: Sealed) => vault.openPartys<T>(place, sealed);
  const key = await vault.unwrap(requestId, party, wrapped);
  return async <T>(place: Place, sealed: Sealed) => vault.open<T>(key, place, sealed);
}

const mailOf = (
  { id, traffic, language, created_at: writtenAt }: Unopened,
  to: string,
  text: MailText,
  slot: AcknowledgeSlot | undefined,
): OutgoingMail => ({
  ...{ id, traffic, to, subject: text.subject, language, writtenAt },
  text: renderText(text, slot),
  html: renderHtml(text, slot),
  attachments: text.attachments,
  encrypted: text.encrypted,
});

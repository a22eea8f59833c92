import { newId, Problem, type Doorbell, type Tx } from '#libs/runtime';
import type { DataKey, Vault } from '#libs/vault';
import type { EndpointText, MailText } from '#libs/wording';
import { ackDays, type AckLinks } from './ack-links.service.js';
import { isEndpointAddress } from './endpoint-address.js';
import { isMailAddress } from './mail-address.js';
import { MessageRow, NoticeRow, type NoticeChannel } from './outbox.entity.js';

/** One recipient, chosen by the caller: whom, how, where, and whether its notice can acknowledge. */
export interface Recipient {
  pointOfContactId: string;
  bodyId: string;
  channel: NoticeChannel;
  address: string;
  /** 1 is told first. */
  position: number;
  acknowledges: boolean;
}

/** One content and all who receive it. Which, in what language and how urgently, the caller has decided. */
export interface OutboxMessage {
  requestId: string;
  addresseeId: string | null;
  partyCode: string;
  requesterCode: string;
  traffic: 'actual' | 'exercise' | 'test';
  kind: string;
  tlp: string;
  /** A mail, or what all of the recipients' endpoints are told. */
  text: MailText | EndpointText;
  recipients: readonly Recipient[];
  /** What it is wanted for; {@link Outbox.cancel} takes back what is no longer wanted. */
  wantedFor: string;
  /** 1 is first. */
  priority: number;
}

/** One mail that is not about a request, so it is sealed under the key of the party that sends it. */
interface MailApart {
  /** Left out: what is really so. */
  traffic?: OutboxMessage['traffic'];
  partyCode: string | null;
  text: MailText;
  address: string;
  wantedFor: string;
}
/** A mail that offers an account. */
export type InvitationMail = MailApart & { invitationId: string };
/** A mail that tells of an emergency access. */
export type EmergencyMail = MailApart & { emergencyAccessId: string };

/** A mail to a channel of the directory, about that channel or its point of contact. */
export type ChannelMail = MailApart & {
  channelId: string;
  kind:
    | 'channel-proof'
    | 'channel-change'
    | 'key-test'
    | 'key-expiry'
    | 'confirmation'
    | 'correction'
    | 'proposal'
    | 'plan-mode'
    | 'ahead'
    | 'call-code'
    | 'calls';
  /** Whether somebody waits for it now. */
  waitedFor: boolean;
};

/** What a mail can be about that is about no request. */
type BesideRequests = Pick<
  MessageRow,
  'invitationId' | 'emergencyAccessId' | 'announcementId' | 'subscriptionId' | 'channelId'
>;
const aboutRequests: BesideRequests = {
  ...{ invitationId: null, emergencyAccessId: null, announcementId: null, subscriptionId: null },
  channelId: null,
};

/** A mail about no request, and all who receive it: each under the key of its own party, the text under its owner's. */
export interface OwnMail {
  about: Partial<BesideRequests>;
  /** Left out: what is really so. */
  traffic?: OutboxMessage['traffic'];
  kind: string;
  /** Whose text it is; null: the network's. */
  partyCode: string | null;
  text: MailText;
  recipients: readonly { partyCode: string | null; address: string }[];
  wantedFor: string;
  /** 1 is first; {@link afterRequests} lets every request go before. */
  priority: number;
}

/** Beside the most urgent requests and before the rest: somebody may be waiting for it at the telephone. */
const invitationPriority = 2;
/** Behind every request, exercises included: nobody waits for it. */
export const afterRequests = 20;

const marking = { actual: null, exercise: 'EXERCISE', test: 'TEST' } as const;

/** Sealed places of the outbox, for those who open it again. */
export const bodyOf = (messageId: string) => ({ table: 'messages', row: messageId, field: 'body' });
export const recipientOf = (noticeId: string) => ({ table: 'notices', row: noticeId, field: 'recipient' });

/**
 * Notices to be sent, as rows of the transaction that causes them. The queue is told after the commit and may
 * forget: the sweep reads the rows.
 */
export class Outbox {
  constructor(
    private readonly vault: Vault,
    private readonly ackLinks: AckLinks,
    private readonly doorbell: Doorbell,
  ) {}

  /** Writes messages and one notice for each recipient, sealed under the request's key. */
  async enqueue(tx: Tx, dataKey: DataKey, messages: readonly OutboxMessage[]): Promise<void> {
    const at = await tx.now();
    const ids: string[] = [];
    for (const message of messages) ids.push(...(await this.write(tx, dataKey, message, at)));
    tx.onCommit(() => void this.doorbell.ring(ids.map((id) => ({ id, attempt: 1 }))));
  }

  /** Writes the mail of an invitation, as lasting as any other. */
  async enqueueInvitation(tx: Tx, mail: InvitationMail): Promise<void> {
    const { invitationId, partyCode, address, ...rest } = mail;
    const ids = await this.enqueueOwn(tx, {
      ...{ ...rest, partyCode, about: { invitationId }, recipients: [{ partyCode, address }] },
      ...{ kind: 'invitation', priority: invitationPriority },
    });
    tx.onCommit(() => void this.doorbell.ring(ids.map((id) => ({ id, attempt: 1 }))));
  }

  /** Writes a mail that tells of an emergency access. */
  async enqueueEmergency(tx: Tx, { emergencyAccessId, address, ...mail }: EmergencyMail): Promise<void> {
    const ids = await this.enqueueOwn(tx, {
      ...{ ...mail, about: { emergencyAccessId }, recipients: [{ partyCode: mail.partyCode, address }] },
      ...{ kind: 'emergency-access', priority: invitationPriority },
    });
    tx.onCommit(() => void this.doorbell.ring(ids.map((id) => ({ id, attempt: 1 }))));
  }

  /** Writes a mail to a channel of the directory. One that somebody waits for, as for a code, goes before most. */
  async enqueueToChannel(tx: Tx, { channelId, address, waitedFor, ...mail }: ChannelMail): Promise<void> {
    const ids = await this.enqueueOwn(tx, {
      ...{ ...mail, about: { channelId }, recipients: [{ partyCode: mail.partyCode, address }] },
      priority: waitedFor ? invitationPriority : afterRequests,
    });
    if (waitedFor) tx.onCommit(() => void this.doorbell.ring(ids.map((id) => ({ id, attempt: 1 }))));
  }

  /**
   * Writes a mail about no request, and answers the ids of its notices. Rings for nothing: the sweep finds the rows, in
   * the order of their priority, so that many of them do not stand before a request in the queue.
   */
  async enqueueOwn(tx: Tx, mail: OwnMail): Promise<string[]> {
    const { about, kind, partyCode, text, recipients, wantedFor, priority, traffic = 'actual' } = mail;
    const createdAt = await tx.now();
    const messageId = newId();
    const beside = {
      ...aboutRequests,
      ...about,
      requestId: null,
      addresseeId: null,
      requesterCode: null,
      traffic,
    };
    await tx.manager.insert(MessageRow, {
      ...{ ...beside, id: messageId, partyCode, kind, createdAt, marking: marking[traffic], tlp: null },
      language: text.language,
      body: this.vault.seal(await this.vault.partyKey(partyCode), bodyOf(messageId), text),
    });
    const notices: NoticeRow[] = [];
    for (const { partyCode: party, address } of recipients)
      notices.push(
        this.notice(
          await this.vault.partyKey(party),
          { channel: 'mail', address },
          {
            ...{ ...beside, messageId, partyCode: party, pointOfContactId: null, position: 1 },
            ...{ wantedFor, priority, createdAt, dueAt: createdAt },
          },
        ),
      );
    if (notices.length > 0) await tx.manager.insert(NoticeRow, notices);
    return notices.map(({ id }) => id);
  }

  /** "No longer wanted": what is not yet on the wire is cancelled, and what is on it is not tried again. */
  async cancel(tx: Tx, wantedFor: string): Promise<void> {
    await tx.query('SELECT app.recall($1)', [wantedFor]);
  }

  private async write(tx: Tx, dataKey: DataKey, message: OutboxMessage, at: Date): Promise<string[]> {
    const { text, recipients, wantedFor, priority, ...about } = message;
    const messageId = newId();
    const { requestId, addresseeId, partyCode, requesterCode, traffic } = about;
    await tx.manager.insert(MessageRow, {
      id: messageId,
      ...about,
      ...aboutRequests,
      language: text.language,
      marking: marking[traffic],
      body: this.vault.seal(dataKey, bodyOf(messageId), text),
      createdAt: at,
    });
    const notices = recipients.map((recipient) => ({
      recipient,
      row: this.notice(dataKey, recipient, {
        ...{ messageId, requestId, addresseeId, partyCode, requesterCode, traffic, wantedFor, priority },
        ...aboutRequests,
        pointOfContactId: recipient.pointOfContactId,
        position: recipient.position,
        createdAt: at,
        dueAt: at,
      }),
    }));
    if (notices.length > 0)
      await tx.manager.insert(
        NoticeRow,
        notices.map(({ row }) => row),
      );
    const expiresAt = new Date(at.getTime() + ackDays * 86_400_000);
    const links = notices.flatMap(({ recipient: { acknowledges, bodyId }, row }) =>
      acknowledges && addresseeId
        ? { noticeId: row.id, requestId, addresseeId, partyCode, requesterCode, traffic, bodyId, expiresAt }
        : [],
    );
    if (links.length > 0) await this.ackLinks.create(tx, links);
    return notices.map(({ row }) => row.id);
  }

  private notice(
    dataKey: DataKey,
    { channel, address }: Pick<Recipient, 'channel' | 'address'>,
    about: Omit<
      NoticeRow,
      | 'id'
      | 'recipient'
      | 'channel'
      | 'state'
      | 'attempt'
      | 'leaseUntil'
      | 'sendingUntil'
      | 'recalledAt'
      | 'settledAt'
      | 'returnedAt'
      | 'returnStatus'
    >,
  ): NoticeRow {
    if (!(channel === 'mail' ? isMailAddress(address) : isEndpointAddress(channel, address)))
      throw new Problem('internal', `A channel holds something that is no address for ${channel}.`);
    const id = newId();
    return {
      ...about,
      id,
      channel,
      recipient: this.vault.seal(dataKey, recipientOf(id), { address }),
      state: 'pending',
      attempt: 0,
      leaseUntil: null,
      sendingUntil: null,
      recalledAt: null,
      settledAt: null,
      returnedAt: null,
      returnStatus: null,
    };
  }
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const noticeStates = [
  ...(['pending', 'leased', 'sending', 'accepted', 'unknown', 'failed', 'cancelled'] as const),
] as const;
export type NoticeState = (typeof noticeStates)[number];

/** How a notice leaves: kinds of channels that machines operate. */
export const noticeChannels = ['mail', 'webhook', 'gateway'] as const;
export type NoticeChannel = (typeof noticeChannels)[number];

/** One sealed content in one language under one marking. */
@Entity('messages')
export class MessageRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  /** What it offers, where it is about no request. */
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId!: string | null;
  /** What it announces. */
  @Column('uuid', { name: 'announcement_id', nullable: true }) announcementId!: string | null;
  /** Of whose checkpoints it carries one. */
  @Column('uuid', { name: 'subscription_id', nullable: true }) subscriptionId!: string | null;
  /** The channel that it proves. */
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId!: string | null;
  /** The emergency access that it tells of, where it is about neither. */
  @Column('uuid', { name: 'emergency_access_id', nullable: true }) emergencyAccessId!: string | null;
  @Column('uuid', { name: 'addressee_id', nullable: true }) addresseeId!: string | null;
  /** The party whose people receive it; null: the network's own. */
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text', { name: 'requester_code', nullable: true }) requesterCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text', { nullable: true }) marking!: string | null;
  @Column('text') kind!: string;
  @Column('text') language!: string;
  @Column('text', { nullable: true }) tlp!: string | null;
  @Column('jsonb') body!: Sealed;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** One recipient on one channel. The outbox is these rows. */
@Entity('notices')
export class NoticeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'message_id' }) messageId!: string;
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  /** What it offers, where it is about no request. */
  @Column('uuid', { name: 'invitation_id', nullable: true }) invitationId!: string | null;
  /** What it announces. */
  @Column('uuid', { name: 'announcement_id', nullable: true }) announcementId!: string | null;
  /** Of whose checkpoints it carries one. */
  @Column('uuid', { name: 'subscription_id', nullable: true }) subscriptionId!: string | null;
  /** The channel that it proves. */
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId!: string | null;
  /** The emergency access that it tells of, where it is about neither. */
  @Column('uuid', { name: 'emergency_access_id', nullable: true }) emergencyAccessId!: string | null;
  @Column('uuid', { name: 'addressee_id', nullable: true }) addresseeId!: string | null;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text', { name: 'requester_code', nullable: true }) requesterCode!: string | null;
  @Column('uuid', { name: 'point_of_contact_id', nullable: true }) pointOfContactId!: string | null;
  @Column('text') traffic!: string;
  @Column('text') channel!: NoticeChannel;
  @Column('jsonb') recipient!: Sealed;
  @Column('integer') position!: number;
  @Column('text', { name: 'wanted_for' }) wantedFor!: string;
  @Column('text') state!: NoticeState;
  @Column('integer') attempt!: number;
  @Column('integer') priority!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('timestamptz', { name: 'lease_until', nullable: true }) leaseUntil!: Date | null;
  @Column('timestamptz', { name: 'sending_until', nullable: true }) sendingUntil!: Date | null;
  /** Since when it is no longer wanted. */
  @Column('timestamptz', { name: 'recalled_at', nullable: true }) recalledAt!: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  /** When it came back although a relay had taken it, and the status that was given for it (RFC 3463). */
  @Column('timestamptz', { name: 'returned_at', nullable: true }) returnedAt!: Date | null;
  @Column('text', { name: 'return_status', nullable: true }) returnStatus!: string | null;
}

/** One try, written before its first byte leaves. */
@Entity('attempts')
export class AttemptRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'notice_id' }) noticeId!: string;
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text', { name: 'requester_code', nullable: true }) requesterCode!: string | null;
  @Column('text') traffic!: string;
  @Column('integer') number!: number;
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { nullable: true }) outcome!: string | null;
  @Column('integer', { name: 'reply_code', nullable: true }) replyCode!: number | null;
}

/** What lets the bearer of one mail acknowledge one request; token and code themselves are stored nowhere. */
@Entity('ack_links')
export class AckLinkRow {
  @PrimaryColumn('uuid', { name: 'notice_id' }) noticeId!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'addressee_id' }) addresseeId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('uuid', { name: 'body_id' }) bodyId!: string;
  @Column('text') traffic!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('text', { name: 'token_hash', unique: true }) tokenHash!: string;
  @Column('integer', { name: 'tries_left' }) triesLeft!: number;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  /** When its bearer said not to be responsible for the mailbox. */
  @Column('timestamptz', { name: 'reported_at', nullable: true }) reportedAt!: Date | null;
}

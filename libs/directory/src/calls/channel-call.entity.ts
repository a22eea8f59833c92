import type { OutgoingFault } from '#libs/runtime';
import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the worker says to a webhook or a gateway, and what came of it. */
@Entity('channel_calls')
export class ChannelCallRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  /** A code that proves the channel, which is over with the next one; or a change, which is said whatever comes after. */
  @Column('text') about!: 'proof' | 'change';
  @Column('jsonb') body!: Sealed;
  @Column('text') state!: 'pending' | 'sending' | 'accepted' | 'failed' | 'cancelled';
  @Column('integer', { default: 0 }) attempt!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'sending_until', nullable: true }) sendingUntil!: Date | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('integer', { name: 'reply_status', nullable: true }) replyStatus!: number | null;
  @Column('text', { nullable: true }) fault!: OutgoingFault | null;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A code that was sent on a channel, to be said back. Kept as a keyed hash alone. */
@Entity('channel_codes')
export class ChannelCodeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('text', { name: 'code_hash' }) codeHash!: string;
  @Column('integer', { name: 'tries_left' }) triesLeft!: number;
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}

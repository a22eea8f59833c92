import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A code that was sent, to be said back. Kept as a keyed hash alone. */
export abstract class SentCodeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('text', { name: 'code_hash' }) codeHash!: string;
  @Column('integer', { name: 'tries_left' }) triesLeft!: number;
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  /** The id of what it proves. */
  abstract about: string;
}

/** One that was sent on a channel. */
@Entity('channel_codes')
export class ChannelCodeRow extends SentCodeRow {
  @Column('uuid', { name: 'channel_id' }) about!: string;
}

/** One that was sent encrypted to a key. */
@Entity('key_tests')
export class KeyTestRow extends SentCodeRow {
  @Column('uuid', { name: 'contact_key_id' }) about!: string;
}

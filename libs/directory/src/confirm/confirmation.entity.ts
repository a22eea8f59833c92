import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CorrectionState, CorrectionWhat } from './correction-words.js';

/** One ask for confirmation. Its token is derived from the id under a vault key, so that reminders bear the same. */
@Entity('confirmations')
export class ConfirmationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  /** Where the link was sent. */
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('text', { name: 'token_hash', unique: true }) tokenHash!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  /** When the last mail with it was written. */
  @Column('timestamptz', { name: 'mailed_at' }) mailedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
  @Column('text', { nullable: true }) outcome!: 'confirmed' | 'reported' | null;
}

/** What is said to be wrong with an entry, until its party has decided. */
@Entity('corrections')
export class CorrectionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId!: string | null;
  /** Whose entry it is. */
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') via!: 'account' | 'link' | 'system';
  /** The party of who said so; null: the system itself. */
  @Column('text', { name: 'reporter_code', nullable: true }) reporterCode!: string | null;
  @Column('uuid', { name: 'reported_by', nullable: true }) reportedBy!: string | null;
  @Column('text') what!: CorrectionWhat;
  @Column('jsonb', { nullable: true }) content!: Sealed | null;
  @Column('text') state!: CorrectionState;
  @Column('timestamptz', { name: 'reported_at' }) reportedAt!: Date;
  @Column('timestamptz', { name: 'told_at', nullable: true }) toldAt!: Date | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('uuid', { name: 'change_id', nullable: true }) changeId!: string | null;
  @Column('integer', { default: 1 }) version!: number;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience } from './announcement-view.js';

/** What the secretariat tells the network's accounts. Its words never change; it may be withdrawn, with a reason. */
@Entity('announcements')
export class AnnouncementRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('text') traffic!: string;
  @Column('text') audience!: Audience;
  /** Title and texts. */
  @Column('jsonb') content!: Sealed;
  /** The one that it puts right. */
  @Column('uuid', { nullable: true }) corrects!: string | null;
  @Column('uuid', { name: 'announced_by' }) announcedBy!: string;
  @Column('timestamptz', { name: 'announced_at' }) announcedAt!: Date;
  @Column('boolean', { name: 'by_mail' }) byMail!: boolean;
  /** The last account whose mail lies in the outbox; since when all of them do. */
  @Column('uuid', { name: 'mailed_up_to', nullable: true }) mailedUpTo!: string | null;
  @Column('timestamptz', { name: 'mailed_at', nullable: true }) mailedAt!: Date | null;
  /** The reason. */
  @Column('jsonb', { nullable: true }) withdrawal!: Sealed | null;
  @Column('uuid', { name: 'withdrawn_by', nullable: true }) withdrawnBy!: string | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
}

/** That an account has marked an announcement as read. */
@Entity('announcement_reads')
export class AnnouncementReadRow {
  @PrimaryColumn('uuid', { name: 'announcement_id' }) announcementId!: string;
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'read_at' }) readAt!: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That the owner of an entry was told ahead of time what will be due. For good: another date is another row. */
@Entity('ahead_warnings')
export class AheadWarningRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  /** Whose last day it is; null: the whole entry is to be gone through. */
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId!: string | null;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  /** How many days before: 30, 7, or 0 once a channel is over. */
  @Column('integer') days!: number;
  @Column('timestamptz', { name: 'told_at', nullable: true }) toldAt!: Date | null;
}

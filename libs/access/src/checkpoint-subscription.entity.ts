import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rhythm } from './checkpoint-rhythm.js';

/** Where a party has checkpoints sent. One a party; an end leaves the row without address and due time. */
@Entity('checkpoint_subscriptions')
export class CheckpointSubscriptionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code', unique: true }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') rhythm!: Rhythm;
  @Column('text') language!: string;
  @Column('jsonb', { nullable: true }) address!: Sealed | null;
  @Column('uuid', { name: 'subscribed_by' }) subscribedBy!: string;
  @Column('timestamptz', { name: 'subscribed_at' }) subscribedAt!: Date;
  @Column('timestamptz', { name: 'due_at', nullable: true }) dueAt!: Date | null;
  /** The newest checkpoint that was sent. */
  @Column('integer', { name: 'sent_number', nullable: true }) sentNumber!: number | null;
}

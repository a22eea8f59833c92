import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { CallOutcome, CallReason, CallState, CallWay } from './call-task-words.js';

/** A person's work: to call a channel that no machine operates. Its code is derived, and stored nowhere. */
@Entity('call_tasks')
export class CallTaskRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  /** The party that is called. */
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  /** Whose people call; null: the secretariat's. */
  @Column('text', { name: 'wanted_by', nullable: true }) wantedBy!: string | null;
  @Column('text') reason!: CallReason;
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  /** The line of it that waits. */
  @Column('uuid', { name: 'addressee_id', nullable: true }) addresseeId!: string | null;
  /** What the call needs that announces a change, as it was then. */
  @Column('jsonb', { nullable: true }) told!: Sealed | null;
  @Column('text') state!: CallState;
  @Column('text', { nullable: true }) way!: CallWay | null;
  /** Null: the system. Written by the database, as are who took it and who heard the code. */
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('integer', { default: 0 }) takes!: number;
  @Column('uuid', { name: 'taken_by', nullable: true }) takenBy!: string | null;
  @Column('timestamptz', { name: 'taken_at', nullable: true }) takenAt!: Date | null;
  @Column('timestamptz', { name: 'taken_until', nullable: true }) takenUntil!: Date | null;
  @Column('text', { name: 'key_id', nullable: true }) keyId!: string | null;
  @Column('integer', { name: 'tries_left', default: 0 }) triesLeft!: number;
  @Column('uuid', { name: 'heard_by', nullable: true }) heardBy!: string | null;
  @Column('timestamptz', { name: 'heard_at', nullable: true }) heardAt!: Date | null;
  @Column('text', { nullable: true }) outcome!: CallOutcome | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  /** When the secretariat was told that a change is to be announced, and the administrators that it is disputed. */
  @Column('timestamptz', { name: 'mailed_at', nullable: true }) mailedAt!: Date | null;
  @Column('timestamptz', { name: 'dispute_mailed_at', nullable: true }) disputeMailedAt!: Date | null;
}

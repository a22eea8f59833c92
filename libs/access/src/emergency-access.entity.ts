import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somebody who has lost every second factor asks to be let in, is granted it or not. Grants are the database's own. */
@Entity('emergency_access')
export class EmergencyAccessRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  /** The session that waits: it alone is let in. */
  @Column('uuid', { name: 'session_id' }) sessionId!: string;
  @Column('jsonb') reason!: Sealed;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('timestamptz', { name: 'ask_until' }) askUntil!: Date;
  @Column('timestamptz', { name: 'granted_at', nullable: true }) grantedAt!: Date | null;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  /** When the session that waits became whole. */
  @Column('timestamptz', { name: 'begun_at', nullable: true }) begunAt!: Date | null;
  /** When a second factor was last set up under it. */
  @Column('timestamptz', { name: 'factor_set_up_at', nullable: true }) factorSetUpAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
}

/** One who vouches. */
@Entity('emergency_approvals')
export class EmergencyApprovalRow {
  @PrimaryColumn('uuid', { name: 'emergency_access_id' }) emergencyAccessId!: string;
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'approved_at' }) approvedAt!: Date;
}

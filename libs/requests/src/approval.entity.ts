import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ApprovalState, VoidBecause } from './clearance.js';
import type { Act } from './lifecycle.js';

/** What one person asked another to clear: exactly that, at the versions it was asked at, and what became of it. */
@Entity('approvals')
export class ApprovalRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  /** The body of whoever asked. */
  @Column('uuid', { name: 'body_id' }) bodyId!: string;
  /** The line that is acted on; null for the request as a whole. */
  @Column('uuid', { name: 'addressee_id', nullable: true }) addresseeId!: string | null;
  @Column('text') traffic!: string;
  @Column('text') act!: Act;
  /** Null: an addressee's. */
  @Column('integer', { name: 'request_version', nullable: true }) requestVersion!: number | null;
  @Column('integer', { name: 'line_version', nullable: true }) lineVersion!: number | null;
  /** A salted commitment to what is to be cleared. */
  @Column('text') digest!: string;
  @Column('jsonb') content!: Sealed;
  @Column('text') state!: ApprovalState;
  @Column('uuid', { name: 'asked_by' }) askedBy!: string;
  @Column('timestamptz', { name: 'asked_at' }) askedAt!: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  /** Who decided, and the comment. */
  @Column('jsonb', { nullable: true }) decision!: Sealed | null;
  /** Used, void or taken back. */
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('text', { name: 'void_because', nullable: true }) voidBecause!: VoidBecause | null;
  @Column('uuid', { name: 'used_by', nullable: true }) usedBy!: string | null;
  /** The transaction that did what was cleared. */
  @Column('text', { name: 'used_in', nullable: true }) usedIn!: string | null;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One side's view of a request, shared within its party with a body or with one account; kept when it has ended. */
@Entity('request_shares')
export class RequestShareRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('uuid', { name: 'body_id', nullable: true }) bodyId!: string | null;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('text') traffic!: string;
  /** Who shared it, and why. */
  @Column('jsonb') grounds!: Sealed;
  @Column('timestamptz', { name: 'shared_at' }) sharedAt!: Date;
  @Column('uuid', { name: 'shared_by' }) sharedBy!: string;
  /** Who ended it. */
  @Column('jsonb', { nullable: true }) ending!: Sealed | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('uuid', { name: 'ended_by', nullable: true }) endedBy!: string | null;
}

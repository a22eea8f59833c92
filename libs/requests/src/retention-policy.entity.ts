import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How long contents of requests are kept, in one network; each version for good. */
@Entity('retention_policies')
export class RetentionPolicyRow {
  @PrimaryColumn('uuid', { name: 'network_id' }) networkId!: string;
  @PrimaryColumn('integer') version!: number;
  /** Days after a side's part has ended; null: never. */
  @Column('integer', { nullable: true }) days!: number | null;
  @Column('integer', { name: 'draft_days', nullable: true }) draftDays!: number | null;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
}

/** A hold that stands: the key of this side is not destroyed. Why is said in the event. */
@Entity('request_holds')
export class RequestHoldRow {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz') since!: Date;
  /** Null: until it is released. */
  @Column('timestamptz', { nullable: true }) until!: Date | null;
}

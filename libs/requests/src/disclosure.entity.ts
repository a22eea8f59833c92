import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That one addressee was told of another, for good. */
@Entity('disclosures')
export class DisclosureRow {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  /** The addressee that was told. */
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  /** The addressee that it was told of. */
  @PrimaryColumn('text', { name: 'disclosed_code' }) disclosedCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'disclosed_at' }) disclosedAt!: Date;
}

import { Column, Entity, PrimaryColumn } from 'typeorm';

/** That a mail about a line arrived, or that the request was read there. For good; each has its entry in the journal. */
@Entity('observations')
export class ObservationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'addressee_id' }) addresseeId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('text') traffic!: string;
  @Column('text') what!: 'delivered' | 'viewed';
  @Column('text') evidence!: 'link-fetched' | 'request-read' | 'code-typed';
  @Column('text') assurance!: 'signed-in' | 'emergency' | 'link-and-code' | 'system';
  /** The notice whose link was fetched. */
  @Column('uuid', { name: 'notice_id', nullable: true }) noticeId!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text') salt!: string;
}

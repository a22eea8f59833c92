import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What happened, for good: a commitment to what was said, never the words. */
@Entity('request_events')
export class RequestEventRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('uuid', { name: 'addressee_id', nullable: true }) addresseeId!: string | null;
  /** The party that acted, or whose relay did. */
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('text', { name: 'addressee_code', nullable: true }) addresseeCode!: string | null;
  @Column('text') audience!: 'requester' | 'addressee' | 'both';
  @Column('text') traffic!: string;
  @Column('text') act!: string;
  @Column('text', { name: 'from_state', nullable: true }) fromState!: string | null;
  @Column('text', { name: 'to_state' }) toState!: string;
  @Column('text') actor!: string;
  @Column('text') assurance!: 'signed-in' | 'emergency' | 'link-and-code' | 'api-token' | 'system';
  @Column('timestamptz') at!: Date;
  @Column('text') commitment!: string;
}

/** The words of an event, sealed and erasable, with the salt of its commitment. */
@Entity('request_event_contents')
export class RequestEventContentRow {
  @PrimaryColumn('uuid', { name: 'event_id' }) eventId!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('jsonb') content!: Sealed;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { TemplateKey } from './request-content.js';
import type { RequestState } from './lifecycle.js';

@Entity('requests')
export class RequestRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) reference!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  /** The requester. */
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('uuid', { name: 'body_id' }) bodyId!: string;
  @Column('uuid', { name: 'filed_by' }) filedBy!: string;
  @Column('text') traffic!: 'actual' | 'exercise' | 'test';
  @Column('text') kind!: 'assistance' | 'mitigation';
  @Column('text') state!: RequestState;
  @Column('integer') version!: number;
  @Column('text', { nullable: true }) urgency!: string | null;
  @Column('text', { nullable: true }) tlp!: string | null;
  /** Of a draft only; once it is sent the lines say it. */
  @Column('text', { name: 'addressed_to', array: true }) addressedTo!: string[];
  @Column('jsonb') content!: Sealed;
  @Column('timestamptz', { name: 'composed_at' }) composedAt!: Date;
  @Column('timestamptz', { name: 'sent_at', nullable: true }) sentAt!: Date | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  /** The published template it is filed on, and keeps. */
  @Column('text', { name: 'template_key', nullable: true }) templateKey!: TemplateKey | null;
  @Column('integer', { name: 'template_version', nullable: true }) templateVersion!: number | null;
}

/** A body that the request concerns: row level security asks here. */
@Entity('request_members')
export class RequestMemberRow {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @PrimaryColumn('uuid', { name: 'body_id' }) bodyId!: string;
  @Column('text') traffic!: string;
}

/** The request's data key, wrapped for one party. */
@Entity('request_keys')
export class RequestKeyRow {
  @PrimaryColumn('uuid', { name: 'request_id' }) requestId!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('jsonb') wrapped!: Sealed;
}

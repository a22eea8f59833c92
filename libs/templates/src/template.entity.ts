import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A published template document. Published for good: a change is a new version. */
@Entity('templates')
export class TemplateRow {
  @PrimaryColumn('text') key!: string;
  @PrimaryColumn('integer') version!: number;
  @Column('uuid', { name: 'network_id', nullable: true }) networkId!: string | null;
  @Column('jsonb') document!: object;
  /** SHA-256, in hex, over the RFC 8785 form of the document. */
  @Column('text') digest!: string;
  @Column('timestamptz', { name: 'published_at' }) publishedAt!: Date;
}

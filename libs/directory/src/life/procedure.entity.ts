import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One version of the procedure of a party, or of one of its bodies; the newest is in force. For good. */
@Entity('procedures')
export class ProcedureRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('uuid', { name: 'body_id', nullable: true }) bodyId!: string | null;
  @Column('integer') version!: number;
  @Column('jsonb') content!: Sealed;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
}

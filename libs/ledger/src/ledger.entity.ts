import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One link of a chain. Written by triggers alone, in the statement that adds what it is about. */
@Entity('ledger_entries')
export class LedgerEntryRow {
  @PrimaryColumn('text') chain!: string;
  @PrimaryColumn('integer') seq!: number;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') kind!: string;
  @Column('timestamptz') at!: Date;
  @Column('text', { name: 'actor_code', nullable: true }) actorCode!: string | null;
  @Column('text') assurance!: string;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') commitment!: string;
  @Column('text') digest!: string;
  @Column('text', { name: 'prev_hash' }) prevHash!: string;
  @Column('text') hash!: string;
}

/** Where a chain ends. It moves forward by one, and never back. */
@Entity('ledger_heads')
export class LedgerHeadRow {
  @PrimaryColumn('text') chain!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('integer') seq!: number;
  @Column('text', { name: 'prev_hash' }) prevHash!: string;
  @Column('text') hash!: string;
}

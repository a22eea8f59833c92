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
  /** Blinds its leaf in checkpoints. */
  @Column('text') salt!: string;
}

/** What happened too often for a chain of its own. It waits without a batch, and is given its place in one once. */
@Entity('journal_entries')
export class JournalEntryRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') kind!: string;
  @Column('timestamptz') at!: Date;
  @Column('uuid', { name: 'subject_id' }) subjectId!: string;
  @Column('text') commitment!: string;
  @Column('uuid', { name: 'batch_id', nullable: true }) batchId!: string | null;
  @Column('integer', { nullable: true }) position!: number | null;
  /** The hashes beside its way to the batch's root, where a receipt is given for it. */
  @Column('text', { array: true, nullable: true }) path!: string[] | null;
}

/** A Merkle root over entries of the journal, with an entry of its own in the chain `journal`. */
@Entity('journal_batches')
export class JournalBatchRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('timestamptz') at!: Date;
  @Column('integer') size!: number;
  @Column('text') root!: string;
}

/** A signed statement of where the chains stood. */
@Entity('checkpoints')
export class CheckpointRow {
  @PrimaryColumn('integer') number!: number;
  @Column('text') network!: string;
  @Column('timestamptz') at!: Date;
  @Column('text') root!: string;
  @Column('text', { nullable: true }) previous!: string | null;
  @Column('text', { name: 'key_id' }) keyId!: string;
  @Column('text') signature!: string;
  @Column('text', { array: true }) leaves!: string[];
  @Column('text') padding!: string;
}

/** Which leaf of a checkpoint stands for the head of which chain. */
@Entity('checkpoint_places')
export class CheckpointPlaceRow {
  @PrimaryColumn('integer') checkpoint!: number;
  @PrimaryColumn('integer') position!: number;
  @Column('text') chain!: string;
  @Column('integer') seq!: number;
}

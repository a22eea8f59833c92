import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FormatName } from '../formats/draft-entry.js';

export const importStates = ['previewed', 'applied', 'undone', 'discarded'] as const;
export type ImportState = (typeof importStates)[number];

/** A document that a party brought in. The document itself is not kept, and its content only until it is over. */
@Entity('imports')
export class ImportRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') format!: FormatName;
  /** SHA-256 of the document, in hex. */
  @Column('text') digest!: string;
  @Column('integer') bytes!: number;
  @Column('text') state!: ImportState;
  @Column('jsonb', { nullable: true }) content!: Sealed | null;
  @Column('integer') total!: number;
  @Column('uuid', { name: 'previewed_by', nullable: true }) previewedBy!: string | null;
  @Column('timestamptz', { name: 'previewed_at' }) previewedAt!: Date;
  @Column('uuid', { name: 'applied_by', nullable: true }) appliedBy!: string | null;
  @Column('timestamptz', { name: 'applied_at', nullable: true }) appliedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('uuid', { name: 'made_bodies', array: true, default: '{}' }) madeBodies!: string[];
  @Column('uuid', { name: 'made_entries', array: true, default: '{}' }) madeEntries!: string[];
  @Column('integer', { default: 1 }) version!: number;
}

/** How many points of contact of an import are entered so far. */
@Entity('import_progress')
export class ImportProgressRow {
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('integer') done!: number;
}

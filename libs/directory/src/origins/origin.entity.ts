import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Registry } from './registry-lines.js';

/** The file of a regional registry that is in force here. */
@Entity('origin_files')
export class OriginFileRow {
  @PrimaryColumn('text') registry!: Registry;
  @Column('text') serial!: string;
  /** Up to which day it tells. */
  @Column('date', { name: 'file_date' }) fileDate!: string;
  @Column('integer') records!: number;
  @Column('timestamptz', { name: 'imported_at' }) importedAt!: Date;
}

/** For which country or territory a block of addresses is registered. */
@Entity('origin_ranges')
export class OriginRangeRow {
  @PrimaryColumn('cidr') range!: string;
  @PrimaryColumn('text') registry!: Registry;
  @Column('text') country!: string;
  @Column('text') status!: 'allocated' | 'assigned';
  @Column('date', { nullable: true }) since!: string | null;
}

/** The same for numbers of autonomous systems, from `first` to `last`. */
@Entity('origin_systems')
export class OriginSystemRow {
  @PrimaryColumn('text') registry!: Registry;
  @PrimaryColumn('bigint') first!: string;
  @Column('bigint') last!: string;
  @Column('text') country!: string;
  @Column('text') status!: 'allocated' | 'assigned';
  @Column('date', { nullable: true }) since!: string | null;
}

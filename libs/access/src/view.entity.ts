import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Caller } from './caller.js';

/** Somebody read a request, or looked something up in the directory. For good; each has its entry in the journal. */
@Entity('views')
export class ViewRow {
  @PrimaryColumn('uuid') id!: string;
  /** Null: the network's staff. */
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') kind!: 'view.request' | 'look-up';
  /** An account's id, or `link:<notice id>`. */
  @Column('text') actor!: string;
  @Column('text') assurance!: Caller['assurance'];
  @Column('uuid', { name: 'request_id', nullable: true }) requestId!: string | null;
  /** The code of the party that was looked up; null for lists. */
  @Column('text', { nullable: true }) sought!: string | null;
  @Column('timestamptz') at!: Date;
  @Column('text') salt!: string;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A time in which nobody is at a point of contact, and which other one of the party stands in. */
@Entity('absences')
export class AbsenceRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at' }) endsAt!: Date;
  @Column('uuid', { name: 'substitute_id', nullable: true }) substituteId!: string | null;
  /** For the party alone. */
  @Column('jsonb', { nullable: true }) reason!: Sealed | null;
  @Column('uuid', { name: 'told_by' }) toldBy!: string;
  @Column('timestamptz', { name: 'told_at' }) toldAt!: Date;
}

/** Who has the duty at a point of contact; the current shift is the one that nobody was handed yet. */
@Entity('shifts')
export class ShiftRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  /** Somebody without an account, by name. */
  @Column('jsonb', { nullable: true }) person!: Sealed | null;
  @Column('timestamptz', { name: 'starts_at' }) startsAt!: Date;
  @Column('timestamptz', { name: 'ends_at', nullable: true }) endsAt!: Date | null;
  @Column('timestamptz', { name: 'handed_over_at', nullable: true }) handedOverAt!: Date | null;
  /** What whoever had it before leaves for this one. */
  @Column('jsonb', { nullable: true }) note!: Sealed | null;
  @Column('uuid', { name: 'begun_by' }) begunBy!: string;
}

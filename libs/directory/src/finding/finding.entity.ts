import { Column, Entity, PrimaryColumn } from 'typeorm';

export const foundKinds = ['party', 'body', 'point-of-contact'] as const;
export type FoundKind = (typeof foundKinds)[number];

/** Stands in the place of an id where a party itself is meant. */
export const noSubject = '00000000-0000-0000-0000-000000000000';

/** Something that is found under its names; in which way these were folded. */
@Entity('findables')
export class FindableRow {
  @PrimaryColumn('text') kind!: FoundKind;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @PrimaryColumn('uuid') subject!: string;
  @Column('text') traffic!: string;
  /** 0: to be folded anew. */
  @Column('integer', { default: 0 }) version!: number;
}

/** That something bears a name, folded. */
@Entity('finding_holders')
export class FindingHolderRow {
  @PrimaryColumn('text') kind!: FoundKind;
  @PrimaryColumn('text', { collation: 'C' }) name!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @PrimaryColumn('uuid') subject!: string;
  @Column('text') traffic!: string;
}

/** A beginning by which a name is found, whoever bears it. */
@Entity('finding_terms')
export class FindingTermRow {
  @PrimaryColumn('text') kind!: FoundKind;
  @PrimaryColumn('text', { collation: 'C' }) name!: string;
  @PrimaryColumn('text', { collation: 'C' }) term!: string;
  /** What it is of the name: a code (0), all of it (1), or what begins at a later word (2). */
  @PrimaryColumn('integer') weight!: number;
}

/** A word of some name, by what is left of it when letters are taken out. */
@Entity('finding_words')
export class FindingWordRow {
  @PrimaryColumn('text', { collation: 'C' }) rest!: string;
  @PrimaryColumn('text', { collation: 'C' }) word!: string;
}

/** Keyed: that a part of the name of a person at a point of contact begins so. Some mean nothing. */
@Entity('person_tokens')
export class PersonTokenRow {
  @PrimaryColumn('text', { collation: 'C' }) token!: string;
  @PrimaryColumn('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  /** The root key that it was made under. */
  @Column('text', { name: 'key_id' }) keyId!: string;
}

/** That somebody has read an entry of another party. For an hour. */
@Entity('entry_readings')
export class EntryReadingRow {
  @PrimaryColumn('text') actor!: string;
  @PrimaryColumn('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('timestamptz') at!: Date;
}

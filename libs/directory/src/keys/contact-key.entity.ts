import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyKind, KeyState } from './key-words.js';

/** A key of a mail channel. What it is never changes: a prolonged one is another row. */
@Entity('contact_keys')
export class ContactKeyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: KeyKind;
  @Column('text') fingerprint!: string;
  @Column('text') algorithm!: string;
  @Column('integer', { nullable: true }) bits!: number | null;
  @Column('text', { nullable: true }) curve!: string | null;
  @Column('text', { array: true }) findings!: string[];
  @Column('boolean', { name: 'names_address' }) namesAddress!: boolean;
  @Column('boolean', { name: 'can_encrypt' }) canEncrypt!: boolean;
  @Column('jsonb', { name: 'user_ids' }) userIds!: Sealed;
  @Column('jsonb') material!: Sealed;
  @Column('timestamptz', { name: 'made_at' }) madeAt!: Date;
  @Column('timestamptz', { name: 'valid_from' }) validFrom!: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column('text') state!: KeyState;
  /** Who added it, and the other person who confirmed it. Written by the database. */
  @Column('uuid', { name: 'added_by' }) addedBy!: string;
  @Column('timestamptz', { name: 'added_at' }) addedAt!: Date;
  @Column('uuid', { name: 'confirmed_by', nullable: true }) confirmedBy!: string | null;
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  /** Who last proposed to end it, and when; null once it is kept. Written by the database. */
  @Column('uuid', { name: 'end_proposed_by', nullable: true }) endProposedBy!: string | null;
  @Column('timestamptz', { name: 'end_proposed_at', nullable: true }) endProposedAt!: Date | null;
  /** When its holder said a code back that was sent encrypted. */
  @Column('timestamptz', { name: 'tested_at', nullable: true }) testedAt!: Date | null;
  /** The days before its end of the last warning: 90, 30, 7 or 0. */
  @Column('integer', { name: 'warned_days', nullable: true }) warnedDays!: number | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Duty } from './duty.js';
import type {
  ChannelKind,
  ChannelPurpose,
  ChannelState,
  ContactState,
  Encryption,
  Level,
} from './entry-words.js';

/** A point of contact: a role first; `position` 1 is the primary one of its party and level. */
@Entity('points_of_contact')
export class PointOfContactRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('uuid', { name: 'body_id' }) bodyId!: string;
  @Column('text') traffic!: string;
  @Column('text') level!: Level;
  @Column('integer') position!: number;
  @Column('jsonb', { name: 'role_names' }) roleNames!: Record<string, string>;
  @Column('text', { array: true }) languages!: string[];
  @Column('text') zone!: string;
  @Column('text') state!: ContactState;
  /** Who holds the role, if that is told. */
  @Column('jsonb', { nullable: true }) person!: Sealed | null;
  @Column('text', { name: 'expected_roles', array: true, default: '{}' }) expectedRoles!: string[];
  @Column('text', { array: true, default: '{}' }) coordination!: string[];
  /** Readiness requirements (A/76/135, 77 (a)) by name, as the party answered them. */
  @Column('jsonb', { default: {} }) readiness!: Record<string, boolean>;
  @Column('jsonb', { nullable: true }) note!: { text: string; language: string } | null;
  @Column('jsonb', { default: {} }) duty!: Duty;
  @Column('timestamptz', { name: 'created_at', default: () => 'app.now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at', default: () => 'app.now()' }) changedAt!: Date;
  /** Who named it, and the other person who verified it. Null: with the instance. Written by the database. */
  @Column('uuid', { name: 'nominated_by', nullable: true }) nominatedBy!: string | null;
  @Column('uuid', { name: 'verified_by', nullable: true }) verifiedBy!: string | null;
  @Column('timestamptz', { name: 'verified_at', nullable: true }) verifiedAt!: Date | null;
  /** When the party last said that the entry is right; and last went through all of it. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
  @Column('timestamptz', { name: 'confirmed_hard_at', nullable: true }) confirmedHardAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
}

/** One way to reach a point of contact, in order. */
@Entity('channels')
export class ChannelRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: ChannelKind;
  @Column('integer') position!: number;
  @Column('jsonb') address!: Sealed;
  /** Whether the address is a fictional one, as only a sample world has them. */
  @Column('boolean') sample!: boolean;
  @Column('text', { default: 'any' }) purpose!: ChannelPurpose;
  @Column('text') state!: ChannelState;
  @Column('text', { default: 'none' }) encryption!: Encryption;
  /** The last day on which it is good (RFC 9116 asks for the same of security contacts). */
  @Column('date', { name: 'expires_on', nullable: true }) expiresOn!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'app.now()' }) createdAt!: Date;
  /** Who added it, and so does not prove it by a call. Null: with the instance. Written by the database. */
  @Column('uuid', { name: 'added_by', nullable: true }) addedBy!: string | null;
  @Column('timestamptz', { name: 'proven_at', nullable: true }) provenAt!: Date | null;
  /** When a person last answered on it, and how that was seen. */
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  @Column('text', { name: 'answered_how', nullable: true }) answeredHow!: string | null;
  @Column('timestamptz', { name: 'suspect_since', nullable: true }) suspectSince!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
}

/** What was tried on a channel and what came of it. For good. */
@Entity('channel_checks')
export class ChannelCheckRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'channel_id' }) channelId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: string;
  @Column('text') outcome!: string;
  /** The notice, call task or report that it was seen by. */
  @Column('uuid', { name: 'evidence_id', nullable: true }) evidenceId!: string | null;
  @Column('timestamptz') at!: Date;
}

/** Whom a body answers for, one thing a row. */
@Entity('constituencies')
export class ConstituencyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'body_id' }) bodyId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: 'type' | 'asn' | 'range' | 'domain' | 'sector' | 'country';
  @Column('text') value!: string;
  @Column('bigint', { nullable: true }) asn!: string | null;
  @Column('cidr', { nullable: true }) range!: string | null;
}

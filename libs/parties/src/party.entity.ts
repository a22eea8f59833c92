import type { BodyKind, BodyProfile, PartyKind, SharingBoundary } from './party-words.js';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A party of the network: its identity only. `names` by language (BCP 47). */
@Entity('parties')
export class PartyRow {
  @PrimaryColumn('text') code!: string;
  /** Of States: ISO 3166-1. Organizations have a code of three letters or more, and none of these. */
  @Column('text', { unique: true, nullable: true }) alpha3!: string | null;
  @Column('text', { unique: true, nullable: true }) numeric!: string | null;
  @Column('text') kind!: PartyKind;
  @Column('text', { name: 'regional_group', nullable: true }) regionalGroup!: string | null;
  @Column('jsonb') names!: Record<string, string>;
  @Column('integer', { default: 1 }) version!: number;
}

/** A body of a party: ministry, agency, CERT. */
@Entity('bodies')
export class BodyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: BodyKind;
  @Column('jsonb') names!: Record<string, string>;
  @Column('text', { default: 'active' }) state!: 'active' | 'retired';
  /** What "organization" means where this body reads TLP:AMBER. */
  @Column('text', { name: 'sharing_boundary', default: 'body' }) sharingBoundary!: SharingBoundary;
  @Column('jsonb', { default: {} }) profile!: BodyProfile;
  @Column('integer', { default: 1 }) version!: number;
}

/** The network that requests, templates and policies belong to. */
@Entity('networks')
export class NetworkRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) code!: string;
  @Column('jsonb') names!: Record<string, string>;
  /** Levels at which each member is to have a point of contact. */
  @Column('text', { name: 'levels_required', array: true, default: '{technical,diplomatic}' })
  levelsRequired!: string[];
  /** Which fields members see of one another's entries; what is not named, they see. */
  @Column('jsonb', { default: {} }) visibility!: Record<string, unknown>;
  @Column('jsonb', { default: {} }) rules!: Record<string, unknown>;
  @Column('integer', { default: 1 }) version!: number;
}

/** That a party belongs to a network, from when until when. */
@Entity('memberships')
export class MembershipRow {
  @PrimaryColumn('uuid', { name: 'network_id' }) networkId!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @Column('timestamptz', { name: 'joined_at' }) joinedAt!: Date;
  @Column('timestamptz', { name: 'left_at', nullable: true }) leftAt!: Date | null;
}

/** What this instance is, for life. */
@Entity('instance')
export class InstanceRow {
  @PrimaryColumn('boolean', { default: true }) sole!: boolean;
  @Column('text') kind!: 'sample' | 'real';
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

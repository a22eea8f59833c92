import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An OpenID Connect provider through which people of a party sign in. Its issuer and client never change. */
@Entity('identity_providers')
export class IdentityProviderRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') issuer!: string;
  @Column('text', { name: 'client_id' }) clientId!: string;
  @Column('jsonb', { name: 'client_secret' }) clientSecret!: Sealed;
  @Column('jsonb') name!: Sealed;
  /** Values of `acr` and `amr` by which it says that it has checked a second factor. */
  @Column('text', { name: 'second_factor_acr', array: true }) secondFactorAcr!: string[];
  @Column('text', { name: 'second_factor_amr', array: true }) secondFactorAmr!: string[];
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** Who an account is at a provider; its holder has linked the two. */
@Entity('organization_identities')
export class OrganizationIdentityRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('uuid', { name: 'provider_id' }) providerId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text', { name: 'subject_token', unique: true }) subjectToken!: string;
  @Column('jsonb') subject!: Sealed;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** What a sign-in through a provider is for. */
export const organizationPurposes = ['sign-in', 'link', 'step-up'] as const;
export type OrganizationPurpose = (typeof organizationPurposes)[number];

/** A sign-in that has begun: found by what comes back from the provider and what its browser has kept, both hashed. */
@Entity('organization_sign_ins')
export class OrganizationSignInRow {
  @PrimaryColumn('text', { name: 'state_hash' }) stateHash!: string;
  @Column('text', { name: 'browser_hash' }) browserHash!: string;
  @Column('uuid', { name: 'provider_id' }) providerId!: string;
  @Column('text') purpose!: OrganizationPurpose;
  /** Who links or steps up, and in which session. */
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('uuid', { name: 'session_id', nullable: true }) sessionId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}

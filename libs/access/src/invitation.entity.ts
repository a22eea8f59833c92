import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Role } from './permissions.js';

/** An account that is offered to whoever reads one mailbox. The link's token is stored as a hash alone. */
@Entity('invitations')
export class InvitationRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('uuid', { name: 'body_id', nullable: true }) bodyId!: string | null;
  @Column('text') traffic!: string;
  @Column('text') role!: Role;
  @Column('text') language!: string;
  /** The address. */
  @Column('jsonb') person!: Sealed;
  @Column('text', { name: 'token_hash', unique: true }) tokenHash!: string;
  /** Null: by the operator who set the instance up. */
  @Column('uuid', { name: 'invited_by', nullable: true }) invitedBy!: string | null;
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt!: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
}

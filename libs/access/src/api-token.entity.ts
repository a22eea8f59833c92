import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Permission } from './permissions.js';

/** What lets a program act for an account. The token is stored as a hash alone. */
@Entity('api_tokens')
export class ApiTokenRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('jsonb') name!: Sealed;
  @Column('text', { array: true }) scope!: Permission[];
  @Column('text', { name: 'token_hash', unique: true }) tokenHash!: string;
  /** For how many days it was made; rotating it makes one for as many. */
  @Column('integer') days!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
}

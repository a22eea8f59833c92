import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A shared secret for time-based codes (RFC 6238). */
@Entity('totp_secrets')
export class TotpRow {
  @PrimaryColumn('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('jsonb') secret!: Sealed;
  @Column('integer', { name: 'last_step' }) lastStep!: number;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** Null until a first code has proved that the app holds it. */
  @Column('timestamptz', { name: 'confirmed_at', nullable: true }) confirmedAt!: Date | null;
}

/** One code for one use, for who has lost the rest. */
@Entity('recovery_codes')
export class RecoveryCodeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text', { name: 'code_hash' }) codeHash!: string;
  @Column('timestamptz', { name: 'used_at', nullable: true }) usedAt!: Date | null;
}

/** The public key of an authenticator (WebAuthn Level 3), in COSE and base64url. */
@Entity('passkeys')
export class PasskeyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text', { name: 'credential_id', unique: true }) credentialId!: string;
  @Column('text', { name: 'public_key' }) publicKey!: string;
  @Column('integer') counter!: number;
  /** What its bearer calls it. */
  @Column('jsonb') name!: Sealed;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt!: Date | null;
}

/** What an authenticator is to sign, as a hash: given out once, taken once. */
@Entity('passkey_challenges')
export class PasskeyChallengeRow {
  @PrimaryColumn('text', { name: 'challenge_hash' }) challengeHash!: string;
  /** Whose registration it is for; null: for signing in. */
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
}

/** Failed tries of one account or one network address, which stands here as a keyed hash. */
@Entity('throttles')
export class ThrottleRow {
  @PrimaryColumn('text') key!: string;
  @Column('integer') failures!: number;
  @Column('timestamptz', { name: 'last_at' }) lastAt!: Date;
}

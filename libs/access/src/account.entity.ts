import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccessAct } from './access-acts.js';
import type { Caller } from './caller.js';
import type { Role } from './permissions.js';
import type { Factor, SessionStage } from './step-up.js';

/** A person's access. Name and address are sealed; sign-in finds the row by a keyed hash of the address. */
@Entity('accounts')
export class AccountRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('uuid', { name: 'body_id', nullable: true }) bodyId!: string | null;
  @Column('text') traffic!: string;
  @Column('text') role!: Role;
  @Column('text') language!: string;
  @Column('text', { name: 'sign_in_token' }) signInToken!: string;
  @Column('jsonb') person!: Sealed;
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  /** Since when it opens nothing any more. */
  @Column('timestamptz', { name: 'deactivated_at', nullable: true }) deactivatedAt!: Date | null;
  /** Since when name and address are gone; the record names the account by its id. */
  @Column('timestamptz', { name: 'erased_at', nullable: true }) erasedAt!: Date | null;
  /** Which terms of use were accepted, and when; null in a sample world. */
  @Column('text', { name: 'terms_version', nullable: true }) termsVersion!: string | null;
  @Column('timestamptz', { name: 'terms_accepted_at', nullable: true }) termsAcceptedAt!: Date | null;
}

@Entity('sessions')
export class SessionRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'account_id' }) accountId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text', { name: 'token_hash', unique: true }) tokenHash!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  /** How far it has come; only a full one opens more than the second factor. */
  @Column('text') stage!: SessionStage;
  @Column('text', { nullable: true }) factor!: Factor | null;
  @Column('timestamptz', { name: 'factor_at', nullable: true }) factorAt!: Date | null;
  @Column('timestamptz', { name: 'seen_at' }) seenAt!: Date;
}

/** The answer to a call that bore an Idempotency-Key, for its repeat. */
@Entity('idempotent_answers')
export class IdempotentAnswerRow {
  @PrimaryColumn('text') scope!: string;
  @PrimaryColumn('text') key!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') fingerprint!: string;
  @Column('jsonb', { nullable: true }) answer!: Sealed | null;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

/** Somebody signed in, was refused, or did what else belongs on the record. For good; each has its entry in the ledger. */
@Entity('access_events')
export class AccessEventRow {
  @PrimaryColumn('uuid') id!: string;
  /** Null: the address that was given is nobody's. */
  @Column('uuid', { name: 'account_id', nullable: true }) accountId!: string | null;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') act!: AccessAct;
  @Column('text') assurance!: Caller['assurance'] | 'system' | 'none';
  /** The request, account or other row that it was about. */
  @Column('uuid', { nullable: true }) about!: string | null;
  @Column('timestamptz') at!: Date;
}

import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PlanState } from './plan-words.js';
import type { PlanMode } from './route-words.js';

/** A communication plan, one version of it: of two parties, or of a network. Its content never changes. */
@Entity('plans')
export class PlanRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('text') kind!: 'pair' | 'network';
  /** Who proposed it, and to whom; a network's has neither. */
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text', { name: 'other_code', nullable: true }) otherCode!: string | null;
  @Column('text') traffic!: string;
  @Column('integer') number!: number;
  @Column('text') state!: PlanState;
  @Column('text', { default: 'normal' }) mode!: PlanMode;
  @Column('jsonb') content!: Sealed;
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('uuid', { name: 'settled_by', nullable: true }) settledBy!: string | null;
  @Column('timestamptz', { name: 'settled_at', nullable: true }) settledAt!: Date | null;
  @Column('text', { name: 'ended_by_code', nullable: true }) endedByCode!: string | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
}

/** That the points of contact of a party were told of a mode. For good. */
@Entity('plan_modes_told')
export class PlanModeToldRow {
  @PrimaryColumn('uuid', { name: 'mode_id' }) modeId!: string;
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'told_at' }) toldAt!: Date;
}

/** A mode that was declared under a plan, and why. For good. */
@Entity('plan_modes')
export class PlanModeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'plan_id' }) planId!: string;
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text', { name: 'other_code', nullable: true }) otherCode!: string | null;
  @Column('text') traffic!: string;
  @Column('text') mode!: PlanMode;
  @Column('jsonb') reason!: Sealed;
  @Column('uuid', { name: 'declared_by' }) declaredBy!: string;
  @Column('timestamptz', { name: 'declared_at' }) declaredAt!: Date;
}

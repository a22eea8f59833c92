import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Audience, CapabilityKind, Cost, Place } from './capability-words.js';

/** What a party could offer, without commitment. It ends, and is never deleted. */
@Entity('capabilities')
export class CapabilityRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: CapabilityKind;
  @Column('jsonb') content!: Sealed;
  @Column('text', { array: true }) languages!: string[];
  @Column('integer', { name: 'lead_hours' }) leadHours!: number;
  @Column('text') place!: Place;
  @Column('integer', { name: 'lasts_days', nullable: true }) lastsDays!: number | null;
  @Column('text') cost!: Cost;
  /** The last day on which it is offered. */
  @Column('date', { name: 'valid_until', nullable: true }) validUntil!: string | null;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'visible_to' }) visibleTo!: Audience['to'];
  @Column('uuid', { name: 'visible_networks', array: true }) visibleNetworks!: string[];
  @Column('text', { name: 'visible_parties', array: true }) visibleParties!: string[];
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
  @Column('integer', { default: 1 }) version!: number;
}

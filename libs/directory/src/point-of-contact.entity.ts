import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';

export const levels = ['policy', 'diplomatic', 'technical'] as const;
/** The level of a point of contact (A/76/135, 77 (a)). */
export type Level = (typeof levels)[number];

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
}

/** One way to reach a point of contact, in order. */
@Entity('channels')
export class ChannelRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: 'mail';
  @Column('integer') position!: number;
  @Column('jsonb') address!: Sealed;
  /** Whether the address is a fictional one, as only a sample world has them. */
  @Column('boolean') sample!: boolean;
}

import type { Sealed } from '#libs/vault';
import type { RoleSheetText } from '#libs/wording';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Level } from '../entry-words.js';

/** One version of what a network says of a role. For good; no texts: the sheet that the software brings along. */
@Entity('role_sheets')
export class RoleSheetRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('text') traffic!: string;
  @Column('text') level!: Level;
  @Column('integer') version!: number;
  @Column('jsonb') texts!: RoleSheetText[];
  @Column('uuid', { name: 'changed_by' }) changedBy!: string;
  @Column('timestamptz') at!: Date;
}

/** One look of a party at the readiness of a point of contact, against a version of a role sheet. For good. */
@Entity('readiness_checks')
export class ReadinessCheckRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('integer') version!: number;
  @Column('integer', { name: 'sheet_version' }) sheetVersion!: number;
  @Column('jsonb') content!: Sealed;
  @Column('date', { name: 'checked_on' }) checkedOn!: string;
  @Column('boolean') told!: boolean;
  @Column('uuid', { name: 'checked_by' }) checkedBy!: string;
  @Column('timestamptz') at!: Date;
}

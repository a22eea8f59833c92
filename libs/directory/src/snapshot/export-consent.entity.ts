import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ExportConsent } from './export-consent.js';

/** What a party lets others take out of the directory. A party that has no row lets them take all they may read. */
@Entity('export_consents')
export class ExportConsentRow {
  @PrimaryColumn('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') consent!: ExportConsent;
  @Column('timestamptz', { name: 'changed_at' }) changedAt!: Date;
  @Column('integer') version!: number;
}

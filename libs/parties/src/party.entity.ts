import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A party of the network: its identity only. `names` by language (BCP 47). */
@Entity('parties')
export class PartyRow {
  @PrimaryColumn('text') code!: string;
  @Column('text', { unique: true }) alpha3!: string;
  @Column('text', { unique: true, nullable: true }) numeric!: string | null;
  @Column('text') kind!: 'member-state' | 'fictional-state';
  @Column('text', { name: 'regional_group', nullable: true }) regionalGroup!: string | null;
  @Column('jsonb') names!: Record<string, string>;
}

/** A national body: ministry, agency or CERT. */
@Entity('bodies')
export class BodyRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: 'ministry' | 'agency' | 'cert';
  @Column('jsonb') names!: Record<string, string>;
}

/** The network that requests, templates and policies belong to. */
@Entity('networks')
export class NetworkRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('text', { unique: true }) code!: string;
  @Column('jsonb') names!: Record<string, string>;
}

/** What this instance is, for life. */
@Entity('instance')
export class InstanceRow {
  @PrimaryColumn('boolean', { default: true }) sole!: boolean;
  @Column('text') kind!: 'sample' | 'real';
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
}

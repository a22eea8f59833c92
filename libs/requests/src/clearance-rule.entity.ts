import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Which acts need a second person, of a party or of the whole network. Versions are added, never changed. */
@Entity('clearance_rules')
export class ClearanceRuleRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'network_id' }) networkId!: string;
  /** Null: the network's. */
  @Column('text', { name: 'party_code', nullable: true }) partyCode!: string | null;
  @Column('text') traffic!: string;
  @Column('integer') version!: number;
  @Column('text', { array: true }) acts!: string[];
  /** Demands less than what was in force: the database says so, and it waits until somebody else agrees. */
  @Column('boolean') loosens!: boolean;
  @Column('uuid', { name: 'set_by' }) setBy!: string;
  @Column('timestamptz', { name: 'set_at' }) setAt!: Date;
  @Column('uuid', { name: 'agreed_by', nullable: true }) agreedBy!: string | null;
  @Column('timestamptz', { name: 'agreed_at', nullable: true }) agreedAt!: Date | null;
}

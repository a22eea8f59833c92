import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { EntryChangeKind } from './entry-change.js';

/** The note verbale by which a party's authority names or removes a point of contact. For good. */
@Entity('notes_verbales')
export class NoteVerbaleRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') purpose!: 'nomination' | 'removal';
  @Column('date', { name: 'dated_on' }) datedOn!: string;
  /** Reference and authority, and what the file is. */
  @Column('jsonb') content!: Sealed;
  /** The file itself, in base64. */
  @Column('jsonb', { nullable: true }) file!: Sealed | null;
  @Column('uuid', { name: 'given_by' }) givenBy!: string;
  @Column('timestamptz', { name: 'given_at' }) givenAt!: Date;
}

/** That somebody of the party called a nominee before the entry was verified. For good. */
@Entity('call_backs')
export class CallBackRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('uuid', { name: 'note_id' }) noteId!: string;
  @Column('timestamptz', { name: 'called_at' }) calledAt!: Date;
  /** Who called, which number, and how it was found. */
  @Column('jsonb') content!: Sealed;
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
}

/** What one person proposed for an entry, and what became of it. */
@Entity('entry_changes')
export class EntryChangeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'point_of_contact_id' }) pointOfContactId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text') traffic!: string;
  @Column('text') kind!: EntryChangeKind;
  /** The channel that ends, and the id that the new one has from here on. */
  @Column('uuid', { name: 'channel_id', nullable: true }) channelId!: string | null;
  @Column('uuid', { name: 'new_channel_id', unique: true, nullable: true }) newChannelId!: string | null;
  @Column('uuid', { name: 'note_id', nullable: true }) noteId!: string | null;
  @Column('integer', { name: 'entry_version' }) entryVersion!: number;
  /** The new channel and the reason. */
  @Column('jsonb') content!: Sealed;
  @Column('text') state!: 'asked' | 'confirmed' | 'declined' | 'withdrawn';
  @Column('uuid', { name: 'proposed_by' }) proposedBy!: string;
  @Column('timestamptz', { name: 'proposed_at' }) proposedAt!: Date;
  @Column('timestamptz', { name: 'expires_at' }) expiresAt!: Date;
  @Column('uuid', { name: 'decided_by', nullable: true }) decidedBy!: string | null;
  @Column('timestamptz', { name: 'decided_at', nullable: true }) decidedAt!: Date | null;
  /** When it took effect: of a replacement, when the new channel was proven. */
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt!: Date | null;
}

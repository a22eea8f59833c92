import { newId } from '#libs/runtime';
import type { Sealed } from '#libs/vault';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Answer, LineState } from './lifecycle.js';

export type Reach = 'none' | 'accepted' | 'delivered' | 'viewed' | 'unreached';

/**
 * One addressed party's line: state, version and instants of its own. A line that was handed over to another body of
 * the party is followed by one for that body; the last of a party is the one that acts are done on.
 */
@Entity('addressees')
export class AddresseeRow {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  /** The body that holds the line; null where the party was asked and no body was named. */
  @Column('uuid', { name: 'body_id', nullable: true }) bodyId!: string | null;
  /** The line of the same party that was handed over to this one. */
  @Column('uuid', { nullable: true }) follows!: string | null;
  @Column('text') traffic!: string;
  @Column('text') state!: LineState;
  @Column('integer') version!: number;
  @Column('text') reach!: Reach;
  @Column('timestamptz', { name: 'sent_at' }) sentAt!: Date;
  /** First acceptance by a relay. */
  @Column('timestamptz', { name: 'accepted_at', nullable: true }) acceptedAt!: Date | null;
  @Column('timestamptz', { name: 'acknowledged_at', nullable: true }) acknowledgedAt!: Date | null;
  @Column('jsonb', { name: 'acknowledged_by', nullable: true }) acknowledgedBy!: Sealed | null;
  @Column('timestamptz', { name: 'withdrawn_at', nullable: true }) withdrawnAt!: Date | null;
  /** What was determined last. */
  @Column('text', { nullable: true }) answer!: Answer | null;
  /** First answer of substance. */
  @Column('timestamptz', { name: 'answered_at', nullable: true }) answeredAt!: Date | null;
  /** Since when a question to the requester is open. */
  @Column('timestamptz', { name: 'question_at', nullable: true }) questionAt!: Date | null;
  @Column('jsonb', { name: 'taken_by', nullable: true }) takenBy!: Sealed | null;
  /** Redirected or closed. */
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

/** A line as it begins: sent, and nothing known of it yet. */
export const newLine = (
  request: { id: string; partyCode: string; traffic: string },
  partyCode: string,
  sentAt: Date,
  after?: { line: AddresseeRow; bodyId: string },
): AddresseeRow => ({
  id: newId(),
  requestId: request.id,
  partyCode,
  requesterCode: request.partyCode,
  bodyId: after?.bodyId ?? null,
  follows: after?.line.id ?? null,
  traffic: request.traffic,
  state: 'sent',
  // Above that of the line before, which the hand-over itself has moved on by one: who saw that one is stale.
  version: after ? after.line.version + 2 : 1,
  reach: 'none',
  sentAt,
  ...{ acceptedAt: null, acknowledgedAt: null, acknowledgedBy: null, withdrawnAt: null },
  ...{ answer: null, answeredAt: null, questionAt: null, takenBy: null, endedAt: null },
});

import type { Calendar } from '#libs/timeliness';
import type { Urgency } from '#libs/wording';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What one target of one line is measured by, for as long as the line lives: versions do not change under it. */
@Entity('clocks')
export class ClockRow {
  @PrimaryColumn('uuid', { name: 'addressee_id' }) addresseeId!: string;
  @PrimaryColumn('text') target!: 'acknowledge' | 'first-answer';
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('text') traffic!: string;
  @Column('text') urgency!: Urgency;
  @Column('integer', { name: 'policy_version' }) policyVersion!: number;
  @Column('integer', { name: 'calendar_version' }) calendarVersion!: number;
  /** IANA zone of the addressee's calendar. */
  @Column('text') zone!: string;
  /** Hours of duty and days without any, as the addressee had said them; null: those of `officeCalendar`. */
  @Column('jsonb', { nullable: true }) calendar!: Pick<Calendar, 'week' | 'holidays'> | null;
  @Column('text', { name: 'time_source' }) timeSource!: 'real';
  @Column('timestamptz', { name: 'started_at' }) startedAt!: Date;
}

/** A timed act that stands ahead of a line; it fires once, never early, or ends unfired. */
@Entity('timers')
export class TimerRow {
  @PrimaryColumn('uuid', { name: 'addressee_id' }) addresseeId!: string;
  @PrimaryColumn('text') step!: 'remind';
  @PrimaryColumn('integer') cycle!: number;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @Column('text', { name: 'party_code' }) partyCode!: string;
  @Column('text', { name: 'requester_code' }) requesterCode!: string;
  @Column('text') traffic!: string;
  @Column('timestamptz', { name: 'due_at' }) dueAt!: Date;
  @Column('timestamptz', { name: 'fired_at', nullable: true }) firedAt!: Date | null;
  @Column('timestamptz', { name: 'ended_at', nullable: true }) endedAt!: Date | null;
}

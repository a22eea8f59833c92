import { Problem, type Tx } from '#libs/runtime';
import { policyVersion, reminders, targets, type Calendar } from '#libs/timeliness';
import type { Sealed } from '#libs/vault';
import { isUrgency } from '#libs/wording';
import type { AddresseeRow } from './addressee.entity.js';
import { ClockRow, TimerRow } from './clock.entity.js';
import { remindersOfLine } from './correspondence.service.js';
import type { LineState } from './lifecycle.js';

/** What an act makes of a line: its next state, and what else changes with it. */
export type LineChange = Partial<AddresseeRow> & { state: LineState };

/** Keeps watch over a line: what it is measured by, the timers ahead of it, and their end. */
export class Watch {
  /** Starts clocks and reminders of a line that is being sent, in the calendar of the addressee. */
  async begin(tx: Tx, line: AddresseeRow, urgency: string | null, calendar: Calendar): Promise<void> {
    if (!isUrgency(urgency)) throw new Error('a request without urgency is not sent');
    const { zone, week, holidays } = calendar;
    const { id: addresseeId, requestId, partyCode, requesterCode, traffic, sentAt } = line;
    const about = { addresseeId, requestId, partyCode, requesterCode, traffic };
    const clocks = targets.map((target): ClockRow => ({
      ...{ ...about, target, urgency, policyVersion, calendarVersion: calendar.version },
      ...{ zone, timeSource: 'real', startedAt: sentAt },
      calendar: calendar.ofDuty ? { week, holidays } : null,
    }));
    const timers = reminders({ urgency, policyVersion, sentAt, calendar }).map((dueAt, index): TimerRow => ({
      ...{ ...about, step: 'remind', cycle: index + 1, dueAt, firedAt: null, endedAt: null },
    }));
    await tx.manager.insert(ClockRow, clocks);
    if (timers.length > 0) await tx.manager.insert(TimerRow, timers);
  }

  /**
   * Changes a line and, in the same statement, ends its timers and the reminders that are not on the wire once it no
   * longer waits: nothing reminds of what was acknowledged. Raises `conflict` when the line is at another version.
   */
  async settle(tx: Tx, line: AddresseeRow, change: LineChange): Promise<void> {
    const next = { ...line, ...change };
    const sealed = (value: Sealed | null) => value && JSON.stringify(value);
    const rows = await tx.query(
      `WITH line AS (
         UPDATE addressees SET state = $3, version = version + 1, acknowledged_at = $4, acknowledged_by = $5,
           withdrawn_at = $6, answer = $7, answered_at = $8, question_at = $9, taken_by = $10, ended_at = $11
         WHERE id = $1 AND version = $2 RETURNING id, state),
       timer AS (
         UPDATE timers SET ended_at = app.now() FROM line
         WHERE line.state <> 'sent' AND addressee_id = line.id AND fired_at IS NULL AND timers.ended_at IS NULL)
       SELECT id, CASE WHEN state <> 'sent' THEN app.recall($12) END FROM line`,
      [
        ...[
          line.id,
          line.version,
          next.state,
          next.acknowledgedAt,
          sealed(next.acknowledgedBy),
          next.withdrawnAt,
        ],
        ...[next.answer, next.answeredAt, next.questionAt, sealed(next.takenBy), next.endedAt],
        remindersOfLine(line.id),
      ],
    );
    if (rows.length === 0) throw new Problem('conflict', 'The line has changed meanwhile. Read it again.');
  }
}

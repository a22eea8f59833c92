import type { NoticeChannel } from '#libs/notifications';
import { Problem, type Tx } from '#libs/runtime';

/** One notice and what became of it: states and times, never its content. */
export interface DeliveryView {
  notice: string;
  /** What it tells, e.g. `request` or `acknowledged`. */
  kind: string;
  /** The party whose point of contact receives it. */
  party: string;
  pointOfContact: { id: string; level: string; position: number };
  channel: NoticeChannel;
  state: string;
  attempts: {
    number: number;
    startedAt: string;
    endedAt: string | null;
    outcome: string | null;
    replyCode: number | null;
  }[];
  createdAt: string;
  /** When it will be tried next; null once it is settled. */
  nextAttemptAt: string | null;
  settledAt: string | null;
  /** When the mail came back although a relay had taken it, and the status that was given for it (RFC 3463). */
  returnedAt: string | null;
  returnStatus: string | null;
}

/** Deliveries of a request, as far as its lines are the caller's to see. */
export class DeliveryQueries {
  async of(tx: Tx, requestId: string): Promise<DeliveryView[]> {
    const [request] = await tx.query('SELECT 1 FROM requests WHERE id = $1', [requestId]);
    if (!request) throw new Problem('not-found', 'There is no such request.');
    const rows = await tx.query<DeliveryView>(
      `SELECT n.id AS notice, m.kind, n.party_code AS party, n.channel, n.state, n.created_at AS "createdAt",
         CASE WHEN n.settled_at IS NULL THEN n.due_at END AS "nextAttemptAt", n.settled_at AS "settledAt",
         n.returned_at AS "returnedAt", n.return_status AS "returnStatus",
         jsonb_build_object('id', p.id, 'level', p.level, 'position', p.position) AS "pointOfContact",
         coalesce((SELECT jsonb_agg(jsonb_build_object('number', a.number, 'startedAt', a.started_at,
           'endedAt', a.ended_at, 'outcome', a.outcome, 'replyCode', a.reply_code) ORDER BY a.number)
           FROM attempts a WHERE a.notice_id = n.id), '[]') AS attempts
       FROM notices n JOIN messages m ON m.id = n.message_id
         JOIN points_of_contact p ON p.id = n.point_of_contact_id
       WHERE n.request_id = $1 ORDER BY n.created_at, n.id`,
      [requestId],
    );
    return rows.map((row) => ({
      ...row,
      createdAt: iso(row.createdAt) ?? '',
      nextAttemptAt: iso(row.nextAttemptAt),
      settledAt: iso(row.settledAt),
      returnedAt: iso(row.returnedAt),
      attempts: row.attempts.map((attempt) => ({
        ...attempt,
        startedAt: iso(attempt.startedAt) ?? '',
        endedAt: iso(attempt.endedAt),
      })),
    }));
  }
}

const iso = (value: string | Date | null): string | null =>
  value === null ? null : new Date(value).toISOString();

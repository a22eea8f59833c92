import { failpoint, newId, type Job, type Logger, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { AckLinks } from './ack-links.service.js';
import type { MailOutcome } from './mail.channel.js';
import {
  NoticeContents,
  sendBy,
  type Channels,
  type Outgoing,
  type Unopened,
} from './notice-contents.service.js';
import { AttemptRow, type NoticeChannel, type NoticeState } from './outbox.entity.js';
import { afterAttempt, leaseSeconds, retryDelay, sendingSeconds } from './retry.js';

/** What became of a notice, handed up within the transaction that records it. */
export interface NoticeOutcome {
  noticeId: string;
  requestId: string;
  addresseeId: string | null;
  partyCode: string;
  /** What it was wanted for, as its sender said. */
  wantedFor: string;
  state: 'accepted' | 'pending' | 'unknown' | 'failed';
  at: Date;
}

/** Whose notices they are: decides what their outcomes mean. */
export interface NoticeOwner {
  /** Takes the locks that {@link settle} will need. They come before the notice's own, as in everybody else's changes. */
  lock(tx: Tx, about: Pick<NoticeOutcome, 'requestId' | 'partyCode'>): Promise<void>;
  settle(tx: Tx, outcome: NoticeOutcome): Promise<void>;
}

/** A mailbox that has refused a notice for good (RFC 5321, 4.2.1: 5yz to its recipient), or an endpoint (RFC 9110: 4xx). */
export interface Refusal {
  noticeId: string;
  /** Whom the notice was for, and the channel that it was about: one of them, or neither. */
  pointOfContactId: string | null;
  channelId: string | null;
  kind: NoticeChannel;
  address: string;
}

/** Who keeps addresses: learns of a refusal within the transaction that records it. */
export interface RefusalObserver {
  observe(tx: Tx, refusal: Refusal): Promise<void>;
}

interface Claimed extends Unopened {
  wanted_for: string;
  requester_code: string | null;
  addressee_id: string | null;
  point_of_contact_id: string | null;
  channel_id: string | null;
  attempt: number;
}

const worker = (purpose: 'deliver' | 'sweep') => ({ actor: 'worker', party: null, body: null, purpose });

/**
 * The way of a notice: claimed, fenced, sent, recorded. Each step is a compare-and-set on (id, attempt), so that a
 * worker that was killed, frozen or told twice can neither send twice nor overwrite what others recorded.
 */
export class Deliveries {
  private readonly contents: NoticeContents;

  constructor(
    private readonly work: UnitOfWork,
    vault: Vault,
    ackLinks: AckLinks,
    private readonly channels: Channels,
    publicUrl: string,
    private readonly logger: Logger,
  ) {
    this.contents = new NoticeContents(work, vault, ackLinks, publicUrl);
  }

  /** Delivers one notice once. Does nothing when the attempt was made, is being made, or is no longer wanted. */
  async deliver(job: Job, owner: NoticeOwner, observer: RefusalObserver): Promise<void> {
    const claimed = await this.claim(job);
    if (!claimed) return;
    failpoint('after-claim');
    const outgoing = await this.contents
      .compose(claimed)
      .catch((error: unknown) => this.cannotCompose(claimed, error));
    if (!outgoing) return;
    if (!(await this.fence(claimed))) return;
    failpoint('after-fence');
    const sent = await sendBy(this.channels, outgoing);
    if (sent.outcome === 'accepted') failpoint('after-250');
    await this.record(claimed, sent, owner, (tx) => refused(tx, claimed, outgoing, sent, observer));
  }

  /**
   * What is due: notices whose worker vanished are taken back first. `late` lists those that have waited so long
   * (seconds) that the queue has evidently lost them.
   */
  async due(limit: number, lateAfter: number): Promise<{ jobs: Job[]; late: Job[] }> {
    return this.work.run(worker('sweep'), async (tx) => {
      await tx.query(
        `UPDATE notices SET state = 'pending', lease_until = NULL, due_at = app.now()
         WHERE state = 'leased' AND lease_until < app.now()`,
      );
      await tx.query(
        `WITH lost AS (
           UPDATE notices SET sending_until = NULL, due_at = app.now(),
             state = CASE WHEN recalled_at IS NULL THEN 'unknown' ELSE 'cancelled' END,
             settled_at = CASE WHEN recalled_at IS NULL THEN NULL ELSE app.now() END
           WHERE state = 'sending' AND sending_until < app.now() RETURNING id, attempt)
         UPDATE attempts a SET outcome = 'unknown', ended_at = app.now()
         FROM lost WHERE a.notice_id = lost.id AND a.number = lost.attempt AND a.outcome IS NULL`,
      );
      const rows = await tx.query<{ id: string; attempt: number; late: boolean }>(
        `SELECT id, attempt + 1 AS attempt, due_at < app.now() - make_interval(secs => $2) AS late
         FROM notices WHERE state IN ('pending', 'unknown') AND due_at <= app.now()
         ORDER BY priority, due_at, position, id LIMIT $1`,
        [limit, lateAfter],
      );
      const jobs = rows.map(({ id, attempt }) => ({ id, attempt }));
      return { jobs, late: jobs.filter((_, index) => rows[index]?.late) };
    });
  }

  private async claim(job: Job): Promise<Claimed | undefined> {
    return this.work.run(worker('deliver'), async (tx) => {
      const [row] = await tx.query<Claimed>(
        `UPDATE notices n SET state = 'leased', attempt = $2, lease_until = app.now() + make_interval(secs => $3)
         FROM messages m LEFT JOIN request_keys k ON k.request_id = m.request_id AND k.party_code = m.party_code
         WHERE n.id = $1 AND n.attempt = $2 - 1 AND n.state IN ('pending', 'unknown') AND n.due_at <= app.now()
           AND m.id = n.message_id AND (n.request_id IS NULL OR k.wrapped IS NOT NULL)
         RETURNING n.*, m.body, m.language, k.wrapped, app.now() AS claimed_at`,
        [job.id, job.attempt, leaseSeconds],
      );
      return row;
    });
  }

  /** A key is not at hand, or content does not open: a person must act, and it is tried again, later each time. */
  private async cannotCompose(notice: Claimed, error: unknown): Promise<undefined> {
    this.logger.error({ notice: notice.id, reason: String(error) }, 'a notice cannot be composed');
    await this.work.run(worker('deliver'), (tx) =>
      tx.query(
        `UPDATE notices SET state = 'pending', lease_until = NULL, due_at = app.now() + make_interval(secs => $3)
         WHERE id = $1 AND attempt = $2 AND state = 'leased'`,
        [notice.id, notice.attempt, retryDelay(notice.attempt, 0) / 1000],
      ),
    );
    return undefined;
  }

  private async fence(notice: Claimed): Promise<boolean> {
    return this.work.run(worker('deliver'), async (tx) => {
      const rows = await tx.query(
        `UPDATE notices SET state = 'sending', lease_until = NULL, sending_until = app.now() + make_interval(secs => $3)
         WHERE id = $1 AND attempt = $2 AND state = 'leased' RETURNING id`,
        [notice.id, notice.attempt, sendingSeconds],
      );
      if (rows.length === 0) return false;
      await tx.manager.insert(AttemptRow, {
        id: newId(),
        noticeId: notice.id,
        requestId: notice.request_id,
        partyCode: notice.party_code,
        requesterCode: notice.requester_code,
        traffic: notice.traffic,
        number: notice.attempt,
        startedAt: await tx.now(),
        endedAt: null,
        outcome: null,
        replyCode: null,
      });
      return true;
    });
  }

  private async record(
    notice: Claimed,
    sent: MailOutcome,
    owner: NoticeOwner,
    observe: (tx: Tx) => Promise<void>,
  ): Promise<void> {
    await this.work.run(worker('deliver'), async (tx) => {
      const { request_id: requestId, party_code: partyCode } = notice;
      // What became of a mail about no request is read from its notice; nobody else has to decide anything.
      const about = requestId !== null && partyCode !== null ? { requestId, partyCode } : undefined;
      if (about) await owner.lock(tx, about);
      // What is learnt of the mailbox must not keep from being recorded that the mail was refused: else it is sent again.
      await tx
        .attempt(() => observe(tx))
        .catch((error: unknown) => {
          this.logger.error({ notice: notice.id, reason: String(error) }, 'a refusal cannot be observed');
        });
      const at = await tx.now();
      const next = afterAttempt(
        sent.outcome,
        { attempt: notice.attempt, createdAt: notice.created_at },
        at,
        Math.random(),
      );
      // A late answer still counts when the sweep had already called the outcome unknown and nobody tried again.
      const [row] = await tx.query<{ state: NoticeState }>(
        `UPDATE notices SET sending_until = NULL, due_at = coalesce($4, due_at),
           state = CASE WHEN recalled_at IS NOT NULL AND $3 <> 'accepted' THEN 'cancelled' ELSE $3 END,
           settled_at = CASE WHEN recalled_at IS NOT NULL OR $3 IN ('accepted', 'failed') THEN $5::timestamptz END
         WHERE id = $1 AND attempt = $2 AND state IN ('sending', 'unknown', 'cancelled')
           AND (state <> 'cancelled' OR $3 = 'accepted' AND returned_at IS NULL)
         RETURNING state`,
        [notice.id, notice.attempt, next.state, next.dueAt, at],
      );
      await tx.manager.update(
        AttemptRow,
        { noticeId: notice.id, number: notice.attempt },
        { outcome: sent.outcome, endedAt: at, replyCode: sent.replyCode },
      );
      this.logger.info(
        { notice: notice.id, attempt: notice.attempt, outcome: sent.outcome },
        'attempt ended',
      );
      if (!row || row.state === 'cancelled' || !about) return;
      await owner.settle(tx, {
        ...about,
        noticeId: notice.id,
        addresseeId: notice.addressee_id,
        wantedFor: notice.wanted_for,
        state: next.state,
        at,
      });
    });
  }
}

/** Hands a refusal up. A server that only hangs up, or refuses us or the content, says nothing of the mailbox. */
async function refused(
  tx: Tx,
  notice: Claimed,
  { notice: { to: address } }: Outgoing,
  sent: MailOutcome,
  observer: RefusalObserver,
): Promise<void> {
  const {
    id: noticeId,
    point_of_contact_id: pointOfContactId,
    channel_id: channelId,
    channel: kind,
  } = notice;
  const endpointRefused = kind !== 'mail' && sent.outcome === 'permanent' && sent.replyCode !== null;
  if (!sent.mailboxRefused && !endpointRefused) return;
  if (pointOfContactId ?? channelId)
    await observer.observe(tx, { noticeId, pointOfContactId, channelId, kind, address });
}

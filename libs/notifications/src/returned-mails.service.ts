import type { Logger, Tx, UnitOfWork } from '#libs/runtime';
import { isNothing, type Sealed, type Vault } from '#libs/vault';
import type { NoticeOwner, RefusalObserver } from './deliveries.service.js';
import { readDeliveryReport } from './delivery-report.js';
import { openerOf } from './notice-contents.service.js';
import type { NoticeState } from './outbox.entity.js';
import { recipientOf } from './outbox.service.js';

/** Days after which nothing that comes back counts: relays try for five or so. */
const returnDays = 30;
const worker = { actor: 'worker', party: null, body: null, purpose: 'deliver' };

/** What became of a mail that came back; `later`: its notice is on the wire again, so that it is to be told once more. */
export type ReturnedAs = 'failed' | 'nothing' | 'later';

interface Sent {
  id: string;
  request_id: string | null;
  party_code: string | null;
  addressee_id: string | null;
  point_of_contact_id: string | null;
  channel_id: string | null;
  wanted_for: string;
  recipient: Sealed;
  wrapped: Sealed | null;
  state: NoticeState;
}

class OnTheWire extends Error {}

/**
 * Mails that a relay took and that came back all the same. What its report says for good has failed, as if the mail
 * had been refused at once: the mailbox is in doubt and whoever comes next is told.
 */
export class ReturnedMails {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
    private readonly owner: NoticeOwner,
    private readonly observer: RefusalObserver,
    private readonly logger: Logger,
  ) {}

  /** Takes up, once, what came back of a notice. Raises what the database raises: then nothing was taken up. */
  async take(noticeId: string, raw: Uint8Array<ArrayBuffer>): Promise<ReturnedAs> {
    const report = await readDeliveryReport(raw);
    const taken = report.what === 'failed' ? await this.fail(noticeId, report) : 'nothing';
    this.logger.info({ notice: noticeId, came: report.what, as: taken }, 'a mail came back');
    return taken;
  }

  private async fail(
    noticeId: string,
    { status, mailboxRefused }: { status: string | null; mailboxRefused: boolean },
  ): Promise<ReturnedAs> {
    try {
      return await this.units.run(worker, async (tx) => {
        const known = await sent(tx, noticeId);
        if (!known) return 'nothing';
        const { request_id: requestId, party_code: partyCode } = known;
        const about = requestId !== null && partyCode !== null ? { requestId, partyCode } : undefined;
        // The locks in the order of everybody else: the line, the entry, the notice.
        if (about) await this.owner.lock(tx, about);
        const notice = await sent(tx, noticeId);
        if (!notice) return 'nothing';
        if (mailboxRefused) await this.observe(tx, notice);
        const at = await tx.now();
        const state = await recordReturn(tx, noticeId, status, at);
        const isNews = notice.state !== 'failed' && state === 'failed';
        if (!isNews || !about) return 'failed';
        await this.owner.settle(tx, {
          ...{ ...about, noticeId, addresseeId: notice.addressee_id, wantedFor: notice.wanted_for },
          ...{ state, at },
        });
        return 'failed';
      });
    } catch (error) {
      if (error instanceof OnTheWire) return 'later';
      throw error;
    }
  }

  /** What is learnt of the mailbox keeps nobody from recording that the mail came back. */
  private async observe(tx: Tx, notice: Sent): Promise<void> {
    const { id: noticeId, point_of_contact_id: pointOfContactId, channel_id: channelId } = notice;
    if ((pointOfContactId ?? channelId) === null || isNothing(notice.recipient)) return;
    await tx
      .attempt(async () => {
        const open = await openerOf(this.vault, notice);
        const { address } = await open<{ address: string }>(recipientOf(noticeId), notice.recipient);
        await this.observer.observe(tx, { noticeId, pointOfContactId, channelId, kind: 'mail', address });
      })
      .catch((error: unknown) => {
        this.logger.error({ notice: noticeId, reason: String(error) }, 'a refusal cannot be observed');
      });
  }
}

/** A mail that has left, and of which nothing has come back yet. */
async function sent(tx: Tx, id: string): Promise<Sent | undefined> {
  const [notice] = await tx.query<Sent>(
    `SELECT n.id, n.request_id, n.party_code, n.addressee_id, n.point_of_contact_id, n.channel_id, n.wanted_for, n.recipient,
       n.state, k.wrapped
     FROM notices n LEFT JOIN request_keys k ON k.request_id = n.request_id AND k.party_code = n.party_code
     WHERE n.id = $1 AND n.channel = 'mail' AND n.attempt > 0 AND n.returned_at IS NULL
       AND n.created_at > app.now() - make_interval(days => $2)`,
    [id, returnDays],
  );
  return notice;
}

/** Records it once, and answers the state then. Raises while the notice is being sent: its outcome comes first. */
async function recordReturn(tx: Tx, id: string, status: string | null, at: Date): Promise<NoticeState> {
  const [row] = await tx.query<{ state: NoticeState }>(
    `UPDATE notices SET returned_at = $3, return_status = $2,
       state = CASE WHEN state = 'cancelled' THEN state ELSE 'failed' END,
       settled_at = CASE WHEN state IN ('cancelled', 'failed') THEN settled_at ELSE $3 END
     WHERE id = $1 AND returned_at IS NULL AND state NOT IN ('leased', 'sending') RETURNING state`,
    [id, status, at],
  );
  if (!row) throw new OnTheWire('the notice is being sent');
  return row.state;
}

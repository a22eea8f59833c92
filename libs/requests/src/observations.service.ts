import { recordView, type PartyCaller } from '#libs/access';
import { newId, type Tx } from '#libs/runtime';
import { newSalt } from './chronicle.service.js';
import type { LineView, RequestView } from './request-view.js';
import type { RequestQueries } from './requests.queries.js';

/** What is observed of those who are asked, beside what they do: that a mail arrived, that they read the request. */
export class Observations {
  constructor(private readonly queries: RequestQueries) {}

  /** The caller's own view, as `RequestQueries.one` answers it; that it was read is recorded with it. */
  async read(tx: Tx, caller: PartyCaller, id: string): Promise<RequestView> {
    const view = await this.queries.one(tx, caller, id);
    await this.viewed(tx, caller, view, 'request-read');
    return view;
  }

  /**
   * Records that the caller was shown a request: as a view, and the first time on the line that the caller's body holds
   * as an observation, which both sides see. Of the requester's own reading the other side is told nothing.
   */
  async viewed(
    tx: Tx,
    caller: PartyCaller,
    view: RequestView,
    evidence: 'request-read' | 'code-typed',
  ): Promise<void> {
    const { id: request, traffic } = view;
    await recordView(tx, caller, { kind: 'view.request', request, traffic });
    // A program that reads is nobody who was shown it.
    if (caller.assurance === 'api-token') return;
    // What was shared within the party to be read says nothing of whoever was asked.
    const isAsked = view.direction === 'incoming' && !view.sharedWithYou;
    const line = isAsked ? heldBy(view.addressees, caller.body) : undefined;
    if (!line || line.viewedAt !== null) return;
    await tx.query(
      `INSERT INTO observations (id, request_id, addressee_id, party_code, requester_code, traffic, what, evidence, assurance, at, salt)
       SELECT $1, a.request_id, a.id, a.party_code, a.requester_code, a.traffic, 'viewed', $3, $4, app.now(), $5
       FROM addressees a WHERE a.id = $2 AND app.holds(a.id) ON CONFLICT DO NOTHING`,
      [newId(), line.id, evidence, caller.assurance, newSalt()],
    );
  }

  /**
   * Records, once for each notice, that the link was fetched whose hash the transaction's identity presents. Nothing
   * where it has expired, or no relay has accepted the mail yet: a filter on the way out fetches links as well.
   */
  async fetched(tx: Tx): Promise<void> {
    await tx.query(
      `INSERT INTO observations (id, request_id, addressee_id, party_code, requester_code, traffic, what, evidence, assurance,
         notice_id, at, salt)
       SELECT $1, k.request_id, k.addressee_id, k.party_code, k.requester_code, k.traffic, 'delivered', 'link-fetched', 'system',
         k.notice_id, app.now(), $3
       FROM ack_links k WHERE k.token_hash = $2 AND k.expires_at > app.now() AND app.has_left(k.notice_id)
       ON CONFLICT DO NOTHING`,
      [newId(), tx.identity.presented, newSalt()],
    );
  }
}

/** The line that a body holds: that of the party where no body was named. */
const heldBy = (lines: readonly LineView[], body: string): LineView | undefined =>
  lines.find((line) => !line.handedOver && (line.body === null || line.body.id === body));

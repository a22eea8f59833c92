import type { PartyCaller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import type { WrittenText } from '#libs/wording';
import type { ApprovalSummary, ApprovalView } from './approval-view.js';
import type { ApprovalRow } from './approval.entity.js';
import type { By } from './chronicle.service.js';
import type { ApprovalContent, Clearance } from './clearance.service.js';
import type { RequestView } from './request-view.js';

export interface ApprovalFilter {
  state?: string | undefined;
  request?: string | undefined;
  /** The id after which the page begins. */
  after?: string | undefined;
  limit: number;
}

/** What is kept of a decision: who, and the comment. */
export interface Decided {
  by: By;
  comment?: WrittenText | undefined;
}

export const decisionOf = (id: string) => ({ table: 'approvals', row: id, field: 'decision' });

interface Row {
  id: string;
  requestId: string;
  reference: string;
  traffic: ApprovalSummary['traffic'];
  act: ApprovalRow['act'];
  state: ApprovalRow['state'];
  digest: string;
  content: Sealed;
  askedBy: string;
  askedAt: Date;
  decidedAt: Date | null;
  decision: Sealed | null;
  endedAt: Date | null;
  voidBecause: ApprovalRow['voidBecause'];
  wrapped: Sealed;
}

const select = `SELECT p.id, p.request_id AS "requestId", r.reference, p.traffic, p.act, p.state, p.digest, p.content,
    p.asked_by AS "askedBy", p.asked_at AS "askedAt", p.decided_at AS "decidedAt", p.decision, p.ended_at AS "endedAt",
    p.void_because AS "voidBecause", k.wrapped
  FROM approvals p JOIN requests r ON r.id = p.request_id
    JOIN request_keys k ON k.request_id = p.request_id AND k.party_code = $1`;

/** Reads of what is to be cleared; row level security shows each body its own. */
export class ApprovalQueries {
  constructor(
    private readonly vault: Vault,
    private readonly clearance: Clearance,
  ) {}

  /** Raises `not-found` also for what is another body's. */
  async one(tx: Tx, caller: PartyCaller, id: string): Promise<ApprovalView> {
    return (await this.whole(tx, caller, id)).view;
  }

  /** The same, with the request as the act was rehearsed to make it. */
  async whole(tx: Tx, caller: PartyCaller, id: string): Promise<{ view: ApprovalView; shown: RequestView }> {
    const [row] = await tx.query<Row>(`${select} WHERE p.id = $2`, [caller.party, id]);
    if (!row) throw new Problem('not-found', 'There is no such request.');
    const { content, decided } = await this.opened(caller, row);
    const { versions, said, draft, disclosure } = content.content;
    const view = {
      ...summary(row, content, decided),
      ...(disclosure ? { disclosure } : {}),
      ...{ versions, said, draft, note: content.note ?? null, comment: decided?.comment ?? null },
    };
    return { view, shown: content.shown };
  }

  /** A page, newest first, and the id to go on after, if there are more. */
  async page(
    tx: Tx,
    caller: PartyCaller,
    { state, request, after, limit }: ApprovalFilter,
  ): Promise<{ items: ApprovalSummary[]; next: string | null }> {
    const rows = await tx.query<Row>(
      `${select} WHERE ($2::uuid IS NULL OR p.id < $2) AND ($3::text IS NULL OR p.state = $3)
         AND ($4::uuid IS NULL OR p.request_id = $4) AND p.party_code = $1 ORDER BY p.id DESC LIMIT $5`,
      [caller.party, after ?? null, state ?? null, request ?? null, limit + 1],
    );
    const shown = rows.slice(0, limit);
    const items = await Promise.all(
      shown.map(async (row) => {
        const { content, decided } = await this.opened(caller, row);
        return summary(row, content, decided);
      }),
    );
    return { items, next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
  }

  private async opened(
    caller: PartyCaller,
    row: Row,
  ): Promise<{ content: ApprovalContent; decided: Decided | null }> {
    const key = await this.vault.unwrap(row.requestId, caller.party, row.wrapped);
    return {
      content: this.clearance.open(key, row.id, row.content),
      decided: row.decision && this.vault.open<Decided>(key, decisionOf(row.id), row.decision),
    };
  }
}

const summary = (row: Row, { content, by }: ApprovalContent, decided: Decided | null): ApprovalSummary => ({
  ...{ id: row.id, request: row.requestId, reference: row.reference, traffic: row.traffic },
  ...{ act: row.act, addressee: content.addressee, state: row.state, digest: row.digest },
  ...{ askedBy: by, askedAt: row.askedAt.toISOString() },
  ...{ decidedBy: decided?.by ?? null, decidedAt: row.decidedAt?.toISOString() ?? null },
  ...{ endedAt: row.endedAt?.toISOString() ?? null, voidBecause: row.voidBecause },
});

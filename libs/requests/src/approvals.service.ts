import { demandFresh, includes, type PartyCaller, type Work } from '#libs/access';
import { commitmentTo } from '#libs/ledger';
import { newId, Problem, type Tx } from '#libs/runtime';
import type { DataKey, Vault } from '#libs/vault';
import { approvalIs, rehearsed, type ApprovalView } from './approval-view.js';
import { ApprovalRow } from './approval.entity.js';
import { decisionOf, type ApprovalQueries, type Decided } from './approvals.queries.js';
import type { ActInput } from './act-input.js';
import type { AddresseeRow } from './addressee.entity.js';
import { newSalt } from './chronicle.service.js';
import type { ClearanceAct } from './clearance-acts.js';
import type { Clearance, Target } from './clearance.service.js';
import { may } from './policy.js';
import { byOf, refused, type RequestRows } from './request-rows.service.js';
import type { RequestView } from './request-view.js';
import type { RequestRow } from './request.entity.js';
import type { RequestQueries } from './requests.queries.js';
import type { Requests } from './requests.service.js';

export interface Asking {
  request: string;
  act: Omit<ActInput, 'request' | 'approval'>;
  note?: Decided['comment'];
}

export interface Deciding {
  decision: 'approve' | 'refuse';
  /** Of what was looked at. */
  digest: string;
  comment?: Decided['comment'];
}

/** One person asks, another decides, and exactly that is done. What they say to each other stays with their own side. */
export class Approvals {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly rows: RequestRows,
    private readonly clearance: Clearance,
    private readonly queries: ApprovalQueries,
    private readonly requestQueries: RequestQueries,
    private readonly requests: Requests,
  ) {}

  /** Asks to have an act cleared. It is rehearsed, so that nothing is asked for that could not be done; raises the same. */
  async ask(caller: PartyCaller, { request: requestId, act, note }: Asking): Promise<ApprovalView> {
    return this.work.change(caller, 'ask', async (tx) => {
      const found = await this.rows.concerning(tx, requestId);
      const no = may(caller, act.act);
      if (no) throw refused(no);
      const key = await this.rows.keyFor(tx, requestId, caller.party);
      const { request, line, content } = await this.clearance.target(tx, caller, found, key, act);
      const before = await this.requestQueries.one(tx, caller, requestId);
      const after = await this.requests.rehearse(tx, caller, requestId, act);
      const [id, salt, askedAt] = [newId(), newSalt(), await tx.now()];
      const shown = rehearsed(before, after);
      const row: ApprovalRow = {
        ...{ id, requestId, partyCode: caller.party, bodyId: caller.body, addresseeId: line?.id ?? null },
        ...{ traffic: request.traffic, act: act.act, state: 'asked', askedBy: caller.actor, askedAt },
        ...{ requestVersion: content.versions.request, lineVersion: content.versions.line },
        digest: commitmentTo({ salt, content }),
        content: this.clearance.seal(key, id, { salt, content, by: byOf(caller), note, shown }),
        ...{ decidedBy: null, decidedAt: null, decision: null, endedAt: null, voidBecause: null },
        ...{ usedBy: null, usedIn: null },
      };
      await tx.manager.insert(ApprovalRow, row);
      await this.record(tx, caller, key, row, 'request-clearance', { request, line }, note);
      return this.queries.one(tx, caller, id);
    });
  }

  /**
   * Clears or refuses, by another person than asked. Raises `forbidden` for one's own, `step-up-needed` without a fresh
   * factor, `conflict` where it is no longer waiting or something else was looked at.
   */
  async decide(
    caller: PartyCaller,
    id: string,
    { decision, digest, comment }: Deciding,
  ): Promise<ApprovalView> {
    return this.work.change(caller, 'clear', async (tx) => {
      const { row, about } = await this.locked(tx, caller, id);
      if (!includes(caller, 'clear-requests'))
        throw new Problem('forbidden', `The role "${caller.role}" does not include "clear-requests".`);
      const at = await tx.now();
      demandFresh(caller, 'clear', at);
      if (row.askedBy === caller.actor)
        throw new Problem('forbidden', 'You asked for it yourself: somebody else decides.');
      if (row.state !== 'asked') throw over(row);
      if (digest !== row.digest)
        throw new Problem('conflict', 'What you looked at is not this: read it again.', {
          errors: [{ pointer: '#/digest', detail: `is not that of this approval, which is ${row.digest}` }],
        });
      if (decision === 'refuse' && !comment)
        throw new Problem('invalid-input', 'A refusal says why.', {
          errors: [{ pointer: '#/comment', detail: 'is needed with the decision "refuse"' }],
        });
      const key = await this.rows.keyFor(tx, row.requestId, caller.party);
      const decided: Decided = { by: byOf(caller), comment };
      await tx.manager.update(ApprovalRow, id, {
        state: decision === 'approve' ? 'approved' : 'refused',
        ...{ decidedBy: caller.actor, decidedAt: at },
        decision: this.vault.seal(key, decisionOf(id), decided),
      });
      const act = decision === 'approve' ? 'clear' : 'refuse-clearance';
      await this.record(tx, caller, key, row, act, about, comment);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Takes back what was asked for, by whoever asked; alike when repeated. Raises `conflict` where it is over. */
  async withdraw(caller: PartyCaller, id: string): Promise<ApprovalView> {
    return this.work.change(caller, 'ask', async (tx) => {
      const { row, about } = await this.locked(tx, caller, id);
      if (row.askedBy !== caller.actor)
        throw new Problem('forbidden', 'It is taken back by whoever asked for it.');
      if (row.state === 'withdrawn') return this.queries.one(tx, caller, id);
      if (row.state !== 'asked' && row.state !== 'approved') throw over(row);
      await tx.manager.update(ApprovalRow, id, { state: 'withdrawn', endedAt: await tx.now() });
      const key = await this.rows.keyFor(tx, row.requestId, caller.party);
      await this.record(tx, caller, key, row, 'withdraw-clearance', about);
      return this.queries.one(tx, caller, id);
    });
  }

  /** Does exactly what was cleared, as the caller's own act. Raises what the act does, and `clearance-needed`. */
  async carryOut(caller: PartyCaller, id: string): Promise<RequestView> {
    const { request, act, addressee, said, disclosure } = await this.work.read(caller, (tx) =>
      this.queries.one(tx, caller, id),
    );
    // An addressee acts on its own line, and need not name it.
    const named = addressee === null ? {} : { addressee };
    return this.requests.act(caller, request, { act, ...named, said, disclosure, approval: id });
  }

  /** Locks as acts do: request, lines, then the approval. */
  private async locked(
    tx: Tx,
    caller: PartyCaller,
    id: string,
  ): Promise<{ row: ApprovalRow; about: Pick<Target, 'request' | 'line'> }> {
    const asked = await tx.manager.findOneBy(ApprovalRow, { id });
    if (!asked) throw notFound();
    const seen = await this.rows.concerning(tx, asked.requestId);
    const isRequester = seen.partyCode === caller.party;
    const request = isRequester ? await this.rows.locked(tx, seen.id) : seen;
    const lines = await this.rows.lockedLines(tx, seen.id, isRequester ? null : caller.party);
    await tx.query('SELECT 1 FROM approvals WHERE id = $1 FOR UPDATE', [id]);
    const row = await tx.manager.findOneBy(ApprovalRow, { id });
    if (!row) throw notFound();
    return { row, about: { request, line: lines.find((line) => line.id === row.addresseeId) ?? null } };
  }

  /** What happened about clearance is seen by the own side alone. */
  private async record(
    tx: Tx,
    caller: PartyCaller,
    key: DataKey,
    { id, act: cleared, digest }: ApprovalRow,
    act: ClearanceAct,
    { request, line }: { request: RequestRow; line: AddresseeRow | null },
    text?: Decided['comment'],
  ): Promise<void> {
    const { state } = line ?? request;
    const audience = request.partyCode === caller.party ? 'requester' : 'addressee';
    const change = { act, from: state, to: state, at: await tx.now() };
    await this.rows.record(tx, key, request, line, change, caller, {
      audience,
      clearance: { approval: id, act: cleared, digest },
      ...(text ? { said: { text } } : {}),
    });
  }
}

const notFound = () => new Problem('not-found', 'There is no such request.');

const over = ({ state, voidBecause }: ApprovalRow): Problem =>
  new Problem('conflict', approvalIs(state, 'en'), {
    state,
    ...(voidBecause ? { voidBecause } : {}),
  });

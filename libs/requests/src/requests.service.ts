import { demandFresh, type PartyCaller, type Work } from '#libs/access';
import type { NoticeOutcome, NoticeOwner } from '#libs/notifications';
import { Problem, violatedUnique, type Tx } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import { strayParts } from './act-content.js';
import type { ActInput } from './act-input.js';
import { chosen, isOfWhole } from './act-target.js';
import { AddresseeRow } from './addressee.entity.js';
import type { Alternates } from './alternates.service.js';
import type { Chronicle } from './chronicle.service.js';
import type { Clearance } from './clearance.service.js';
import { remindersOfLine, wantedForLine, type Correspondence } from './correspondence.service.js';
import type { Filing } from './filing.service.js';
import { currentLines } from './current-lines.js';
import type { Disclosures } from './disclosures.service.js';
import { decideRequest, isOver, type Act } from './lifecycle.js';
import type { Lines } from './lines.service.js';
import { may } from './policy.js';
import type { RequestInput } from './request-content.js';
import { allowed, refused, sameVersion, type RequestRows } from './request-rows.service.js';
import type { RequestView } from './request-view.js';
import { RequestRow } from './request.entity.js';
import type { RequestQueries } from './requests.queries.js';

/** An act as it is done; `reads` where the request was only shared with the caller. */
type Doing = ActInput & { reads: boolean };

/** The one write path of requests. Always: transaction, may, lock, decide, update by version, record, tell. */
export class Requests implements NoticeOwner {
  constructor(
    private readonly work: Work,
    private readonly rows: RequestRows,
    private readonly filing: Filing,
    private readonly queries: RequestQueries,
    private readonly chronicle: Chronicle,
    private readonly correspondence: Correspondence,
    private readonly lines: Lines,
    private readonly disclosures: Disclosures,
    private readonly clearance: Clearance,
    private readonly alternates: Alternates,
  ) {}

  /**
   * Files a request: sent at once, or kept as a draft. Answers the requester's own view.
   * Raises `forbidden` by role and `invalid-input` with a pointer to each field that does not fit.
   */
  async open(caller: PartyCaller, input: RequestInput, how: 'send' | 'save'): Promise<RequestView> {
    this.mayOrRaise(caller, how);
    for (let tries = 1; ; tries++)
      try {
        return await this.work.change(caller, 'file', async (tx) => {
          if (how === 'send') await this.clearance.refuseToSendAtOnce(tx);
          const { request, key, routes } = await this.filing.compose(tx, caller, input);
          if (how === 'send') await this.filing.send(tx, caller, request, key, await tx.now(), routes);
          return this.queries.one(tx, caller, request.id);
        });
      } catch (error) {
        // One in a billion: the random reference was given out before.
        if (violatedUnique(error) !== 'requests_reference_key' || tries === 3) throw error;
      }
  }

  /**
   * Does one act on a request. Raises `not-found` when it does not concern the caller, `forbidden` by role,
   * `conflict` when the version is stale, `clearance-needed` where nobody else has cleared it and somebody has to,
   * `act-not-possible` with the reason otherwise.
   */
  async act(caller: PartyCaller, id: string, input: ActInput): Promise<RequestView> {
    return this.work.change(caller, 'act', async (tx) => {
      const { request, key } = await this.admitted(tx, caller, id, input);
      demandFresh(caller, input.act, await tx.now());
      await this.clearance.demand(tx, caller, request, key, input);
      return this.carry(tx, caller, request, key, input);
    });
  }

  /** What an act would make of a request: it is done and taken back. Raises what {@link act} does, but for clearance. */
  async rehearse(tx: Tx, caller: PartyCaller, id: string, input: ActInput): Promise<RequestView> {
    const { request, key } = await this.admitted(tx, caller, id, input);
    return tx.rehearse(() => this.carry(tx, caller, request, key, input));
  }

  /** Locks the line that a notice is about, before the notice itself is touched: a withdrawal goes the same way. */
  async lock(tx: Tx, about: Pick<NoticeOutcome, 'requestId' | 'partyCode'>): Promise<void> {
    await this.rows.lockedLines(tx, about.requestId, about.partyCode);
  }

  /** Takes up what became of a notice, in the transaction that records it. */
  async settle(tx: Tx, outcome: NoticeOutcome): Promise<void> {
    // Word of a withdrawal or an answer reaching somebody says nothing about the request.
    if (outcome.addresseeId === null || !/^(request|reminder):/.test(outcome.wantedFor)) return;
    const lines = await this.rows.lockedLines(tx, outcome.requestId, outcome.partyCode);
    const line = lines.find(({ id }) => id === outcome.addresseeId);
    if (!line || isOver(line.state)) return;
    if (!(await this.rows.open(tx, line.requestId, [line.partyCode, line.requesterCode]))) return;
    if (outcome.state === 'accepted' && line.reach !== 'accepted') {
      await tx.manager.update(AddresseeRow, line.id, {
        reach: 'accepted',
        ...(line.acceptedAt ? {} : { acceptedAt: outcome.at }),
      });
      await this.recordBySystem(tx, line, 'accepted-by-relay', outcome.at);
    }
    if (outcome.state === 'failed') await this.notReached(tx, line, outcome);
  }

  private async admitted(tx: Tx, caller: PartyCaller, id: string, input: ActInput) {
    const request = await this.rows.concerning(tx, id);
    this.mayOrRaise(caller, input.act);
    const stray = strayParts(input.act, { ...input, ...input.said });
    if (stray.length > 0)
      throw new Problem('invalid-input', 'Some of what is given does not belong to this act.', {
        errors: stray,
      });
    return { request, key: await this.rows.keyFor(tx, id, caller.party) };
  }

  private async carry(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    input: ActInput,
  ): Promise<RequestView> {
    const doing = { ...input, reads: await this.rows.readsOnly(tx, request.id, input.act) };
    if (request.partyCode === caller.party) await this.actAsRequester(tx, caller, request.id, key, doing);
    else await this.actAsAddressee(tx, caller, request, key, doing);
    return this.queries.one(tx, caller, request.id);
  }

  private async actAsRequester(
    tx: Tx,
    caller: PartyCaller,
    id: string,
    key: DataKey,
    input: Doing,
  ): Promise<void> {
    const request = await this.rows.locked(tx, id);
    const lines = currentLines(await this.rows.lockedLines(tx, id, null));
    const { act, said = {}, reads } = input;
    if (!isOfWhole(act, input.addressee) && request.state !== 'draft') {
      const line = chosen(lines, input.addressee);
      sameVersion(input.version, line);
      if (act === 'reopen') await this.rows.demandKept(tx, line);
      return this.lines.act(tx, caller, request, key, line, { act, side: 'requester', said, reads });
    }
    sameVersion(input.version, request);
    const at = await tx.now();
    const decision = allowed(decideRequest({ state: request.state, side: 'requester' }, act, at));
    if (act === 'save') return this.filing.save(tx, caller, request, key, input.request);
    if (act === 'amend') return this.filing.amend(tx, caller, request, key, lines, said.answers);
    if (act === 'disclose')
      return this.disclosures.disclose(tx, caller, request, key, lines, input.disclosure);
    if (act === 'send') return this.filing.send(tx, caller, request, key, at);
    await this.rows.record(tx, key, request, null, decision, caller);
    if (request.state === 'draft')
      await tx.manager.update(RequestRow, id, {
        ...{ state: decision.to, withdrawnAt: at, addressedTo: [], version: request.version + 1 },
      });
    // The request follows its lines.
    for (const line of lines)
      if (!isOver(line.state))
        await this.lines.act(tx, caller, request, key, line, { act, side: 'requester', said });
    // Also where some of them had been closed before: the whole was taken back.
    if (request.state === 'sent')
      await tx.query(
        `UPDATE requests SET state = 'withdrawn', withdrawn_at = $2 WHERE id = $1 AND state <> 'withdrawn'`,
        [id, at],
      );
  }

  private async actAsAddressee(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    input: Doing,
  ): Promise<void> {
    if (input.addressee !== undefined && input.addressee !== caller.party)
      throw new Problem('invalid-input', 'An addressee acts on its own line.', {
        errors: [{ pointer: '#/addressee', detail: `is not your party, which is ${caller.party}` }],
      });
    const [line] = currentLines(await this.rows.lockedLines(tx, request.id, caller.party));
    if (!line) throw new Problem('not-found', 'There is no such request.');
    sameVersion(input.version, line);
    const { act, said = {}, reads } = input;
    await this.lines.act(tx, caller, request, key, line, { act, side: 'addressee', said, reads });
  }

  /**
   * One notice of the line has failed for good: where nobody else has been reached an alternate is told at once; when
   * none is left that may arrive, the requester is told. Whom a person has met, by reading it or on the telephone, is reached.
   */
  private async notReached(tx: Tx, known: AddresseeRow, { noticeId, at }: NoticeOutcome): Promise<void> {
    const [met] = await tx.query<{ met: boolean }>(
      `SELECT app.line_was_viewed($1) OR EXISTS (SELECT 1 FROM call_tasks t
         WHERE t.addressee_id = $1 AND t.outcome = 'answered') AS met`,
      [known.id],
    );
    if (met?.met) return this.recordBySystem(tx, known, 'delivery-failed', at);
    const line = await this.asReached(tx, known);
    if (line.state === 'sent' && line.reach === 'none') await this.alternates.tell(tx, line, noticeId);
    const open = await tx.query(
      `SELECT 1 FROM notices WHERE wanted_for = $1 AND state NOT IN ('failed', 'cancelled') LIMIT 1`,
      [wantedForLine(line.id)],
    );
    const answered = line.state !== 'sent';
    if (open.length > 0 || line.reach !== 'none' || answered)
      return this.recordBySystem(tx, line, 'delivery-failed', at);
    await tx.manager.update(AddresseeRow, line.id, { reach: 'unreached' });
    await this.recordBySystem(tx, line, 'unreached', at);
    const subject = await this.rows.subject(tx, line.requestId);
    const key = await this.rows.keyFor(tx, line.requestId, line.requesterCode);
    await this.correspondence.unreached(tx, key, subject, line);
  }

  /** A line as it is when the only mail of it that a relay took came back: nobody has been reached by it. */
  private async asReached(tx: Tx, line: AddresseeRow): Promise<AddresseeRow> {
    if (line.reach !== 'accepted') return line;
    const accepted = await tx.query(
      `SELECT 1 FROM notices WHERE addressee_id = $1 AND wanted_for = ANY ($2) AND state = 'accepted' LIMIT 1`,
      [line.id, [wantedForLine(line.id), remindersOfLine(line.id)]],
    );
    if (accepted.length > 0) return line;
    await tx.manager.update(AddresseeRow, line.id, { reach: 'none' });
    return { ...line, reach: 'none' };
  }

  private async recordBySystem(tx: Tx, line: AddresseeRow, act: string, at: Date): Promise<void> {
    const key = await this.rows.keyFor(tx, line.requestId, line.partyCode);
    await this.chronicle.appendBySystem(tx, key, line, act, at);
  }

  private mayOrRaise(caller: PartyCaller, act: Act): void {
    const no = may(caller, act);
    if (no) throw refused(no);
  }
}

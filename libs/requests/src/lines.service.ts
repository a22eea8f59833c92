import type { PartyCaller } from '#libs/access';
import { Problem, type Tx } from '#libs/runtime';
import type { Catalogue } from '#libs/templates';
import type { DataKey } from '#libs/vault';
import type { ToldAct } from '#libs/wording';
import { faultsInSaid, templateOfAct, type Form, type Kept, type Said } from './act-content.js';
import type { AddresseeRow } from './addressee.entity.js';
import type { AnsweredChannels } from './answered-channels.service.js';
import type { Correspondence, ToldWords } from './correspondence.service.js';
import { currentLines } from './current-lines.js';
import type { HandOver } from './hand-over.service.js';
import { decideLine, isOver, type Act, type Decision, type LineState, type Side } from './lifecycle.js';
import { holds, readsOnly } from './policy.js';
import { allowed, byOf, refused, subjectOf, type RequestRows } from './request-rows.service.js';
import type { RequestRow } from './request.entity.js';
import type { Watch } from './watch.service.js';

/** An act on one line, with what is said. */
export interface LineAct {
  act: Act;
  side: Side;
  said: Said;
  /** Whether the request was only shared with the caller, who then holds no line. */
  reads?: boolean;
}

/** Acts that nobody else is told of by mail. */
const silent: ReadonlySet<Act> = new Set(['acknowledge', 'take', 'assess', 'note', 'withdraw']);

/** What happens on one addressee's line: decided, changed, recorded, told, under the line's lock. */
export class Lines {
  constructor(
    private readonly rows: RequestRows,
    private readonly correspondence: Correspondence,
    private readonly watch: Watch,
    private readonly handOver: HandOver,
    private readonly catalogue: () => Catalogue,
    private readonly answered: AnsweredChannels,
  ) {}

  /** Raises `invalid-input` for what is said wrongly and `act-not-possible` with the reason. The line must be locked. */
  async act(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    line: AddresseeRow,
    { act, side, said, reads = false }: LineAct,
  ): Promise<void> {
    const at = await tx.now();
    const held = reads ? readsOnly(act) : holds(line, side, caller.body);
    if (held) throw refused(held);
    const form = this.formOf(act, request, line, caller, said);
    const next = await this.handOver.to(tx, caller, request, line, said.redirectTo);
    const faults = [...faultsInSaid(act, said, at, form), ...next.faults];
    if (faults.length > 0)
      throw new Problem('invalid-input', 'What is said does not fit the act.', { errors: faults });
    const { state, answer, questionAt } = line;
    const facts = { state, side, answer, asked: questionAt !== null };
    const decision = allowed(decideLine(facts, act, at, said.answer));
    // A note changes nothing, not even a version: the other side would see that there was one.
    if (act !== 'note') await this.watch.settle(tx, line, this.changes(key, caller, line, decision, said));
    if (act === 'acknowledge') await this.answered.acknowledged(tx, caller, key, line);
    const kept: Kept = form
      ? { ...said, template: { key: form.template.key, version: form.template.version } }
      : said;
    const audience = act === 'note' ? side : 'both';
    await this.rows.record(tx, key, request, line, decision, caller, { audience, said: kept });
    const shown = form && { template: form.template, answers: { ...said.answers, ...form.keys } };
    await this.tell(tx, caller, request, key, line, decision, { ...said, shown, to: next.to?.body });
    if (next.to) await this.handOver.open(tx, caller, request, key, line, next.to, at);
    if (isOver(decision.to) !== isOver(state)) await this.followLines(tx, request, at);
  }

  /** The template an act is said on, in its newest version, with its key fields as they follow. */
  private formOf(
    act: Act,
    { reference, tlp }: RequestRow,
    line: AddresseeRow,
    caller: PartyCaller,
    { answer }: Said,
  ): Form | undefined {
    const key = templateOfAct[act];
    const template = key === undefined ? undefined : this.catalogue().find(key);
    if (!template) return undefined;
    const keys = { from: line.partyCode, to: line.requesterCode, request: reference, tlp };
    const own = act === 'determine' ? { answer } : { acknowledgedBy: { name: caller.name } };
    return { template, keys: { ...keys, ...own } };
  }

  private changes(
    key: DataKey,
    caller: PartyCaller,
    line: AddresseeRow,
    { act, to, at }: Decision<LineState>,
    { answer }: Said,
  ): Partial<AddresseeRow> & { state: LineState } {
    const by = () => this.rows.sealBy(key, line.id, byOf(caller));
    // Answering implies acknowledging, and so does naming another: whoever does either has received it.
    const acknowledges =
      act === 'acknowledge' || ((act === 'determine' || act === 'redirect') && line.acknowledgedAt === null);
    const ends = to === 'redirected' || to === 'closed';
    return {
      state: to,
      ...(acknowledges ? { acknowledgedAt: at, acknowledgedBy: by() } : {}),
      ...(act === 'take' ? { takenBy: by() } : {}),
      ...(act === 'ask' ? { questionAt: at } : {}),
      // Whoever holds it next asks anew.
      ...(act === 'answer-question' || act === 'redirect' ? { questionAt: null } : {}),
      ...(act === 'determine' ? { answer: answer ?? null } : {}),
      ...(act === 'determine' && to === 'answered' && line.answeredAt === null ? { answeredAt: at } : {}),
      ...(act === 'withdraw' ? { withdrawnAt: at } : {}),
      ...(ends && line.endedAt === null ? { endedAt: at } : {}),
      ...(act === 'reopen' ? { endedAt: null } : {}),
    };
  }

  private async tell(
    tx: Tx,
    caller: PartyCaller,
    request: RequestRow,
    key: DataKey,
    line: AddresseeRow,
    { act, at }: Decision<LineState>,
    said: Said & ToldWords,
  ): Promise<void> {
    const subject = subjectOf(request);
    const { name, selfStated = false } = byOf(caller);
    if (act === 'acknowledge')
      await this.correspondence.acknowledged(
        tx,
        key,
        subject,
        line,
        {
          ...{ acknowledgedAt: at, selfStated },
          ...(name ? { byName: name } : {}),
        },
        said,
      );
    if (act === 'withdraw') {
      const all = await this.rows.lockedLines(tx, request.id, line.partyCode);
      const before = all.filter(({ id }) => id !== line.id);
      await this.correspondence.withdrawn(tx, key, subject, line, before, at);
    }
    if (silent.has(act)) return;
    const told = toldAs(act, said);
    const reader = caller.party === request.partyCode ? 'addressee' : 'requester';
    await this.correspondence.acted(tx, key, subject, line, told, reader, said);
  }

  /** A request is over when all its lines are, and open again when one is. */
  private async followLines(tx: Tx, request: RequestRow, at: Date): Promise<void> {
    const lines = currentLines(await this.rows.lockedLines(tx, request.id, null));
    const over = lines.every((line) => isOver(line.state));
    const closed = lines.some((line) => line.state === 'closed');
    const state = over ? (closed ? 'closed' : 'withdrawn') : 'sent';
    if (state === request.state) return;
    await tx.query(
      `UPDATE requests SET state = $2, version = version + 1, withdrawn_at = CASE WHEN $2 = 'withdrawn' THEN $3::timestamptz END
       WHERE id = $1`,
      [request.id, state, at],
    );
  }
}

/** As what the other side is told of an act. */
function toldAs(act: Act, { answer, redirectTo, to }: Said & ToldWords): ToldAct {
  if (act === 'determine' && answer === 'more-time') return 'more-time';
  if (act !== 'redirect') return act as ToldAct;
  if (to) return 'hand-over';
  return redirectTo ? 'redirect' : 'not-concerned';
}

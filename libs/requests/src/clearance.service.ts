import type { PartyCaller } from '#libs/access';
import { commitmentTo } from '#libs/ledger';
import { Problem, type ProblemExtra, type Tx } from '#libs/runtime';
import type { DataKey, Sealed, Vault } from '#libs/vault';
import type { ActInput } from './act-input.js';
import { chosen, isOfWhole } from './act-target.js';
import type { AddresseeRow } from './addressee.entity.js';
import { ApprovalRow } from './approval.entity.js';
import type { By } from './chronicle.service.js';
import { demandOn, differences, waitsBecause, type ToClear } from './clearance.js';
import { currentLines } from './current-lines.js';
import type { RequestRows } from './request-rows.service.js';
import type { RequestView } from './request-view.js';
import type { RequestRow } from './request.entity.js';

/** What is sealed of an approval. The salt keeps its digest from being guessed. */
export interface ApprovalContent {
  salt: string;
  content: ToClear;
  /** Who asked, and the note to whoever decides. */
  by: By;
  note?: { text: string; language: string } | undefined;
  /** What the act will have made of the request, as it was rehearsed when clearance was asked for. */
  shown: RequestView;
}

/** What an act is about to be done on, locked. */
export interface Target {
  request: RequestRow;
  line: AddresseeRow | null;
  content: ToClear;
}

const contentOf = (id: string) => ({ table: 'approvals', row: id, field: 'content' });

/** Four eyes, as the one write path asks it: whether an act needs clearance, and the approval that it uses up. */
export class Clearance {
  constructor(
    private readonly vault: Vault,
    private readonly rows: RequestRows,
  ) {}

  /**
   * Uses up the approval of exactly this act, where rules demand one. Raises `clearance-needed` where there is none,
   * saying what differs from what was cleared. Locks request, lines and approvals, in this order.
   */
  async demand(tx: Tx, caller: PartyCaller, row: RequestRow, key: DataKey, input: ActInput): Promise<void> {
    if (caller.kind === 'link') return;
    const { act, said = {}, approval } = input;
    const [found] = await tx.query<{ inForce: string[]; cleared: boolean }>(
      `SELECT app.acts_to_clear() AS "inForce", EXISTS (SELECT 1 FROM approvals
         WHERE request_id = $1 AND party_code = $2 AND act = $3 AND state = 'approved') AS cleared`,
      [row.id, caller.party, act],
    );
    const demanded = demandOn(act, { isDraft: row.state === 'draft', said }, found?.inForce ?? []);
    if (demanded === 'no-words')
      throw needed(`"${act}" is done without words here: words are a message, which has to be cleared.`);
    const isDemanded = demanded === 'clearance' || approval !== undefined;
    if (!isDemanded && !found?.cleared) return;
    const { line, content } = await this.target(tx, caller, row, key, input);
    const latest = await this.use(tx, caller, key, content, line, approval);
    if (latest === 'used' || !isDemanded) return;
    throw latest ? otherwise(act, latest, content) : needed(`"${act}": ${waitsBecause.needed}`);
  }

  /** Raises `clearance-needed` where sending has to be cleared: what is sent at once, nobody has looked at. */
  async refuseToSendAtOnce(tx: Tx): Promise<void> {
    const [found] = await tx.query<{ demanded: boolean }>(
      `SELECT 'send' = ANY (app.acts_to_clear()) AS demanded`,
    );
    if (found?.demanded)
      throw needed(
        'A second person has to clear it before it is sent: keep it as a draft, then POST /api/v1/approvals.',
      );
  }

  /** What an act is done on, locked, and what of it is to be cleared. */
  async target(
    tx: Tx,
    caller: PartyCaller,
    row: RequestRow,
    key: DataKey,
    { act, addressee, said = {}, disclosure }: Pick<ActInput, 'act' | 'addressee' | 'said' | 'disclosure'>,
  ): Promise<Target> {
    const isRequester = row.partyCode === caller.party;
    const request = isRequester ? await this.rows.locked(tx, row.id) : row;
    const lines = currentLines(await this.rows.lockedLines(tx, row.id, isRequester ? null : caller.party));
    const ofWhole = isRequester && (isOfWhole(act, addressee) || request.state === 'draft');
    const line = ofWhole ? null : chosen(lines, isRequester ? addressee : caller.party);
    const content: ToClear = {
      ...{ request: request.id, party: caller.party, act },
      ...{ line: line?.id ?? null, addressee: line?.partyCode ?? null },
      versions: { request: isRequester ? request.version : null, line: line?.version ?? null },
      said,
      draft: act === 'send' ? this.rows.inputOf(key, request) : null,
      ...(disclosure ? { disclosure } : {}),
    };
    // As it is stored, and as it is committed to: what is not there is left out.
    return { request, line, content: JSON.parse(JSON.stringify(content)) as ToClear };
  }

  seal(key: DataKey, id: string, content: ApprovalContent): Sealed {
    return this.vault.seal(key, contentOf(id), content);
  }

  open(key: DataKey, id: string, sealed: Sealed): ApprovalContent {
    return this.vault.open<ApprovalContent>(key, contentOf(id), sealed);
  }

  /** Uses up the approval of this content; else answers the newest that was asked for the same act, if there is one. */
  private async use(
    tx: Tx,
    caller: PartyCaller,
    key: DataKey,
    content: ToClear,
    line: AddresseeRow | null,
    only: string | undefined,
  ): Promise<'used' | { row: ApprovalRow; content: ToClear } | undefined> {
    const about = [content.request, caller.party, content.act, line?.id ?? null, only ?? null];
    const where = `request_id = $1 AND party_code = $2 AND act = $3 AND addressee_id IS NOT DISTINCT FROM $4
      AND ($5::uuid IS NULL OR id = $5) AND state IN ('asked', 'approved', 'void')`;
    const ids = await tx.query<{ id: string; state: string }>(
      `SELECT id, state FROM approvals WHERE ${where} ORDER BY id FOR UPDATE`,
      about,
    );
    let latest: { row: ApprovalRow; content: ToClear } | undefined;
    for (const [index, { id, state }] of ids.entries()) {
      if (state !== 'approved' && index < ids.length - 1) continue;
      const row = await tx.manager.findOneByOrFail(ApprovalRow, { id });
      const { salt, content: cleared } = this.open(key, id, row.content);
      latest = { row, content: cleared };
      if (row.state !== 'approved' || commitmentTo({ salt, content }) !== row.digest) continue;
      await tx.query(
        `UPDATE approvals SET state = 'used', ended_at = app.now(), used_by = $2, used_in = pg_current_xact_id()::text
         WHERE id = $1`,
        [id, caller.actor],
      );
      return 'used';
    }
    return latest;
  }
}

const needed = (detail: string, extra: ProblemExtra = {}) => new Problem('clearance-needed', detail, extra);

/** There is an approval, and it is not of this. */
function otherwise(
  act: string,
  { row, content }: { row: ApprovalRow; content: ToClear },
  now: ToClear,
): Problem {
  const about = { approval: row.id, state: row.state };
  const other = differences(content, now);
  if (row.state === 'asked' && other.length === 0) return needed(`"${act}": ${waitsBecause.asked}`, about);
  const errors = other.map((pointer) => ({
    pointer,
    detail: 'is not what it was when clearance was asked for',
  }));
  const detail = `"${act}" is not what was shown to a second person${row.state === 'void' ? ', which is void since' : ''}: ask again with POST /api/v1/approvals.`;
  return needed(detail, { ...about, ...(errors.length > 0 ? { errors } : {}) });
}

import { failpoint, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { Chronicle, type EventContent } from './chronicle.service.js';

/** One side of a request: whose key it is. */
export interface Side {
  requestId: string;
  partyCode: string;
}

/** A side as the operator is shown it, who reads no content. */
export interface OrderedSide extends Side {
  /** Since when it rests; null: its part is not over. */
  restsSince: Date | null;
  held: boolean;
}

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };
export const erasingOperator = { actor: 'operator', party: null, body: null, purpose: 'erase' };
const page = 200;

/** When an end was long enough ago for the shortest policy there is: what is looked at more closely. */
const candidates = `
  WITH ended AS (SELECT app.now() - make_interval(days => (SELECT min(least(days, draft_days)) FROM retention_policies)) AS before),
  resting AS MATERIALIZED (
    SELECT e.request_id FROM request_events e, ended
      WHERE e.to_state IN ('closed', 'withdrawn') AND e.from_state IS DISTINCT FROM e.to_state AND e.at <= ended.before
    UNION SELECT r.id FROM requests r, ended WHERE r.state = 'draft' AND ended.before IS NOT NULL),
  due AS MATERIALIZED (
    SELECT k.request_id, k.party_code FROM request_keys k JOIN resting USING (request_id)
    WHERE (k.request_id, k.party_code) > ($1::uuid, $2::text)
      AND NOT EXISTS (SELECT 1 FROM request_holds h WHERE h.request_id = k.request_id AND h.party_code = k.party_code
        AND (h.until IS NULL OR h.until > app.now())))
  SELECT request_id AS "requestId", party_code AS "partyCode" FROM due
  WHERE app.erase_after(request_id, party_code) <= app.now() ORDER BY 1, 2 LIMIT ${page}`;

/**
 * Destroys the keys of what is no longer kept, one side of one request at a time. Whether it may be done the database
 * decides for itself; several workers may try, and one succeeds.
 */
export class Erasing {
  private readonly chronicle: Chronicle;

  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {
    this.chronicle = new Chronicle(vault);
  }

  /** Erases what is due, requests and accounts that have ended, at most `pages` pages of it; answers how many. Raises when some could not be. */
  async run(pages = 5): Promise<{ sides: number; accounts: number }> {
    let sides = 0;
    let accounts = 0;
    const failed: unknown[] = [];
    // One that cannot be erased must not keep the others, nor accounts the requests.
    const erased = (side: Side) => this.erase(side).catch((error: unknown) => void failed.push(error));
    let last: Side | undefined;
    for (let turn = 0; turn < pages; turn++) {
      const due = await this.due(last);
      for (const side of due) if (await erased(side)) sides += 1;
      const gone = await this.accounts(false).catch((error: unknown) => (failed.push(error), 0));
      accounts += gone;
      last = due.at(-1);
      if (due.length < page && gone === 0) break;
    }
    if (failed.length > 0)
      throw new Error(`${failed.length} could not be erased; the first: ${String(failed[0])}`);
    return { sides, accounts };
  }

  /** How much {@link run} would erase now. */
  async count(): Promise<{ sides: number; accounts: number }> {
    let sides = 0;
    for (let due = await this.due(); due.length > 0; due = await this.due(due.at(-1))) sides += due.length;
    return { sides, accounts: await this.accounts(true) };
  }

  /** One side, by its term. Answers false when it is not due, is held, or was erased before. */
  async erase({ requestId, partyCode }: Side): Promise<boolean> {
    return this.units.run(worker, async (tx) => {
      const content: EventContent = { by: { kind: 'system' }, because: 'term' };
      const erased = await this.destroy(tx, 'erase_due', { requestId, partyCode }, content);
      if (erased) failpoint('side-erased');
      return erased;
    });
  }

  /**
   * All sides given, or none, before their term, in the operator's transaction ({@link erasingOperator}). Raises with a
   * sentence for the operator: it never goes past a hold, nor before the seven days that repeats are answered for.
   */
  async eraseOrdered(tx: Tx, sides: readonly OrderedSide[], reason: string): Promise<void> {
    const text = { text: reason, language: 'und' };
    const content: EventContent = { by: { kind: 'system' }, said: { text }, because: 'order' };
    for (const side of sides)
      if (!(await this.destroy(tx, 'erase_ordered', side, content)))
        throw new Error(
          `${side.partyCode} has changed, is held, or has not been over for seven days. Nothing was erased.`,
        );
  }

  /** The sides of a request that still have a key, by its reference; for the operator. */
  async sidesOf(tx: Tx, reference: string): Promise<OrderedSide[]> {
    return tx.query<OrderedSide>(
      `SELECT k.request_id AS "requestId", k.party_code AS "partyCode",
         app.rests_since(k.request_id, k.party_code) AS "restsSince",
         EXISTS (SELECT 1 FROM request_holds h WHERE h.request_id = k.request_id AND h.party_code = k.party_code
           AND (h.until IS NULL OR h.until > app.now())) AS held
       FROM requests r JOIN request_keys k ON k.request_id = r.id WHERE r.reference = $1 ORDER BY 2`,
      [reference],
    );
  }

  private async due(after?: Side): Promise<Side[]> {
    return this.units.run(worker, (tx) =>
      tx.query<Side>(candidates, [
        after?.requestId ?? '00000000-0000-0000-0000-000000000000',
        after?.partyCode ?? '',
      ]),
    );
  }

  private async accounts(countedOnly: boolean): Promise<number> {
    const [row] = await this.units.run(worker, (tx) =>
      tx.query<{ count: number }>('SELECT app.erase_accounts($1) AS count', [countedOnly]),
    );
    return row?.count ?? 0;
  }

  /** Under the party's own key: what is said of the erasure outlives it. */
  private async destroy(
    tx: Tx,
    how: 'erase_due' | 'erase_ordered',
    { requestId, partyCode }: Side,
    content: EventContent,
  ): Promise<boolean> {
    const key = await this.vault.partyKey(partyCode);
    const { id, commitment, sealed } = this.chronicle.compose(key, content);
    const [row] = await tx.query<{ erased: boolean }>(`SELECT app.${how}($1, $2, $3, $4, $5) AS erased`, [
      ...[requestId, partyCode, id, commitment, JSON.stringify(sealed)],
    ]);
    return row?.erased ?? false;
  }
}

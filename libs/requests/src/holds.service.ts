import { demandFresh, includes, type PartyCaller, type Work } from '#libs/access';
import { databaseCode, Problem, type Tx } from '#libs/runtime';
import type { WrittenText } from '#libs/wording';
import type { AddresseeRow } from './addressee.entity.js';
import { currentLines } from './current-lines.js';
import type { RequestRows } from './request-rows.service.js';
import type { RequestRow } from './request.entity.js';

/** A hold as its own side sees it; nobody else learns of it. */
export interface HoldView {
  since: string;
  /** Null: until it is released. */
  until: string | null;
}

const years = 10;

/**
 * Legal holds: as long as one stands, the key of its own side is not destroyed. The other side's is, as due, and it
 * neither sees the hold nor can tell by a date or a refusal that there is one.
 */
export class Holds {
  constructor(
    private readonly work: Work,
    private readonly rows: RequestRows,
  ) {}

  /**
   * Holds a request for the caller's own side, or until another time where it is held already. Raises `not-found`,
   * `forbidden` by role, `act-not-possible` for those with whom it was only shared, `erased`, and `invalid-input` for a time that is past or absurd.
   */
  async place(
    caller: PartyCaller,
    id: string,
    { text, until = null }: { text: WrittenText; until?: string | null | undefined },
  ): Promise<{ hold: HoldView | null }> {
    return this.change(caller, id, async (tx, about) => {
      const at = await tx.now();
      const end = until === null ? null : new Date(until);
      if (end && !(end > at && end.getTime() < at.getTime() + years * 366 * 86_400_000))
        throw new Problem('invalid-input', 'The hold has no such end.', {
          errors: [{ pointer: '#/until', detail: `must lie in the future, at most ${years} years from now` }],
        });
      await tx.query(
        `INSERT INTO request_holds (request_id, party_code, traffic, since, until)
         SELECT id, $2, traffic, app.now(), $3 FROM requests WHERE id = $1
         ON CONFLICT (request_id, party_code) DO UPDATE SET until = excluded.until`,
        [id, caller.party, end],
      );
      await this.record(tx, caller, about, 'hold', at, { text, until });
    });
  }

  /** Lets the term count again. Raises as {@link place}, and `act-not-possible` where nothing is held. */
  async release(caller: PartyCaller, id: string, text: WrittenText): Promise<{ hold: HoldView | null }> {
    return this.change(caller, id, async (tx, about) => {
      const at = await tx.now();
      demandFresh(caller, 'release-hold', at);
      const released = await tx.query(
        'DELETE FROM request_holds WHERE request_id = $1 AND party_code = $2 RETURNING since',
        [id, caller.party],
      );
      if (released.length === 0)
        throw new Problem('act-not-possible', 'Your side holds nothing here.', { reason: 'not-held' });
      await this.record(tx, caller, about, 'release-hold', at, { text });
    });
  }

  /** Answers no content: a kept answer would outlive what is erased. */
  private async change(caller: PartyCaller, id: string, work: (tx: Tx, about: About) => Promise<void>) {
    try {
      return await this.work.change(caller, 'hold', async (tx) => {
        const seen = await this.rows.concerning(tx, id);
        if (!includes(caller, 'hold-requests'))
          throw new Problem('forbidden', `The role "${caller.role}" does not include "hold-requests".`);
        await this.rows.demandConcerned(tx, id, 'holds it');
        await work(tx, await this.locked(tx, caller, seen));
        const [hold] = await tx.query<{ since: Date; until: Date | null }>(
          'SELECT since, until FROM request_holds WHERE request_id = $1 AND party_code = $2',
          [id, caller.party],
        );
        return { hold: hold ? shown(hold) : null };
      });
    } catch (error) {
      // Destroyed while this waited for it: a hold stands on a key that is there.
      if (databaseCode(error) === '23503') throw new Problem('erased', 'It was erased at this moment.');
      throw error;
    }
  }

  /** The caller's side, locked as acts lock it. */
  private async locked(tx: Tx, caller: PartyCaller, request: RequestRow): Promise<About> {
    if (request.partyCode === caller.party)
      return { request: await this.rows.locked(tx, request.id), line: null };
    const lines = await this.rows.lockedLines(tx, request.id, caller.party);
    return { request, line: currentLines(lines).at(0) ?? null };
  }

  private async record(
    tx: Tx,
    caller: PartyCaller,
    { request, line }: About,
    act: 'hold' | 'release-hold',
    at: Date,
    { text, ...more }: { text: WrittenText; until?: string | null },
  ): Promise<void> {
    const key = await this.rows.keyFor(tx, request.id, caller.party);
    const state = line?.state ?? request.state;
    const content = { said: { text }, ...more, audience: line ? 'addressee' : 'requester' } as const;
    await this.rows.record(tx, key, request, line, { act, from: state, to: state, at }, caller, content);
  }
}

/** The request, and of an addressee its line. */
interface About {
  request: RequestRow;
  line: AddresseeRow | null;
}

const shown = ({ since, until }: { since: Date; until: Date | null }): HoldView => ({
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
});

import type { LineCalls } from '#libs/directory';
import type { Tx, UnitOfWork } from '#libs/runtime';
import type { DataKey } from '#libs/vault';
import { isUrgency } from '#libs/wording';
import type { AddresseeRow } from './addressee.entity.js';
import type { Chronicle } from './chronicle.service.js';
import type { Correspondence, Subject } from './correspondence.service.js';
import type { RequestRows } from './request-rows.service.js';

const worker = { actor: 'worker', party: null, body: null, purpose: 'sweep' };

/** A line one of whose timers is due. */
export interface DueLine {
  requestId: string;
  addresseeId: string;
  partyCode: string;
}

/** A reminder that is due; the last one goes further. */
interface Fired {
  cycle: number;
  at: Date;
  last: boolean;
}

/** Timed acts of lines: found due, re-read under a lock, done once. The database's time decides, nothing else. */
export class Reminders {
  constructor(
    private readonly units: UnitOfWork,
    private readonly rows: RequestRows,
    private readonly chronicle: Chronicle,
    private readonly correspondence: Correspondence,
    private readonly lineCalls: LineCalls,
  ) {}

  /** Lines with timers that are due, the longest due first. */
  async due(limit: number): Promise<DueLine[]> {
    return this.units.run(worker, (tx) =>
      tx.query<DueLine>(
        `SELECT request_id AS "requestId", addressee_id AS "addresseeId", party_code AS "partyCode" FROM timers
         WHERE fired_at IS NULL AND ended_at IS NULL AND due_at <= app.now()
         GROUP BY 1, 2, 3 ORDER BY min(due_at) LIMIT $1`,
        [limit],
      ),
    );
  }

  /**
   * Fires what is due of a line. After a downtime each step is recorded, but only one mail leaves for all of them.
   * Does nothing when another worker was first, or the line no longer waits.
   */
  async fire(due: DueLine): Promise<void> {
    await this.units.run(worker, async (tx) => {
      const lines = await this.rows.lockedLines(tx, due.requestId, due.partyCode);
      const line = lines.find(({ id }) => id === due.addresseeId);
      if (line?.state !== 'sent') return;
      const fired = await tx.query<Fired>(
        `UPDATE timers SET fired_at = app.now()
         WHERE addressee_id = $1 AND fired_at IS NULL AND ended_at IS NULL AND due_at <= app.now()
         RETURNING cycle, fired_at AS at, NOT EXISTS (SELECT 1 FROM timers later
           WHERE later.addressee_id = $1 AND later.cycle > timers.cycle) AS last`,
        [line.id],
      );
      if (fired.length > 0) await this.remind(tx, line, fired);
    });
  }

  private async remind(tx: Tx, line: AddresseeRow, fired: Fired[]): Promise<void> {
    const key = await this.rows.keyFor(tx, line.requestId, line.partyCode);
    for (const { cycle, at } of fired.toSorted((one, other) => one.cycle - other.cycle))
      await this.chronicle.appendBySystem(tx, key, line, 'remind', at, { cycle });
    const subject = await this.rows.subject(tx, line.requestId);
    const last = fired.find((each) => each.last);
    await this.correspondence.reminder(tx, key, subject, line, last !== undefined);
    if (last) await this.askForCalls(tx, key, subject, line, last.at);
  }

  /** The requester's side alone is told, and reads what came of them: calls acknowledge nothing. */
  private async askForCalls(
    tx: Tx,
    key: DataKey,
    subject: Subject,
    line: AddresseeRow,
    at: Date,
  ): Promise<void> {
    const { urgency } = subject;
    if (!isUrgency(urgency)) throw new Error('a request without urgency is not sent');
    const steps = await this.correspondence.callsTo(tx, subject, line);
    const { id, requestId, partyCode, requesterCode, traffic } = line;
    const asked = await this.lineCalls.ask(tx, {
      ...{ id, requestId, partyCode, requesterCode, traffic, urgency, steps },
    });
    if (asked.chosen > 0 && asked.made === 0) return;
    const act = asked.made > 0 ? 'ask-calls' : 'no-calls';
    const more = { calls: asked.made, wantedBy: asked.wantedBy };
    await this.chronicle.appendBySystem(tx, key, line, act, at, more, 'requester');
    if (asked.made > 0 && asked.wantedBy !== null)
      await this.correspondence.callsToMake(tx, key, subject, line, asked.made);
  }
}

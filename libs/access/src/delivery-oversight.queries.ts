import { Problem } from '#libs/runtime';
import type { Caller } from './caller.js';
import { demandPermission } from './demand-permission.js';
import type { Work } from './work.service.js';

/** Whether one notice goes through, and nothing of what it is about or for whom. */
export interface OverseenDelivery {
  /** The last ten digits of its id, which are random: the whole id tells its time. Logs of the worker hold the id. */
  notice: string;
  channel: 'mail';
  state: string;
  attempts: number;
  /** What the last attempt that has ended came to. */
  outcome: string | null;
}

export interface DeliverySummary {
  /** Not settled yet; of these, for longer than {@link lateMinutes}. */
  waiting: number;
  late: number;
  failed: number;
}

/** For how long a notice waits before it is counted as late, in minutes. */
export const lateMinutes = 10;

/** Deliveries as the network's staff sees them. Raises `forbidden` by role. */
export class DeliveryOversight {
  constructor(private readonly work: Work) {}

  /** A page of all notices, newest first; `before` is the name of the last one of the page before. */
  async page(
    caller: Caller,
    { outcome, before, limit }: { outcome?: string | undefined; before?: string | undefined; limit: number },
  ): Promise<{ items: OverseenDelivery[]; next: string | null }> {
    demandPermission(caller, 'read-deliveries');
    return this.work.read(caller, async (tx) => {
      const rows = await tx.query<OverseenDelivery>('SELECT * FROM app.deliveries($1, $2, $3)', [
        ...[outcome ?? null, before ?? null, limit + 1],
      ]);
      const items = rows.slice(0, limit);
      return { items, next: rows.length > limit ? (items.at(-1)?.notice ?? null) : null };
    });
  }

  async summary(caller: Caller): Promise<DeliverySummary> {
    demandPermission(caller, 'read-deliveries');
    return this.work.read(caller, async (tx) => {
      const [row] = await tx.query<DeliverySummary>(
        'SELECT * FROM app.delivery_summary(make_interval(mins => $1))',
        [lateMinutes],
      );
      if (!row) throw new Problem('internal', 'The notices were not counted.');
      return row;
    });
  }
}

import type { Instance } from './instance.js';
import { waitUntil } from './waiting.js';

/** Milliseconds after which a claim, and a sending that nobody ended, is taken back; a little more than each. */
export const pastLease = 121_000;
export const pastSending = 151_000;

interface OnTheirWay {
  open: number;
  /** Claimed or being sent. */
  held: number;
  /** Waiting, and due now. */
  due: number;
  /** Milliseconds until the next of the others is due. */
  wait: number | null;
}

/**
 * Lets time pass until no notice is on its way. Time is moved only while nothing is due or in a worker's hands, to
 * the moment at which the next notice is due: so nobody's lease runs out by it.
 */
export async function untilQuiet(instance: Instance): Promise<void> {
  await waitUntil(
    'no notice is on its way',
    async () => {
      const { open, held, due, wait } = await onTheirWay(instance);
      if (held === 0 && due === 0 && wait !== null) await instance.forward(Math.max(wait, 1));
      return open === 0;
    },
    40_000,
  );
}

/** Waits until every notice is either settled or in the hands of a worker. */
export async function untilOnlyHeld(instance: Instance): Promise<void> {
  await waitUntil('the notices are settled or held', async () => {
    const { open, held } = await onTheirWay(instance);
    return open === held;
  });
}

async function onTheirWay(instance: Instance): Promise<OnTheirWay> {
  const [row] = await instance.database.rows<OnTheirWay>(
    `SELECT count(*)::int AS open,
       count(*) FILTER (WHERE state IN ('leased', 'sending'))::int AS held,
       count(*) FILTER (WHERE state IN ('pending', 'unknown') AND due_at <= app.now())::int AS due,
       ceil(extract(epoch FROM min(due_at) FILTER (WHERE state IN ('pending', 'unknown')) - app.now()) * 1000)::int AS wait
     FROM notices WHERE settled_at IS NULL`,
  );
  if (!row) throw new Error('the notices were not counted');
  return row;
}

import { Problem, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { forgottenAfter, freeTries, waitAfter } from './throttle.js';

/** Whose tries are counted. */
export type Tried = Partial<Record<keyof typeof freeTries, string>>;

/**
 * Counts failed tries in the database, so that neither a restart nor an outage of the queue forgets them. A try is
 * counted before it is looked at, and taken off again when it succeeds: killing the connection saves nobody one.
 */
export class Throttle {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Does what is tried. Raises `too-many-tries` with the seconds to wait, without trying. */
  async around<T>(tried: Tried, attempt: () => Promise<T>): Promise<T> {
    const keys = await this.keysOf(tried);
    await this.presenting(keys, (tx) => this.count(tx, keys));
    const result = await attempt();
    await this.presenting(keys, (tx) => this.forgive(tx, keys));
    return result;
  }

  private async count(tx: Tx, keys: readonly Key[]): Promise<void> {
    for (const { key, free } of keys) {
      const [row] = await tx.query<{ failures: number; since: number }>(
        `INSERT INTO throttles AS t (key, failures, last_at) VALUES ($1, 0, app.now())
         ON CONFLICT (key) DO UPDATE SET
           failures = CASE WHEN t.last_at < app.now() - make_interval(secs => $2) THEN 0 ELSE t.failures END
         RETURNING failures, extract(epoch FROM app.now() - last_at)::float AS since`,
        [key, forgottenAfter],
      );
      const left = waitAfter(row?.failures ?? 0, free) - (row?.since ?? 0);
      if (left > 0)
        throw new Problem('too-many-tries', 'There were too many failed tries. Wait, then try again.', {
          retryAfter: Math.ceil(left),
        });
      await tx.query('UPDATE throttles SET failures = failures + 1, last_at = app.now() WHERE key = $1', [
        key,
      ]);
    }
  }

  private async forgive(tx: Tx, keys: readonly Key[]): Promise<void> {
    for (const { key, whole } of keys)
      if (whole) await tx.query('DELETE FROM throttles WHERE key = $1', [key]);
      // Others may share the address: one who knows a password does not wipe out what the rest has tried.
      else await tx.query('UPDATE throttles SET failures = greatest(failures - 1, 0) WHERE key = $1', [key]);
  }

  private async keysOf({ account, factor, address }: Tried): Promise<Key[]> {
    const key = async (kind: keyof Tried, name: string): Promise<Key> => ({
      key: (await this.vault.secret('throttle', `${kind}:${name}`)).toString('hex'),
      free: freeTries[kind],
      whole: kind !== 'address',
    });
    // Always in this order: two tries must not wait for each other.
    return Promise.all([
      ...(address === undefined ? [] : [key('address', address)]),
      ...(account === undefined ? [] : [key('account', account)]),
      ...(factor === undefined ? [] : [key('factor', factor)]),
    ]);
  }

  private async presenting<T>(keys: readonly Key[], work: (tx: Tx) => Promise<T>): Promise<T> {
    const presented = keys.map(({ key }) => key).join(',');
    return this.units.run(
      { actor: 'anonymous', party: null, body: null, purpose: 'throttle', presented },
      work,
    );
  }
}

interface Key {
  key: string;
  free: number;
  /** Whether one success wipes all failures out. */
  whole: boolean;
}

import { Problem, type Identity, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { IdempotentAnswerRow } from './account.entity.js';
import type { Caller } from './caller.js';
import { includes } from './permissions.js';

/** What the walls are told of a caller. Its body opens requests, so a role that reads none works without one. */
export const identityOf = (caller: Caller, purpose: string): Identity => ({
  actor: caller.actor,
  party: caller.party,
  body: includes(caller, 'read-requests') ? caller.body : null,
  purpose: caller.party === null ? 'network' : purpose,
});

const answerOf = (scope: string, key: string) => ({
  table: 'idempotent_answers',
  row: `${scope}/${key}`,
  field: 'answer',
});

/**
 * Units of work done for a caller. A change that bears an Idempotency-Key happens once: key, change and answer
 * share the transaction, so a lost answer or an unclear COMMIT is safe to repeat.
 */
export class Work {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Reads for a caller. */
  async read<T>(caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.units.run(identityOf(caller, 'read'), work);
  }

  /**
   * Changes for a caller; the answer must be plain JSON. Raises `key-reused` when the key belongs to another call.
   */
  async change<T>(caller: Caller, purpose: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.units.run(identityOf(caller, purpose), (tx) => this.once(tx, caller, work));
  }

  private async once<T>(tx: Tx, caller: Caller, work: (tx: Tx) => Promise<T>): Promise<T> {
    if (!caller.once) return work(tx);
    const { key, asked } = caller.once;
    const scope = caller.actor;
    // With the id of its key, which is needed as long as a repeat may come.
    const [fingerprint] = await this.vault.hashes('fingerprint', asked);
    // A concurrent call with the same key waits here until this one is committed or rolled back.
    const fresh = await tx.query(
      `INSERT INTO idempotent_answers (scope, key, party_code, traffic, fingerprint, created_at)
       VALUES ($1, $2, $3, 'actual', $4, app.now()) ON CONFLICT (scope, key) DO NOTHING RETURNING key`,
      [scope, key, caller.party, fingerprint],
    );
    if (fresh.length === 0) return this.repeat<T>(tx, scope, key, asked);
    const answer = await work(tx);
    const sealed = this.vault.seal(
      await this.vault.partyKey(caller.party),
      answerOf(scope, key),
      answer ?? null,
    );
    await tx.manager.update(IdempotentAnswerRow, { scope, key }, { answer: sealed });
    return answer;
  }

  private async repeat<T>(tx: Tx, scope: string, key: string, asked: string): Promise<T> {
    const [row] = await tx.query<{ fingerprint: string; answer: Sealed }>(
      'SELECT fingerprint, answer FROM idempotent_answers WHERE scope = $1 AND key = $2',
      [scope, key],
    );
    if (!row || !(await this.isOf(row.fingerprint, asked)))
      throw new Problem(
        'key-reused',
        'This Idempotency-Key belongs to another call. Use a new key for a new call.',
        {
          errors: [{ header: 'Idempotency-Key', detail: 'must be new for a call with other content' }],
        },
      );
    return this.vault.openPartys<T>(answerOf(scope, key), row.answer);
  }

  /** Asked for the key that is named: another process may have taken up a new one before this one has. */
  private async isOf(fingerprint: string, asked: string): Promise<boolean> {
    const [keyId, print] = fingerprint.split(':');
    if (print === undefined) return false;
    return (await this.vault.secret('fingerprint', asked, keyId)).toString('hex') === print;
  }
}

import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Sealed, Vault } from '#libs/vault';
import { personOf, signInToken, type Person } from './person.service.js';

/** Days for which a call may be repeated with its Idempotency-Key when the key it was hashed under is to go. */
export const repeatableDays = 7;

const rotating = { actor: 'operator', party: null, body: null, purpose: 'rotate-keys' };
const batch = 200;

interface Row {
  id: string;
  person: Sealed;
  token: string;
}

/** What access finds by hashes under a vault key, and what becomes of it when the key changes. */
export class KeyedLookups {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Gives each account the look-up of its address under the current key; answers how many had another. */
  async remake(): Promise<number> {
    return this.inBatches(async (tx, rows) => {
      let made = 0;
      for (const { id, token, due } of rows) {
        if (token === due) continue;
        await tx.query(`UPDATE accounts SET sign_in_token = $1 WHERE id = $2 AND sign_in_token = $3`, [
          due,
          id,
          token,
        ]);
        made++;
      }
      return made;
    });
  }

  /** How many accounts are found by a key that is not the current one. */
  async notCurrent(): Promise<number> {
    return this.inBatches(async (_tx, rows) => rows.filter(({ token, due }) => token !== due).length);
  }

  /**
   * Forgets what is hashed under this key and of no use any more: answers to calls of more than {@link repeatableDays}
   * ago, recovery codes that were used, and those of accounts that have ended.
   */
  async forgetWhatIsOver(keyId: string): Promise<void> {
    await this.units.run(rotating, async (tx) => {
      await tx.query(
        `DELETE FROM idempotent_answers WHERE starts_with(fingerprint, $1)
           AND created_at < app.now() - make_interval(days => $2)`,
        [`${keyId}:`, repeatableDays],
      );
      await tx.query(
        `DELETE FROM recovery_codes c USING accounts a WHERE a.id = c.account_id AND starts_with(c.code_hash, $1)
           AND (c.used_at IS NOT NULL OR a.deactivated_at IS NOT NULL)`,
        [`${keyId}:`],
      );
    });
  }

  private async inBatches(
    count: (tx: Tx, rows: (Row & { due: string })[]) => Promise<number>,
  ): Promise<number> {
    let total = 0;
    let after: string | undefined = '00000000-0000-0000-0000-000000000000';
    while (after !== undefined) {
      const last: string = after;
      const found = await this.units.run(rotating, async (tx) => {
        const rows = await tx.query<Row>(
          `SELECT id, person, sign_in_token AS token FROM accounts WHERE id > $1 ORDER BY id LIMIT ${batch}`,
          [last],
        );
        const counted = await count(tx, await Promise.all(rows.map((row) => this.withDue(row))));
        return { counted, last: rows.length === batch ? rows.at(-1)?.id : undefined };
      });
      total += found.counted;
      after = found.last;
    }
    return total;
  }

  private async withDue(row: Row): Promise<Row & { due: string }> {
    const { email } = await this.vault.openPartys<Person>(personOf(row.id), row.person);
    return { ...row, due: await signInToken(this.vault, email) };
  }
}

import type { Tx, UnitOfWork } from '#libs/runtime';
import type { Column, Sealed, Vault } from '#libs/vault';
import { subjectOf, subjectToken } from './organization-identities.service.js';
import { personOf, signInToken, type Person } from './person.service.js';

/** Days for which a call may be repeated with its Idempotency-Key when the key it was hashed under is to go. */
export const repeatableDays = 7;

const rotating = { actor: 'operator', party: null, body: null, purpose: 'rotate-keys' };
const batch = 200;

interface Row {
  id: string;
  /** What the token is made of. */
  sealed: Sealed;
  token: string;
  providerId: string | null;
}

/** A table whose rows are found by a token; the columns are those of {@link Row}. */
interface Lookup {
  table: string;
  column: string;
  select: string;
  /** Rows that have nothing to be found by any more are passed over. */
  where?: string;
  due: (vault: Vault, row: Row) => Promise<string>;
}

const lookups: readonly Lookup[] = [
  {
    ...{ table: 'accounts', column: 'sign_in_token' },
    select: 'id, person AS sealed, sign_in_token AS token, NULL AS "providerId"',
    where: 'erased_at IS NULL',
    due: async (vault, { id, sealed }) =>
      signInToken(vault, (await vault.openPartys<Person>(personOf(id), sealed)).email),
  },
  {
    ...{ table: 'organization_identities', column: 'subject_token' },
    select: 'id, subject AS sealed, subject_token AS token, provider_id AS "providerId"',
    due: async (vault, { id, sealed, providerId }) =>
      subjectToken(vault, providerId ?? '', await vault.openPartys<string>(subjectOf(id), sealed)),
  },
];

/** What access finds by hashes under a vault key, and what becomes of it when the key changes. */
export class KeyedLookups {
  constructor(
    private readonly units: UnitOfWork,
    private readonly vault: Vault,
  ) {}

  /** Gives each account and each linked identity its look-up under the current key; answers how many of each had another. */
  async remake(): Promise<Column[]> {
    return this.inBatches(async (tx, { table, column }, rows) => {
      let made = 0;
      for (const { id, token, due } of rows) {
        if (token === due) continue;
        await tx.query(`UPDATE ${table} SET ${column} = $1 WHERE id = $2 AND ${column} = $3`, [
          due,
          id,
          token,
        ]);
        made++;
      }
      return made;
    });
  }

  /** How many of each are found by a key that is not the current one. */
  async notCurrent(): Promise<Column[]> {
    return this.inBatches(
      async (_tx, _lookup, rows) => rows.filter(({ token, due }) => token !== due).length,
    );
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

  private async inBatches(count: Count): Promise<Column[]> {
    const counted: Column[] = [];
    for (const lookup of lookups) {
      const { table, column } = lookup;
      let total = 0;
      let after: string | undefined = '00000000-0000-0000-0000-000000000000';
      while (after !== undefined) {
        const found: { counted: number; last: string | undefined } = await this.batch(lookup, after, count);
        total += found.counted;
        after = found.last;
      }
      if (total > 0) counted.push({ table, column, count: total });
    }
    return counted;
  }

  private async batch(lookup: Lookup, after: string, count: Count) {
    return this.units.run(rotating, async (tx) => {
      const rows = await tx.query<Row>(
        `SELECT ${lookup.select} FROM ${lookup.table} WHERE id > $1 AND ${lookup.where ?? true} ORDER BY id LIMIT ${batch}`,
        [after],
      );
      const withDue = rows.map(async (row) => ({ ...row, due: await lookup.due(this.vault, row) }));
      const counted = await count(tx, lookup, await Promise.all(withDue));
      return { counted, last: rows.length === batch ? rows.at(-1)?.id : undefined };
    });
  }
}

type Count = (tx: Tx, lookup: Lookup, rows: (Row & { due: string })[]) => Promise<number>;

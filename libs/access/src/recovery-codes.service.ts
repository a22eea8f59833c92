import { randomInt } from 'node:crypto';
import { newId, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { AccountRow } from './account.entity.js';
import { RecoveryCodeRow } from './second-factor.entity.js';

/** How many there are in a set. */
const inSet = 10;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Sixteen characters of Crockford's base 32, 80 random bits, in groups of four. */
const newCode = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join(''),
  ).join('-');

/** A typed code as it was given out: without blanks and dashes, and with letters that are taken for digits read so. */
export const readRecoveryCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/**
 * Codes for one use each, for who has lost every other factor. Only keyed hashes are stored, each with the id of its
 * key: as long as a code may be used, that key is needed.
 */
export class RecoveryCodes {
  constructor(private readonly vault: Vault) {}

  /** A new set, shown this once; the one before is void. */
  async renew(tx: Tx, { id: accountId, partyCode, traffic }: AccountRow): Promise<string[]> {
    const codes = Array.from({ length: inSet }, newCode);
    await tx.manager.delete(RecoveryCodeRow, { accountId });
    const rows = codes.map(async (code) => {
      const [codeHash = ''] = await this.hashes(code);
      return { id: newId(), accountId, partyCode, traffic, codeHash, usedAt: null };
    });
    await tx.manager.insert(RecoveryCodeRow, await Promise.all(rows));
    return codes;
  }

  /** Whether the code is one of the account's that was not used; it is used by this. */
  async prove(tx: Tx, accountId: string, typed: string): Promise<boolean> {
    const used = await tx.query(
      `UPDATE recovery_codes SET used_at = app.now()
       WHERE account_id = $1 AND code_hash = ANY ($2) AND used_at IS NULL RETURNING id`,
      [accountId, await this.hashes(typed)],
    );
    return used.length === 1;
  }

  private async hashes(code: string): Promise<string[]> {
    return this.vault.hashes('recovery-code', readRecoveryCode(code));
  }
}

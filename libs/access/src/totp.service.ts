import { Secret, TOTP } from 'otpauth';
import { Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import type { AccountRow } from './account.entity.js';
import { TotpRow } from './second-factor.entity.js';

const secretOf = (accountId: string) => ({ table: 'totp_secrets', row: accountId, field: 'secret' });
/** Seconds of one code; one before and one after the present are taken too, for clocks that are apart. */
const period = 30;

const codes = (secret: Secret, label = 'account', issuer = 'Aldis') =>
  new TOTP({ secret, label, issuer, algorithm: 'SHA1', digits: 6, period });

function inUse(row: TotpRow | null, lost: Date | null): boolean {
  const since = row?.confirmedAt ?? null;
  return since !== null && (lost === null || since > lost);
}

/** Time-based codes (RFC 6238): six digits, 30 seconds, SHA-1, as every authenticator app reads them. */
export class Totp {
  constructor(private readonly vault: Vault) {}

  /**
   * Begins to set one up, in place of one that was begun before. Raises `conflict` when one is in use; unless that was
   * before `lost`: then it is replaced at once, so that the account is at no time without.
   */
  async begin(
    tx: Tx,
    account: AccountRow,
    label: string,
    issuer: string,
    lost: Date | null = null,
  ): Promise<{ secret: string; uri: string }> {
    const { id: accountId, partyCode, traffic } = account;
    const known = await tx.manager.findOneBy(TotpRow, { accountId });
    if (inUse(known, lost))
      throw new Problem('conflict', 'An authenticator app is set up already. Remove it first.');
    const secret = new Secret({ size: 20 });
    const createdAt = await tx.now();
    await tx.manager.delete(TotpRow, { accountId });
    await tx.manager.insert(TotpRow, {
      ...{ accountId, partyCode, traffic, lastStep: 0, createdAt, confirmedAt: known?.confirmedAt ?? null },
      secret: this.vault.seal(await this.vault.partyKey(partyCode), secretOf(accountId), secret.base32),
    });
    return { secret: secret.base32, uri: codes(secret, label, issuer).toString() };
  }

  /** Takes a first code: from now on codes count. Answers whether it fits. */
  async confirm(tx: Tx, accountId: string, code: string, lost: Date | null = null): Promise<boolean> {
    const row = await tx.manager.findOneBy(TotpRow, { accountId });
    if (!row || inUse(row, lost))
      throw new Problem('conflict', 'There is no authenticator app being set up.');
    if (!(await this.takes(tx, row, code))) return false;
    await tx.manager.update(TotpRow, { accountId }, { confirmedAt: await tx.now() });
    return true;
  }

  /** Whether a code fits now and was not taken before; it is taken by this. */
  async prove(tx: Tx, accountId: string, code: string): Promise<boolean> {
    const row = await tx.manager.findOneBy(TotpRow, { accountId });
    return row?.confirmedAt ? this.takes(tx, row, code) : false;
  }

  private async takes(tx: Tx, row: TotpRow, code: string): Promise<boolean> {
    const secret = await this.vault.openPartys<string>(secretOf(row.accountId), row.secret);
    const timestamp = (await tx.now()).getTime();
    const delta = codes(Secret.fromBase32(secret)).validate({ token: code, timestamp, window: 1 });
    if (delta === null) return false;
    const step = Math.floor(timestamp / 1000 / period) + delta;
    const taken = await tx.query(
      'UPDATE totp_secrets SET last_step = $2 WHERE account_id = $1 AND last_step < $2 RETURNING account_id',
      [row.accountId, step],
    );
    return taken.length === 1;
  }
}

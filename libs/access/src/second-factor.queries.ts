import type { Tx } from '#libs/runtime';

/** Whether an account has an authenticator app or a passkey; of those set up after `since` alone, where it is given. */
export async function hasFactor(tx: Tx, accountId: string, since: Date | null = null): Promise<boolean> {
  const found = await tx.query(
    `SELECT 1 FROM totp_secrets WHERE account_id = $1 AND confirmed_at > coalesce($2::timestamptz, '-infinity')
     UNION ALL SELECT 1 FROM passkeys WHERE account_id = $1 AND created_at > coalesce($2::timestamptz, '-infinity') LIMIT 1`,
    [accountId, since],
  );
  return found.length > 0;
}

import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { AckLinkRow } from './outbox.entity.js';

/** Wrong codes that one link takes before it is locked; and how long it can be used. */
export const ackTries = 10;
export const ackDays = 7;

/** Whom a link stands for, and until when. */
export interface AckLink {
  noticeId: string;
  requestId: string;
  addresseeId: string;
  partyCode: string;
  bodyId: string;
  triesLeft: number;
  expiresAt: Date;
  /** When its bearer said not to be responsible for the mailbox that it went to. */
  reportedAt: Date | null;
}

export type AckTry =
  | { outcome: 'right'; link: AckLink }
  | { outcome: 'wrong'; link: AckLink }
  | { outcome: 'locked' | 'expired'; link: AckLink }
  | { outcome: 'unknown' };

/**
 * Links that acknowledge without a login. Token and code are derived from the notice's id under a vault key, so
 * that a repeated mail bears the same ones and neither a copy of the database nor a log acknowledges anything.
 */
export class AckLinks {
  constructor(private readonly vault: Vault) {}

  /** The 256-bit token and the six-digit code of a notice. */
  async credentials(noticeId: string, keyId: string): Promise<{ token: string; code: string }> {
    const token = await this.vault.secret('ack-token', noticeId, keyId);
    const digits = await this.vault.secret('ack-code', noticeId, keyId);
    const code = String(digits.readUIntBE(0, 6) % 1_000_000).padStart(6, '0');
    return { token: token.toString('base64url'), code };
  }

  async create(
    tx: Tx,
    links: readonly Omit<AckLinkRow, 'keyId' | 'tokenHash' | 'triesLeft' | 'reportedAt'>[],
  ): Promise<void> {
    const keyId = this.vault.currentKey;
    const rows = links.map(async (link): Promise<AckLinkRow> => {
      const { token } = await this.credentials(link.noticeId, keyId);
      return { ...link, keyId, tokenHash: hashToken(token), triesLeft: ackTries, reportedAt: null };
    });
    await tx.manager.insert(AckLinkRow, await Promise.all(rows));
  }

  /** The link whose token hash the transaction's identity presents; undefined when there is none. Changes nothing. */
  async find(tx: Tx): Promise<AckLink | undefined> {
    const row = await tx.manager.findOneBy(AckLinkRow, { tokenHash: tx.identity.presented ?? '' });
    return row ?? undefined;
  }

  /** Compares a typed code and counts a wrong one. Commit the transaction whatever the outcome. */
  async tryCode(tx: Tx, code: string): Promise<AckTry> {
    const [row] = await tx.query<{ notice_id: string }>(
      'SELECT notice_id FROM ack_links WHERE token_hash = $1 FOR UPDATE',
      [tx.identity.presented],
    );
    const link = row && (await tx.manager.findOneBy(AckLinkRow, { noticeId: row.notice_id }));
    if (!link) return { outcome: 'unknown' };
    if (link.expiresAt <= (await tx.now())) return { outcome: 'expired', link };
    if (link.triesLeft === 0) return { outcome: 'locked', link };
    const expected = (await this.credentials(link.noticeId, link.keyId)).code;
    const given = Buffer.from(hashToken(code));
    if (timingSafeEqual(given, Buffer.from(hashToken(expected)))) return { outcome: 'right', link };
    const triesLeft = link.triesLeft - 1;
    await tx.manager.update(AckLinkRow, { noticeId: link.noticeId }, { triesLeft });
    return triesLeft === 0
      ? { outcome: 'locked', link: { ...link, triesLeft } }
      : { outcome: 'wrong', link: { ...link, triesLeft } };
  }
}

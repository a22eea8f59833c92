import { randomBytes } from 'node:crypto';
import { newId, Problem, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { recordBy } from './access-record.service.js';
import { AccountRow } from './account.entity.js';
import { ApiTokenRow } from './api-token.entity.js';
import type { Caller } from './caller.js';
import { permits, type Permission } from './permissions.js';
import { callerOf } from './person.service.js';
import { demandFresh } from './step-up.js';
import type { Work } from './work.service.js';

/** What a token can be for: requests and the directory. Accounts, sessions and factors are for people alone. */
export const tokenScopes = [
  'read-directory',
  'read-requests',
  'file-requests',
  'acknowledge-requests',
  'attend-requests',
  'answer-requests',
  'share-requests',
] as const satisfies Permission[];
export type TokenScope = (typeof tokenScopes)[number];

/** Begins every token, so that a search for secrets finds one that was left lying about. */
const tokenPrefix = 'aldis_';
/** Tokens of one account that work at a time. */
const atMost = 20;
const day = 86_400_000;

export interface ApiTokenView {
  id: string;
  name: string;
  scope: string[];
  createdAt: string;
  expiresAt: string;
  revokedAt: string | null;
  /** To the minute. */
  lastUsedAt: string | null;
}

/** A token as it is shown, this once. */
export type NewApiToken = ApiTokenView & { token: string };

export interface ApiTokenInput {
  name: string;
  scope: readonly TokenScope[];
  days: number;
}

const nameOf = (id: string) => ({ table: 'api_tokens', row: id, field: 'name' });

/** Tokens of an account, by itself. Making one needs a second factor given just now. */
export class ApiTokens {
  constructor(
    private readonly units: UnitOfWork,
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** Raises `forbidden` for what the role does not include, `conflict` when there are too many. */
  async make(caller: Caller, { name, scope, days }: ApiTokenInput): Promise<NewApiToken> {
    const beyond = scope.find((permission) => !permits(caller.role, permission));
    if (beyond) throw new Problem('forbidden', `The role "${caller.role}" does not include "${beyond}".`);
    return this.change(caller, async (tx, at) => {
      await this.refuseTooMany(tx, caller);
      // What is to be acted on has to be read.
      const onRequests = scope.some((permission) => permission !== 'read-directory');
      const whole = new Set<TokenScope>([...(onRequests ? ['read-requests' as const] : []), ...scope]);
      return this.insert(tx, caller, { name, scope: [...whole].sort(), at, days });
    });
  }

  /**
   * One for as many days and for the same; the one before ends after the overlap (hours), and counts until then.
   * Raises `conflict` when it is over, or there are too many.
   */
  async rotate(caller: Caller, id: string, overlap: number): Promise<NewApiToken> {
    return this.change(caller, async (tx, at) => {
      const row = await this.own(tx, caller, id);
      if (row.revokedAt ?? row.expiresAt <= at)
        throw new Problem('conflict', 'This token is over already. Make a new one.');
      const end = new Date(Math.min(row.expiresAt.getTime(), at.getTime() + overlap * 3_600_000));
      await tx.manager.update(ApiTokenRow, id, { expiresAt: end });
      await recordBy(tx, caller, 'token-rotated', id);
      await this.refuseTooMany(tx, caller);
      const name = await this.vault.openPartys<string>(nameOf(id), row.name);
      return this.insert(tx, caller, { name, scope: row.scope, at, days: row.days });
    });
  }

  /** Ends a token at once; alike when repeated. Needs no fresh factor: whoever has lost one is in a hurry. */
  async revoke(caller: Caller, id: string): Promise<ApiTokenView> {
    return this.work.change(caller, 'tokens', async (tx) => {
      const row = await this.own(tx, caller, id);
      const revokedAt = row.revokedAt ?? (await tx.now());
      await tx.manager.update(ApiTokenRow, id, { revokedAt });
      if (!row.revokedAt) await recordBy(tx, caller, 'token-revoked', id);
      return this.view({ ...row, revokedAt });
    });
  }

  async list(caller: Caller): Promise<ApiTokenView[]> {
    return this.work.read(caller, async (tx) => {
      const rows = await tx.manager.find(ApiTokenRow, {
        where: { accountId: caller.actor },
        order: { id: 'DESC' },
        take: 200,
      });
      return Promise.all(rows.map((row) => this.view(row)));
    });
  }

  /** For whom this token acts, and within what; undefined when it is unknown, over, or its account is. */
  async caller(token: string): Promise<Caller | undefined> {
    if (!token.startsWith(tokenPrefix)) return undefined;
    const presented = hashToken(token);
    const bearer = { actor: 'anonymous', party: null, body: null, purpose: 'token', presented };
    const found = await this.units.run(bearer, async (tx) => {
      const [row] = await tx.query<{ accountId: string; scope: Permission[]; unused: boolean }>(
        `SELECT t.account_id AS "accountId", t.scope,
           coalesce(t.last_used_at < app.now() - interval '1 minute', true) AS unused
         FROM api_tokens t JOIN accounts a ON a.id = t.account_id
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND t.expires_at > app.now() AND a.deactivated_at IS NULL`,
        [presented],
      );
      if (!row) return undefined;
      if (row.unused)
        await tx.query('UPDATE api_tokens SET last_used_at = app.now() WHERE token_hash = $1', [presented]);
      const account = await tx.manager.findOneBy(AccountRow, { id: row.accountId });
      return account && { account, scope: row.scope };
    });
    if (!found) return undefined;
    return { ...(await callerOf(this.vault, found.account)), assurance: 'api-token', scope: found.scope };
  }

  private async change<T>(caller: Caller, change: (tx: Tx, at: Date) => Promise<T>): Promise<T> {
    return this.work.change(caller, 'tokens', async (tx) => {
      const at = await tx.now();
      demandFresh(caller, 'make-token', at);
      // Two at once must not both be the last that there is room for.
      await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [caller.actor]);
      return change(tx, at);
    });
  }

  private async refuseTooMany(tx: Tx, caller: Caller): Promise<void> {
    const alive = await tx.query(
      'SELECT 1 FROM api_tokens WHERE account_id = $1 AND revoked_at IS NULL AND expires_at > app.now()',
      [caller.actor],
    );
    if (alive.length >= atMost)
      throw new Problem(
        'conflict',
        `You have ${atMost} tokens already. Revoke one first, or rotate one without an overlap.`,
      );
  }

  private async own(tx: Tx, caller: Caller, id: string): Promise<ApiTokenRow> {
    await tx.query('SELECT 1 FROM api_tokens WHERE id = $1 FOR UPDATE', [id]);
    const row = await tx.manager.findOneBy(ApiTokenRow, { id, accountId: caller.actor });
    if (!row) throw new Problem('not-found', 'You have no such token.');
    return row;
  }

  private async insert(
    tx: Tx,
    caller: Caller,
    { name, scope, at, days }: { name: string; scope: Permission[]; at: Date; days: number },
  ): Promise<NewApiToken> {
    const id = newId();
    const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
    const key = await this.vault.partyKey(caller.party);
    const row: ApiTokenRow = {
      ...{ id, accountId: caller.actor, partyCode: caller.party, traffic: 'actual', scope },
      ...{ tokenHash: hashToken(token), createdAt: at, days, expiresAt: new Date(at.getTime() + days * day) },
      ...{ revokedAt: null, lastUsedAt: null, name: this.vault.seal(key, nameOf(id), name) },
    };
    await tx.manager.insert(ApiTokenRow, row);
    await recordBy(tx, caller, 'token-made', id);
    return { ...(await this.view(row)), token };
  }

  private async view({ id, name, scope, createdAt, expiresAt, ...row }: ApiTokenRow): Promise<ApiTokenView> {
    return {
      ...{ id, scope, name: await this.vault.openPartys<string>(nameOf(id), name) },
      ...{ createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() },
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    };
  }
}

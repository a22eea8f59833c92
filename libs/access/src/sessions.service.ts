import { createHash, randomBytes } from 'node:crypto';
import { newId, Problem, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { IsNull } from 'typeorm';
import { AccountRow, SessionRow } from './account.entity.js';
import type { Caller, Once } from './caller.js';
import { noPasswordFits, passwordFits } from './passwords.service.js';
import type { Work } from './work.service.js';

/** How long a session lasts, in hours, however busy it is. */
export const sessionHours = 12;

export const personOf = (accountId: string) => ({ table: 'accounts', row: accountId, field: 'person' });
export interface Person {
  name: string;
  email: string;
}

/** The keyed hash by which sign-in finds an account: addresses themselves are sealed. */
export const signInToken = async (vault: Vault, email: string): Promise<string> =>
  (await vault.secret('sign-in', email.trim().toLowerCase())).toString('hex');

/** The same under each vault key at hand, the current one first: an account may date from before a change of keys. */
export const signInTokens = async (vault: Vault, email: string): Promise<string[]> =>
  (await vault.secrets('sign-in', email.trim().toLowerCase())).map((token) => token.toString('hex'));

const hash = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Signing in and out, and who a session's bearer is. */
export class Sessions {
  constructor(
    private readonly units: UnitOfWork,
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /**
   * Opens a session and answers its token (256 bits; only its hash is stored).
   * Raises `wrong-credentials`, with the same words and cost whether or not there is such an account.
   */
  async open(email: string, password: string, once?: Once): Promise<{ token: string; expiresAt: string }> {
    const token = await signInToken(this.vault, email);
    const account = await this.units.run(
      { actor: 'anonymous', party: null, body: null, purpose: 'sign-in', presented: token },
      (tx) => tx.manager.findOneBy(AccountRow, { signInToken: token, deactivatedAt: IsNull() }),
    );
    const fits = await passwordFits(password, account?.passwordHash ?? noPasswordFits);
    if (!account || !fits)
      throw new Problem('wrong-credentials', 'No account has this address and this password together.');
    const caller: Caller = { ...(await this.callerOf(account)), ...(once ? { once } : {}) };
    const opened = await this.work.change(caller, 'sign-in', async (tx) => {
      const session = randomBytes(32).toString('base64url');
      const at = await tx.now();
      const expiresAt = new Date(at.getTime() + sessionHours * 3_600_000);
      await tx.manager.insert(SessionRow, {
        id: newId(),
        accountId: account.id,
        partyCode: account.partyCode,
        traffic: 'actual',
        tokenHash: hash(session),
        createdAt: at,
        expiresAt,
      });
      return { token: session, expiresAt: expiresAt.toISOString() };
    });
    // The answer to an earlier call: its session may be over by now, and a new one is what is asked for.
    return once && !(await this.caller(opened.token)) ? this.open(email, password) : opened;
  }

  /** Who bears this session's token; undefined when it is unknown or over. */
  async caller(token: string): Promise<Caller | undefined> {
    const tokenHash = hash(token);
    const account = await this.units.run(
      { actor: 'anonymous', party: null, body: null, purpose: 'session', presented: tokenHash },
      async (tx) => {
        const [row] = await tx.query<{ id: string }>(
          `SELECT a.id FROM sessions s JOIN accounts a ON a.id = s.account_id
           WHERE s.token_hash = $1 AND s.expires_at > app.now() AND a.deactivated_at IS NULL`,
          [tokenHash],
        );
        return row && tx.manager.findOneBy(AccountRow, { id: row.id });
      },
    );
    return account ? this.callerOf(account) : undefined;
  }

  /** Ends the session with this token, if there is one: what is over stays over. */
  async close(token: string): Promise<void> {
    const tokenHash = hash(token);
    await this.units.run(
      { actor: 'anonymous', party: null, body: null, purpose: 'sign-out', presented: tokenHash },
      (tx) => tx.manager.delete(SessionRow, { tokenHash }),
    );
  }

  private async callerOf(account: AccountRow): Promise<Caller> {
    const person = await this.vault.openPartys<Person>(personOf(account.id), account.person);
    return {
      kind: 'account',
      actor: account.id,
      party: account.partyCode,
      body: account.bodyId,
      role: account.role,
      assurance: 'signed-in',
      name: person.name,
      language: account.language,
    };
  }
}

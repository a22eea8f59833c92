import { randomBytes } from 'node:crypto';
import type { PartyQueries } from '#libs/parties';
import { newId, Problem, type Tx, type UnitOfWork } from '#libs/runtime';
import { hashToken, type Vault } from '#libs/vault';
import { In, IsNull } from 'typeorm';
import { recordAccess, refusal } from './access-record.service.js';
import { AccountRow, SessionRow } from './account.entity.js';
import { withoutKey, type Caller, type Once } from './caller.js';
import type { AuthenticationResponseJSON, Passkeys } from './passkeys.service.js';
import { noPasswordFits, passwordFits } from './passwords.service.js';
import { callerOf, signInTokens } from './person.service.js';
import type { RecoveryCodes } from './recovery-codes.service.js';
import { signOut } from './sign-out.service.js';
import { hasFactor } from './second-factor.queries.js';
import { sessionHours, sessionLives, waitingMinutes } from './session-life.js';
import type { Factor, SessionStage } from './step-up.js';
import type { Throttle } from './throttle.service.js';
import type { Totp } from './totp.service.js';
import type { Work } from './work.service.js';

/** A session that was opened, and what its bearer has to do next. */
export interface Opened {
  token: string;
  expiresAt: string;
  next: 'signed-in' | 'second-factor' | 'enrol';
}

/** What proves the second factor: exactly one of these. */
export interface Proof {
  totp?: string | undefined;
  recoveryCode?: string | undefined;
  passkey?: AuthenticationResponseJSON | undefined;
}

/** The emergency access that lets a session in, and until when. */
export interface Grant {
  id: string;
  endsAt: Date;
}

const nextAt: Record<SessionStage, Opened['next']> = {
  full: 'signed-in',
  'second-factor': 'second-factor',
  enrol: 'enrol',
};

export interface SessionParts {
  units: UnitOfWork;
  work: Work;
  vault: Vault;
  parties: PartyQueries;
  throttle: Throttle;
  totp: Totp;
  passkeys: Passkeys;
  recoveryCodes: RecoveryCodes;
}

/** Signing in and out, the second factor, and who a session's bearer is. */
export class Sessions {
  constructor(private readonly parts: SessionParts) {}

  /**
   * Opens a session and answers its token (256 bits; only its hash is stored). Where the account has a second factor,
   * or a real instance demands one, the session waits for it and opens nothing else.
   * Raises `wrong-credentials`, with the same words and cost whether or not there is such an account;
   * `too-many-tries` with the seconds to wait.
   */
  async open(email: string, password: string, address?: string, once?: Once): Promise<Opened> {
    const { vault, throttle, work } = this.parts;
    const tokens = await signInTokens(vault, email);
    const tried = { account: email.trim().toLowerCase(), ...(address ? { address } : {}) };
    const account = await throttle.around(tried, async () => {
      const found = await this.byTokens(tokens);
      const fits = await passwordFits(password, found?.passwordHash ?? noPasswordFits);
      if (found && fits) return found;
      // Recorded alike where there is no such account: the time it takes must not tell the two apart.
      await this.signInRefused(found, tokens.join(','));
      throw new Problem('wrong-credentials', 'No account has this address and this password together.');
    });
    const caller: Caller = { ...(await callerOf(this.parts.vault, account)), ...(once ? { once } : {}) };
    const opened = await work.change(caller, 'sign-in', async (tx) => {
      // Found under an older vault key: from now on under the present one.
      if (account.signInToken !== tokens[0])
        await tx.manager.update(AccountRow, account.id, { signInToken: tokens[0] ?? '' });
      const stage = await this.stageFor(tx, account.id);
      return this.insert(tx, account, stage, stage === 'full' ? 'none' : null);
    });
    // The answer to an earlier call: its session may be over by now, and a new one is what is asked for.
    return once && !(await this.caller(opened.token)) ? this.open(email, password, address) : opened;
  }

  /** Opens a session with a passkey alone. Raises `wrong-second-factor`. */
  async openByPasskey(response: AuthenticationResponseJSON, address?: string): Promise<Opened> {
    const { throttle, passkeys, units, work } = this.parts;
    const account = await throttle.around(address ? { address } : {}, async () => {
      const { accountId, credentialId } = await passkeys.prove(response).catch(async (error: unknown) => {
        if (error instanceof Problem && error.code === 'wrong-second-factor')
          await this.signInRefused(null, 'passkey');
        throw error;
      });
      const opened = await units.run(anonymous('sign-in', credentialId), (tx) =>
        tx.manager.findOneBy(AccountRow, { id: accountId, deactivatedAt: IsNull() }),
      );
      if (!opened) throw new Problem('wrong-second-factor', 'No account that is open has this passkey.');
      return opened;
    });
    return work.change(await callerOf(this.parts.vault, account), 'sign-in', (tx) =>
      this.insert(tx, account, 'full', 'passkey'),
    );
  }

  /**
   * Opens a session for whom a provider of the organization has named; whole where that counts as a second factor,
   * given as many seconds ago as it was proved there. `confirm` raises when the two are linked no more.
   */
  async openByOrganization(
    account: AccountRow,
    whole: { provedAgo: number } | false,
    confirm: Confirm,
  ): Promise<Opened> {
    return this.parts.work.change(await callerOf(this.parts.vault, account), 'sign-in', async (tx) => {
      await confirm(tx, account.id);
      if (whole) return this.insert(tx, account, 'full', 'organization', whole);
      const stage = await this.stageFor(tx, account.id);
      return this.insert(tx, account, stage, stage === 'full' ? 'none' : null);
    });
  }

  /**
   * A session that counts as fresh in place of this one: the provider of the organization has proved its bearer.
   * Raises `conflict` under emergency access.
   */
  async proveByOrganization(caller: Caller, confirm: Confirm): Promise<Opened> {
    refuseEmergency(caller);
    return this.parts.work.change(withoutKey(caller), 'sign-in', async (tx) => {
      await confirm(tx, caller.actor);
      return this.rotate(tx, caller, 'organization');
    });
  }

  /**
   * Takes the second factor: the session that waited for it is whole, one that was whole counts as fresh. Either way
   * its token changes; the one before opens nothing any more. Raises `wrong-second-factor`, `too-many-tries`.
   */
  async prove(caller: Caller, proof: Proof): Promise<Opened> {
    const { throttle, units, work } = this.parts;
    refuseEmergency(caller);
    const factor = await throttle.around({ factor: caller.actor }, () =>
      this.factorOf(caller, proof).catch(refusal(units, caller)),
    );
    return work.change(withoutKey(caller), 'sign-in', (tx) => this.rotate(tx, caller, factor));
  }

  /** A whole session in place of the one in which the first factor was set up. */
  async enrolled(caller: Caller, factor: 'totp' | 'passkey'): Promise<Opened> {
    return this.parts.work.change(withoutKey(caller), 'sign-in', (tx) => this.rotate(tx, caller, factor));
  }

  /**
   * A whole session in place of one that waits, by the word of others: `grant` answers until when, or raises. It ends
   * then, and nothing makes it last longer.
   */
  async letIn(caller: Caller, grant: (tx: Tx) => Promise<Grant>): Promise<Opened> {
    return this.parts.work.change(withoutKey(caller), 'sign-in', async (tx) =>
      this.rotate(tx, caller, 'emergency', await grant(tx)),
    );
  }

  /** Who bears this session's token; undefined when it is unknown, over or idle for too long. */
  async caller(token: string): Promise<Caller | undefined> {
    const tokenHash = hashToken(token);
    const found = await this.parts.units.run(anonymous('session', tokenHash), async (tx) => {
      const [row] = await tx.query<SessionFound>(
        `SELECT s.id, s.account_id AS "accountId", s.stage, s.factor, s.factor_at AS "factorAt",
           s.seen_at < app.now() - interval '1 minute' AS unseen
         FROM sessions s JOIN accounts a ON a.id = s.account_id
         WHERE s.token_hash = $1 AND a.deactivated_at IS NULL AND ${sessionLives('s')}`,
        [tokenHash],
      );
      if (!row) return undefined;
      if (row.unseen)
        await tx.query('UPDATE sessions SET seen_at = app.now() WHERE token_hash = $1', [tokenHash]);
      const account = await tx.manager.findOneBy(AccountRow, { id: row.accountId });
      return account && { account, row };
    });
    if (!found) return undefined;
    const { id, stage, factor, factorAt } = found.row;
    const caller = await callerOf(this.parts.vault, found.account);
    const assurance = factor === 'emergency' ? factor : caller.assurance;
    return { ...caller, assurance, session: { id, stage, factor, factorAt } };
  }

  /** Ends the session with this token, if there is one: what is over stays over. */
  async close(token: string): Promise<void> {
    await signOut(this.parts.units, hashToken(token));
  }

  private async factorOf(caller: Caller, { totp, recoveryCode, passkey }: Proof): Promise<Factor> {
    const { work, passkeys, recoveryCodes, totp: codes } = this.parts;
    if (passkey) {
      const { accountId } = await passkeys.prove(passkey);
      if (accountId !== caller.actor) throw wrongFactor();
      return 'passkey';
    }
    // In a transaction of its own: what was used stays used, whatever becomes of the rest.
    const fits = await work.change(withoutKey(caller), 'sign-in', (tx) =>
      totp !== undefined
        ? codes.prove(tx, caller.actor, totp)
        : recoveryCodes.prove(tx, caller.actor, recoveryCode ?? ''),
    );
    if (!fits) throw wrongFactor();
    return totp !== undefined ? 'totp' : 'recovery-code';
  }

  private async rotate(tx: Tx, caller: Caller, factor: Factor, grant?: Grant): Promise<Opened> {
    const id = caller.session?.id ?? '';
    const old = await tx.manager.findOneBy(SessionRow, { id });
    const account = await tx.manager.findOneBy(AccountRow, { id: caller.actor });
    if (!old || !account) throw new Problem('not-signed-in', 'This session is over. Sign in again.');
    const { affected } = await tx.manager.delete(SessionRow, { id });
    // Ended, or proved, by another call meanwhile.
    if (affected !== 1) throw new Problem('not-signed-in', 'This session is over. Sign in again.');
    // A step up makes nothing last longer.
    const inPlaceOf = old.stage === 'full' ? { inPlaceOf: old } : {};
    return this.insert(tx, account, 'full', factor, { ...inPlaceOf, ...(grant ? { grant } : {}) });
  }

  private async insert(
    tx: Tx,
    account: AccountRow,
    stage: SessionStage,
    factor: Factor | null,
    { inPlaceOf, grant, provedAgo = 0 }: Opening = {},
  ): Promise<Opened> {
    const token = randomBytes(32).toString('base64url');
    const at = await tx.now();
    const minutes = stage === 'full' ? sessionHours * 60 : waitingMinutes[stage];
    const expiresAt = grant?.endsAt ?? inPlaceOf?.expiresAt ?? new Date(at.getTime() + minutes * 60_000);
    await tx.manager.insert(SessionRow, {
      ...{
        id: newId(),
        accountId: account.id,
        partyCode: account.partyCode,
        traffic: 'actual',
        stage,
        factor,
      },
      ...{ tokenHash: hashToken(token), createdAt: inPlaceOf?.createdAt ?? at, expiresAt, seenAt: at },
      factorAt: factor === null ? null : new Date(at.getTime() - provedAgo * 1_000),
    });
    if (grant)
      await recordAccess(tx, account, {
        ...{ act: 'emergency-sign-in', assurance: 'emergency', at, about: grant.id },
      });
    else if (stage === 'full' && !inPlaceOf)
      await recordAccess(tx, account, { act: 'sign-in', assurance: 'signed-in', at });
    return { token, expiresAt: expiresAt.toISOString(), next: nextAt[stage] };
  }

  private async stageFor(tx: Tx, accountId: string): Promise<SessionStage> {
    if (await hasFactor(tx, accountId)) return 'second-factor';
    return (await this.parts.parties.instance(tx)).kind === 'real' ? 'enrol' : 'full';
  }

  private async signInRefused(account: AccountRow | null, presented: string): Promise<void> {
    await this.parts.units.run(anonymous('sign-in', presented), async (tx) =>
      recordAccess(tx, account, { act: 'sign-in-refused', assurance: 'none', at: await tx.now() }),
    );
  }

  private async byTokens(tokens: readonly string[]): Promise<AccountRow | null> {
    return this.parts.units.run(anonymous('sign-in', tokens.join(',')), (tx) =>
      tx.manager.findOneBy(AccountRow, { signInToken: In([...tokens]), deactivatedAt: IsNull() }),
    );
  }
}

type Confirm = (tx: Tx, accountId: string) => Promise<void>;

/** What a session replaces, what lets it in, and how many seconds ago its factor was given. */
interface Opening {
  inPlaceOf?: SessionRow;
  grant?: Grant;
  provedAgo?: number;
}

type SessionFound = Pick<SessionRow, 'id' | 'accountId' | 'stage' | 'factor' | 'factorAt'> & {
  unseen: boolean;
};

const anonymous = (purpose: string, presented: string) => ({
  ...{ actor: 'anonymous', party: null, body: null, purpose, presented },
});

function refuseEmergency({ session }: Caller): void {
  if (session?.factor === 'emergency')
    throw new Problem('conflict', 'You are in by emergency access. Sign in anew with your second factor.');
}

const wrongFactor = () =>
  new Problem('wrong-second-factor', 'This does not fit the account, or was used before.');

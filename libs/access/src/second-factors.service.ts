import { Problem, type Tx } from '#libs/runtime';
import { LessThanOrEqual, Not } from 'typeorm';
import type { PartyQueries } from '#libs/parties';
import type { Vault } from '#libs/vault';
import { recordBy } from './access-record.service.js';
import { recordAccess } from './access-record.service.js';
import { AccountRow, SessionRow } from './account.entity.js';
import { withoutKey, type Caller } from './caller.js';
import { passkeyNameOf, type Passkeys, type RegistrationResponseJSON } from './passkeys.service.js';
import type { RecoveryCodes } from './recovery-codes.service.js';
import { PasskeyRow, RecoveryCodeRow, TotpRow } from './second-factor.entity.js';
import { hasFactor } from './second-factor.queries.js';
import { personOf, type Person } from './person.service.js';
import { demandFresh } from './step-up.js';
import type { Totp } from './totp.service.js';
import type { Work } from './work.service.js';

/** What an account proves itself with beside its password. */
export interface SecondFactorsView {
  totp: { since: string } | null;
  passkeys: { id: string; name: string; createdAt: string; lastUsedAt: string | null }[];
  recoveryCodesLeft: number;
}

/** A factor that was set up; with the first one come the recovery codes, shown this once. */
export interface SetUp {
  recoveryCodes: string[] | null;
}

/** Setting up and taking away what an account proves itself with. Each change needs a factor that was just given. */
export class SecondFactors {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly parties: PartyQueries,
    private readonly totp: Totp,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
  ) {}

  async list(caller: Caller): Promise<SecondFactorsView> {
    return this.work.read(caller, async (tx) => {
      const accountId = caller.actor;
      const totp = await tx.manager.findOneBy(TotpRow, { accountId });
      const rows = await tx.manager.find(PasskeyRow, { where: { accountId }, order: { id: 'ASC' } });
      const codes = await tx.manager.findBy(RecoveryCodeRow, { accountId });
      const passkeys = rows.map(async (row) => ({
        id: row.id,
        name: await this.vault.openPartys<string>(passkeyNameOf(row.id), row.name),
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      }));
      return {
        totp: totp?.confirmedAt ? { since: totp.confirmedAt.toISOString() } : null,
        passkeys: await Promise.all(passkeys),
        recoveryCodesLeft: codes.filter(({ usedAt }) => usedAt === null).length,
      };
    });
  }

  /** Begins to set up an authenticator app: its secret, and the same as an `otpauth:` address to be read by it. */
  async beginTotp(caller: Caller): Promise<{ secret: string; uri: string }> {
    return this.change(caller, 'set-up-factor', async (tx, account) => {
      const { email } = await this.person(account);
      // A lost one is replaced from now on, before a first code.
      if (lostBefore(caller)) await recordSetUp(tx, account);
      return this.totp.begin(tx, account, email, await this.networkName(tx), lostBefore(caller));
    });
  }

  /** Ends setting it up with a first code. Raises `wrong-second-factor`. */
  async confirmTotp(caller: Caller, code: string): Promise<SetUp> {
    return this.change(caller, 'set-up-factor', async (tx, account) => {
      const first = await this.isFirst(tx, account.id, lostBefore(caller));
      if (!(await this.totp.confirm(tx, account.id, code, lostBefore(caller))))
        throw new Problem('wrong-second-factor', 'This code does not fit. Check the clock of the device.');
      await recordBy(tx, caller, 'factor-set-up');
      return this.setUp(tx, caller, account, first);
    });
  }

  async removeTotp(caller: Caller): Promise<void> {
    await this.change(caller, 'remove-factor', async (tx, account) => {
      const { affected } = await tx.manager.delete(TotpRow, { accountId: account.id });
      await this.keepOne(tx, account);
      if (affected === 1) await recordBy(tx, caller, 'factor-removed');
    });
  }

  /** What the browser needs to make a passkey. */
  async passkeyOptions(caller: Caller) {
    return this.change(withoutKey(caller), 'set-up-factor', async (tx, account) =>
      this.passkeys.registrationOptions(tx, account, await this.person(account), await this.networkName(tx)),
    );
  }

  /** Keeps the passkey that the browser made, under a name of its bearer's. */
  async addPasskey(
    caller: Caller,
    name: string,
    response: RegistrationResponseJSON,
  ): Promise<SetUp & { id: string }> {
    return this.change(caller, 'set-up-factor', async (tx, account) => {
      const first = await this.isFirst(tx, account.id, lostBefore(caller));
      const id = await this.passkeys.register(tx, account, name, response);
      await recordBy(tx, caller, 'factor-set-up', id);
      return { id, ...(await this.setUp(tx, caller, account, first)) };
    });
  }

  async removePasskey(caller: Caller, id: string): Promise<void> {
    await this.change(caller, 'remove-factor', async (tx, account) => {
      const { affected } = await tx.manager.delete(PasskeyRow, { id, accountId: account.id });
      if (affected === 0) throw new Problem('not-found', 'There is no such passkey.');
      await this.keepOne(tx, account);
      await recordBy(tx, caller, 'factor-removed', id);
    });
  }

  /** A new set of recovery codes in place of the one before. */
  async renewRecoveryCodes(caller: Caller): Promise<{ recoveryCodes: string[] }> {
    return this.change(caller, 'make-recovery-codes', async (tx, account) => {
      if (await this.isFirst(tx, account.id))
        throw new Problem('conflict', 'Set up an authenticator app or a passkey first.');
      await recordBy(tx, caller, 'recovery-codes-made');
      return { recoveryCodes: await this.recoveryCodes.renew(tx, account) };
    });
  }

  private async change<T>(
    caller: Caller,
    act: string,
    change: (tx: Tx, account: AccountRow) => Promise<T>,
  ): Promise<T> {
    return this.work.change(caller, 'second-factor', async (tx) => {
      demandFresh(caller, act, await tx.now());
      // Two changes at once must not each leave the other's factor, nor both be the first.
      await tx.query('SELECT 1 FROM accounts WHERE id = $1 FOR NO KEY UPDATE', [caller.actor]);
      // Who has the password alone may have signed in before its owner set up the first factor.
      if (caller.session?.stage === 'enrol' && !(await this.isFirst(tx, caller.actor)))
        throw new Problem('not-signed-in', 'A second factor was set up meanwhile. Sign in again.');
      return change(tx, await tx.manager.findOneByOrFail(AccountRow, { id: caller.actor }));
    });
  }

  /**
   * With the first factor, sessions that never gave one end. With the first under emergency access the lost ones go:
   * whoever finds them must not be let in.
   */
  private async setUp(tx: Tx, caller: Caller, account: AccountRow, first: boolean): Promise<SetUp> {
    const lost = lostBefore(caller);
    if (lost) {
      const id = await recordSetUp(tx, account);
      await tx.query('UPDATE emergency_access SET factor_set_up_at = app.now() WHERE id = $1', [id]);
    }
    if (!first) return { recoveryCodes: null };
    if (lost) {
      await tx.manager.delete(TotpRow, { accountId: account.id, confirmedAt: LessThanOrEqual(lost) });
      await tx.manager.delete(PasskeyRow, { accountId: account.id, createdAt: LessThanOrEqual(lost) });
    }
    const id = Not(caller.session?.id ?? '');
    await tx.manager.delete(SessionRow, { accountId: account.id, ...(caller.session ? { id } : {}) });
    return { recoveryCodes: await this.recoveryCodes.renew(tx, account) };
  }

  private async isFirst(tx: Tx, accountId: string, lost: Date | null = null): Promise<boolean> {
    return !(await hasFactor(tx, accountId, lost));
  }

  /** The last factor stays in a real instance; recovery codes without one would be a password that is written down. */
  private async keepOne(tx: Tx, account: AccountRow): Promise<void> {
    if (!(await this.isFirst(tx, account.id))) return;
    const { kind } = await this.parties.instance(tx);
    if (kind === 'real') throw new Problem('conflict', 'This is the last one. Set up another first.');
    await tx.manager.delete(RecoveryCodeRow, { accountId: account.id });
  }

  private async person(account: AccountRow): Promise<Person> {
    return this.vault.openPartys<Person>(personOf(account.id), account.person);
  }

  private async networkName(tx: Tx): Promise<string> {
    const { names } = await this.parties.network(tx);
    return names.en ?? 'Aldis';
  }
}

/** Under emergency access: when it began. What was set up before that is lost. */
const lostBefore = ({ session }: Caller): Date | null =>
  session?.factor === 'emergency' ? session.factorAt : null;

/** Answers its id. Raises `not-signed-in` when the emergency access was ended meanwhile; it is not ended before this is done. */
async function recordSetUp(tx: Tx, account: AccountRow): Promise<string> {
  const [running] = await tx.query<{ id: string }>(
    `SELECT id FROM emergency_access WHERE account_id = $1 AND begun_at IS NOT NULL AND ended_at IS NULL
       AND ends_at > app.now() FOR NO KEY UPDATE`,
    [account.id],
  );
  if (!running) throw new Problem('not-signed-in', 'This emergency access is over.');
  const at = await tx.now();
  await recordAccess(tx, account, {
    ...{ act: 'emergency-factor-set-up', assurance: 'emergency', at, about: running.id },
  });
  return running.id;
}

import { newId, Problem, violatedUnique, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { In, IsNull, Not } from 'typeorm';
import { recordAccess } from './access-record.service.js';
import { AccountRow, SessionRow } from './account.entity.js';
import type { Caller } from './caller.js';
import { IdentityProviderRow, OrganizationIdentityRow } from './identity-provider.entity.js';
import { holdSignIns, providerName } from './identity-providers.service.js';
import type { Work } from './work.service.js';

/** An identity at a provider that an account's holder has linked to it. */
export interface OrganizationIdentityView {
  id: string;
  provider: { id: string; name: string };
  linkedAt: string;
}

/** Who a subject is at a provider, as one text: the same subject of another provider is somebody else. */
const namedBy = (providerId: string, subject: string): string => `${providerId}\n${subject}`;

export const subjectOf = (id: string) => ({ table: 'organization_identities', row: id, field: 'subject' });

/** The keyed hash by which a sign-in finds an identity: subjects themselves are sealed. */
export const subjectToken = async (vault: Vault, providerId: string, subject: string): Promise<string> =>
  (await vault.secret('organization-subject', namedBy(providerId, subject))).toString('hex');

/** The same under each vault key at hand, the current one first. */
const subjectTokens = async (vault: Vault, providerId: string, subject: string): Promise<string[]> =>
  (await vault.secrets('organization-subject', namedBy(providerId, subject))).map((one) =>
    one.toString('hex'),
  );

/** The identities linked to an account, as its holder looks them through. */
export class OrganizationIdentities {
  constructor(
    private readonly units: UnitOfWork,
    private readonly work: Work,
    private readonly vault: Vault,
  ) {}

  /** The open account to which this identity is linked; null when there is none. */
  async accountOf(providerId: string, subject: string): Promise<AccountRow | null> {
    const tokens = await subjectTokens(this.vault, providerId, subject);
    return this.finding(tokens, async (tx) => {
      const identity = await tx.manager.findOneBy(OrganizationIdentityRow, { subjectToken: In(tokens) });
      if (!identity) return null;
      return tx.manager.findOneBy(AccountRow, { id: identity.accountId, deactivatedAt: IsNull() });
    });
  }

  /** Links an identity, proved just now, to the caller's account. Raises `conflict` when either is linked already. */
  async link(
    caller: Caller,
    { id: providerId, partyCode }: IdentityProviderRow,
    subject: string,
  ): Promise<void> {
    const tokens = await subjectTokens(this.vault, providerId, subject);
    // Under an older key the database would not know it for the same.
    const known = await this.finding(tokens, (tx) =>
      tx.manager.findOneBy(OrganizationIdentityRow, { subjectToken: In(tokens) }),
    );
    if (known) throw linkedAlready();
    const [id, key] = [newId(), await this.vault.partyKey(partyCode)];
    try {
      await this.work.change(caller, 'link', async (tx) => {
        const at = await tx.now();
        await tx.manager.insert(OrganizationIdentityRow, {
          ...{ id, accountId: caller.actor, providerId, partyCode, traffic: 'actual', createdAt: at },
          ...{ subjectToken: tokens[0] ?? '', subject: this.vault.seal(key, subjectOf(id), subject) },
        });
        const own = { id: caller.actor, partyCode: caller.party };
        const { assurance } = caller;
        await recordAccess(tx, own, { act: 'link-organization', assurance, at, about: id });
      });
    } catch (error) {
      if (violatedUnique(error) === undefined) throw error;
      throw linkedAlready();
    }
  }

  /**
   * Makes sure, until the transaction is over, that an identity at this provider is linked to the account: ending and
   * unlinking wait for it, and then end the session that comes of it. Answers whether it is.
   */
  async holds(tx: Tx, providerId: string, accountId: string): Promise<boolean> {
    await tx.query('SELECT pg_advisory_xact_lock_shared(hashtextextended($1, 0))', [providerId]);
    return tx.manager.existsBy(OrganizationIdentityRow, { providerId, accountId });
  }

  async list(caller: Caller): Promise<OrganizationIdentityView[]> {
    return this.work.read(caller, async (tx) => {
      const rows = await tx.manager.find(OrganizationIdentityRow, {
        where: { accountId: caller.actor },
        order: { id: 'ASC' },
      });
      const providers = await tx.manager.findBy(IdentityProviderRow, {
        id: In(rows.map((row) => row.providerId)),
      });
      const named = new Map<string, string>();
      for (const provider of providers) named.set(provider.id, await providerName(this.vault, provider));
      return rows.map(({ id, providerId, createdAt }) => ({
        ...{ id, provider: { id: providerId, name: named.get(providerId) ?? '' } },
        linkedAt: createdAt.toISOString(),
      }));
    });
  }

  /**
   * Unlinks one, and ends the other sessions that were opened through a provider. Needs no fresh factor: whoever has
   * lost an identity is in a hurry. Raises `not-found` for what is not theirs.
   */
  async unlink(caller: Caller, id: string): Promise<void> {
    await this.work.change(caller, 'unlink', async (tx) => {
      const own = { id: caller.actor, partyCode: caller.party };
      const row = await tx.manager.findOneBy(OrganizationIdentityRow, { id, accountId: own.id });
      if (!row) throw new Problem('not-found', 'You have no such identity.');
      await holdSignIns(tx, row.providerId);
      await tx.manager.delete(OrganizationIdentityRow, { id, accountId: own.id });
      const rest = { accountId: own.id, id: Not(caller.session?.id ?? '') };
      await tx.manager.delete(SessionRow, { ...rest, factor: 'organization' });
      await recordAccess(tx, own, {
        ...{ act: 'unlink-organization', assurance: caller.assurance },
        ...{ at: await tx.now(), about: id },
      });
    });
  }

  private async finding<T>(tokens: readonly string[], find: (tx: Tx) => Promise<T>): Promise<T> {
    const presented = tokens.join(',');
    return this.units.run(
      { actor: 'anonymous', party: null, body: null, purpose: 'organization', presented },
      find,
    );
  }
}

const linkedAlready = () =>
  new Problem(
    'conflict',
    'This identity, or your account, is linked at this provider already. Unlink it first.',
  );

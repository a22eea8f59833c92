import { newId, Problem, type Tx } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { IsNull } from 'typeorm';
import type { AccessAct } from './access-acts.js';
import { recordAccess } from './access-record.service.js';
import type { Caller } from './caller.js';
import { IdentityProviderRow, OrganizationIdentityRow } from './identity-provider.entity.js';
import { ProviderFault, type Client, type OpenIdConnect } from './openid-connect.service.js';
import type { SecondFactorValues } from './organization-assurance.js';
import { permits } from './permissions.js';
import { demandFresh } from './step-up.js';
import type { Work } from './work.service.js';

/** Providers of one party that are open at a time. */
const atMost = 10;

export interface IdentityProviderInput extends Client {
  name: string;
  secondFactor: SecondFactorValues;
}

/** A provider as people of its party see it. */
export interface IdentityProviderView {
  id: string;
  name: string;
  issuer: string;
  clientId: string;
  secondFactor: { acr: string[]; amr: string[] };
  createdAt: string;
  endedAt: string | null;
}

const placeOf = (id: string, field: 'name' | 'client_secret') => ({
  table: 'identity_providers',
  row: id,
  field,
});

/** What a provider is called. */
export const providerName = async (vault: Vault, { id, name }: IdentityProviderRow): Promise<string> =>
  vault.openPartys<string>(placeOf(id, 'name'), name);

/** A provider and who we are there. */
export const clientOf = async (vault: Vault, row: IdentityProviderRow): Promise<Client> => ({
  issuer: row.issuer,
  clientId: row.clientId,
  clientSecret: await vault.openPartys<string>(placeOf(row.id, 'client_secret'), row.clientSecret),
});

/** Waits for sign-ins through a provider that are being finished, and lets no other be until the transaction is over. */
export const holdSignIns = (tx: Tx, providerId: string) =>
  tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [providerId]);

/**
 * Through which OpenID Connect providers people of a party sign in: named and ended by its administrators. Issuer and
 * client stay as they are for good: whoever could change them could be anybody who has linked an identity.
 */
export class IdentityProviders {
  constructor(
    private readonly work: Work,
    private readonly vault: Vault,
    private readonly openId: OpenIdConnect,
  ) {}

  /** Those of the caller's party, newest first; of those that have ended the latest too. */
  async list(caller: Caller): Promise<IdentityProviderView[]> {
    return this.work.read(caller, async (tx) => {
      if (caller.party === null) return [];
      const rows = await tx.manager.find(IdentityProviderRow, {
        where: { partyCode: caller.party },
        order: { id: 'DESC' },
        take: 100,
      });
      return Promise.all(rows.map((row) => this.view(row)));
    });
  }

  /** Names one, after it has shown that it is a provider. Raises `invalid-input` with what is wrong with it. */
  async make(caller: Caller, input: IdentityProviderInput): Promise<IdentityProviderView> {
    refuse(caller);
    await this.work.read(caller, async (tx) =>
      demandFresh(caller, 'change-identity-provider', await tx.now()),
    );
    await this.openId.discover(input).catch(unusable);
    return this.change(caller, async (tx, partyCode) => {
      const open = await tx.manager.countBy(IdentityProviderRow, { partyCode, endedAt: IsNull() });
      if (open >= atMost)
        throw new Problem('conflict', `There are ${atMost} providers already. End one first.`);
      const [id, key] = [newId(), await this.vault.partyKey(partyCode)];
      const row: IdentityProviderRow = {
        ...{ id, partyCode, traffic: 'actual', issuer: input.issuer, clientId: input.clientId },
        clientSecret: this.vault.seal(key, placeOf(id, 'client_secret'), input.clientSecret),
        name: this.vault.seal(key, placeOf(id, 'name'), input.name),
        ...{ secondFactorAcr: [...input.secondFactor.acr], secondFactorAmr: [...input.secondFactor.amr] },
        ...{ createdBy: caller.actor, createdAt: await tx.now(), endedAt: null },
      };
      await tx.manager.insert(IdentityProviderRow, row);
      await record(tx, caller, 'make-identity-provider', id);
      return this.view(row);
    });
  }

  /** Another secret in place of one that has run out or become known; nothing else of a provider changes. */
  async changeSecret(caller: Caller, id: string, clientSecret: string): Promise<IdentityProviderView> {
    refuse(caller);
    return this.change(caller, async (tx, partyCode) => {
      const row = await this.own(tx, partyCode, id);
      if (row.endedAt) throw new Problem('conflict', 'This provider has ended.');
      const key = await this.vault.partyKey(partyCode);
      const sealed = this.vault.seal(key, placeOf(id, 'client_secret'), clientSecret);
      await tx.manager.update(IdentityProviderRow, id, { clientSecret: sealed });
      await record(tx, caller, 'change-client-secret', id);
      return this.view(row);
    });
  }

  /** Ends one at once, with the identities linked to it and the sessions opened through it. Alike when repeated. */
  async end(caller: Caller, id: string): Promise<IdentityProviderView> {
    refuse(caller);
    return this.change(caller, async (tx, partyCode) => {
      const row = await this.own(tx, partyCode, id);
      if (row.endedAt) return this.view(row);
      await holdSignIns(tx, id);
      const endedAt = await tx.now();
      await tx.manager.update(IdentityProviderRow, id, { endedAt });
      // Those that still wait for a second factor may have come by it too.
      await tx.query(
        `DELETE FROM sessions WHERE (factor = 'organization' OR stage <> 'full')
           AND account_id IN (SELECT account_id FROM organization_identities WHERE provider_id = $1)`,
        [id],
      );
      await tx.manager.delete(OrganizationIdentityRow, { providerId: id });
      await record(tx, caller, 'end-identity-provider', id);
      return this.view({ ...row, endedAt });
    });
  }

  private async change<T>(caller: Caller, change: (tx: Tx, partyCode: string) => Promise<T>): Promise<T> {
    return this.work.change(caller, 'manage', async (tx) => {
      demandFresh(caller, 'change-identity-provider', await tx.now());
      return change(tx, caller.party ?? '');
    });
  }

  private async own(tx: Tx, partyCode: string, id: string): Promise<IdentityProviderRow> {
    await tx.query('SELECT 1 FROM identity_providers WHERE id = $1 FOR UPDATE', [id]);
    const row = await tx.manager.findOneBy(IdentityProviderRow, { id, partyCode });
    if (!row) throw new Problem('not-found', 'Your party has no such provider.');
    return row;
  }

  private async view(row: IdentityProviderRow): Promise<IdentityProviderView> {
    const { id, issuer, clientId, secondFactorAcr: acr, secondFactorAmr: amr } = row;
    return {
      ...{ id, name: await providerName(this.vault, row), issuer, clientId, secondFactor: { acr, amr } },
      ...{ createdAt: row.createdAt.toISOString(), endedAt: row.endedAt?.toISOString() ?? null },
    };
  }
}

function refuse(caller: Caller): void {
  if (!permits(caller.role, 'manage-party-accounts'))
    throw new Problem('forbidden', `The role "${caller.role}" does not include "manage-party-accounts".`);
}

const record = async (tx: Tx, caller: Caller, act: AccessAct, about: string) =>
  recordAccess(
    tx,
    { id: caller.actor, partyCode: caller.party },
    { act, assurance: caller.assurance, at: await tx.now(), about },
  );

function unusable(error: unknown): never {
  if (!(error instanceof ProviderFault)) throw error;
  throw new Problem('invalid-input', `The provider cannot be used: ${error.detail}.`, {
    errors: [{ pointer: '#/issuer', detail: error.detail }],
  });
}

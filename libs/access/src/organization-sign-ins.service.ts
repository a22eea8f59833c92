import { createHash, randomBytes } from 'node:crypto';
import { Problem, type Tx, type UnitOfWork } from '#libs/runtime';
import type { Vault } from '#libs/vault';
import { IsNull } from 'typeorm';
import { recordAccess } from './access-record.service.js';
import type { Caller } from './caller.js';
import {
  IdentityProviderRow,
  OrganizationSignInRow,
  type OrganizationPurpose,
} from './identity-provider.entity.js';
import { clientOf, providerName } from './identity-providers.service.js';
import {
  ProviderFault,
  type OpenIdConnect,
  type Proved,
  type ReturnedCode,
} from './openid-connect.service.js';
import { hasSecondFactor, provedAgo, wasProvedSince } from './organization-assurance.js';
import type { OrganizationIdentities } from './organization-identities.service.js';
import type { Opened, Sessions } from './sessions.service.js';
import { demandFresh, freshMinutes } from './step-up.js';
import type { Throttle } from './throttle.service.js';
import type { Work } from './work.service.js';

/** Minutes within which somebody has to come back from the provider. */
export const awayMinutes = 10;

const hash = (secret: string): string => createHash('sha256').update(secret).digest('hex');
const newSecret = (): string => randomBytes(32).toString('base64url');

/** Where to go, and what the browser keeps meanwhile. */
export interface Begun {
  authorizationUrl: string;
  /** 256 bits for the browser alone: without them what comes back from the provider is worth nothing. */
  browser: string;
  expiresAt: string;
}

/** What became of a sign-in: a session, or for `link` an identity linked to the one there is. */
export type Finished = { purpose: 'link'; opened: null } | { purpose: 'sign-in' | 'step-up'; opened: Opened };

export interface SignInParts {
  units: UnitOfWork;
  work: Work;
  vault: Vault;
  throttle: Throttle;
  sessions: Sessions;
  identities: OrganizationIdentities;
  openId: OpenIdConnect;
}

/**
 * Signing in through a provider of one's organization, linking who one is there to one's account, and stepping up by
 * it. Identities are linked by their holders alone, signed in; an address that a provider states proves nothing.
 */
export class OrganizationSignIns {
  constructor(private readonly parts: SignInParts) {}

  /** What a provider is called, for who has its id; undefined when there is none, or it has ended. */
  async nameOf(providerId: string): Promise<string | undefined> {
    const row = await this.provider(providerId);
    return row && providerName(this.parts.vault, row);
  }

  /**
   * Begins. To link needs a second factor given just now. Raises `not-found`, `not-signed-in`, `step-up-needed`, and
   * `organization-unavailable` when the provider does not answer.
   */
  async begin(providerId: string, purpose: OrganizationPurpose, caller: Caller | undefined): Promise<Begun> {
    const { units, vault, openId } = this.parts;
    const holder = purpose === 'sign-in' ? undefined : await this.holder(purpose, caller);
    const provider = await this.provider(providerId);
    // Whose party it is is nobody else's business.
    if (!provider || (holder && provider.partyCode !== holder.party)) throw noProvider();
    const [state, browser] = [newSecret(), newSecret()];
    const asked = { acr: provider.secondFactorAcr, anew: purpose !== 'sign-in' };
    const authorizationUrl = await openId
      .authorizationUrl(await clientOf(vault, provider), { state, browser }, asked)
      .catch(unavailable);
    const [stateHash, browserHash] = [hash(state), hash(browser)];
    const presented = `${stateHash},${browserHash}`;
    const who = holder ? { ...anonymous(presented), actor: holder.actor } : anonymous(presented);
    const expiresAt = await units.run(who, async (tx) => {
      const createdAt = await tx.now();
      const expiresAt = new Date(createdAt.getTime() + awayMinutes * 60_000);
      await tx.manager.insert(OrganizationSignInRow, {
        ...{ stateHash, browserHash, providerId, purpose, createdAt, expiresAt },
        ...{ accountId: holder?.actor ?? null, sessionId: holder?.session?.id ?? null },
      });
      return expiresAt;
    });
    return { authorizationUrl, browser, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Takes what came back, once, in the browser that began. Raises `organization-refused` in the same words for all
   * that does not fit, `organization-unavailable` and `too-many-tries`.
   */
  async finish(
    back: ReturnedCode,
    browser: string,
    caller: Caller | undefined,
    address: string,
  ): Promise<Finished> {
    const outcome = await this.parts.throttle.around({ address }, async () => {
      try {
        return await this.taken(back, browser, caller);
      } catch (error) {
        // That a provider is away is nobody's failed try.
        if (error instanceof ProviderFault && error.kind === 'unreachable') return error;
        if (!(error instanceof ProviderFault || error instanceof Refused)) throw error;
        await this.recordRefused(caller);
        throw refused();
      }
    });
    return outcome instanceof ProviderFault ? unavailable(outcome) : outcome;
  }

  private async taken(back: ReturnedCode, browser: string, caller: Caller | undefined): Promise<Finished> {
    const { units, vault, openId } = this.parts;
    const [stateHash, browserHash] = [hash(back.state), hash(browser)];
    // In a transaction of its own: what was used stays used, whatever becomes of the rest.
    const [begun] = await units.run(anonymous(`${stateHash},${browserHash}`), (tx) =>
      tx.query<{
        providerId: string;
        purpose: OrganizationPurpose;
        accountId: string;
        sessionId: string;
        elapsed: number;
      }>(
        `DELETE FROM organization_sign_ins WHERE state_hash = $1 AND browser_hash = $2 AND expires_at > app.now()
         RETURNING provider_id AS "providerId", purpose, account_id AS "accountId", session_id AS "sessionId",
           extract(epoch FROM app.now() - created_at)::float AS elapsed`,
        [stateHash, browserHash],
      ),
    );
    const provider = begun && (await this.provider(begun.providerId));
    if (!begun || !provider) throw new Refused();
    const proved = await openId.redeem(await clientOf(vault, provider), back, browser);
    if (begun.purpose === 'sign-in') return this.signIn(provider, proved);
    // By the session that began, and no other.
    if (caller?.actor !== begun.accountId || caller.session?.id !== begun.sessionId) throw new Refused();
    if (!wasProvedSince(proved, Math.min(begun.elapsed, freshMinutes * 60))) throw new Refused();
    if (begun.purpose === 'step-up') return this.stepUp(caller, provider, proved);
    await this.parts.identities.link(caller, provider, proved.subject);
    return { purpose: 'link', opened: null };
  }

  private async signIn(provider: IdentityProviderRow, proved: Proved): Promise<Finished> {
    const account = await this.parts.identities.accountOf(provider.id, proved.subject);
    if (!account) throw new Refused();
    // It may answer from a sign-in of long ago. Where it does not say, the first act that needs a fresh factor asks.
    const whole = hasSecondFactor(proved, valuesOf(provider)) && {
      provedAgo: provedAgo(proved) ?? freshMinutes * 60 + 1,
    };
    const opened = await this.parts.sessions.openByOrganization(account, whole, this.linkedAt(provider));
    return { purpose: 'sign-in', opened };
  }

  private async stepUp(caller: Caller, provider: IdentityProviderRow, proved: Proved): Promise<Finished> {
    const { identities, sessions } = this.parts;
    const account = await identities.accountOf(provider.id, proved.subject);
    if (account?.id !== caller.actor || !hasSecondFactor(proved, valuesOf(provider))) throw new Refused();
    return {
      purpose: 'step-up',
      opened: await sessions.proveByOrganization(caller, this.linkedAt(provider)),
    };
  }

  /** Refuses where the link has been taken away since it was found. */
  private linkedAt(provider: IdentityProviderRow) {
    return async (tx: Tx, accountId: string): Promise<void> => {
      if (!(await this.parts.identities.holds(tx, provider.id, accountId))) throw new Refused();
    };
  }

  /** Who links or steps up: signed in, in a whole session of a person of a party. */
  private async holder(purpose: 'link' | 'step-up', caller: Caller | undefined): Promise<Caller> {
    if (!caller?.session) throw new Problem('not-signed-in', 'Sign in with POST /api/v1/sessions first.');
    if (caller.session.stage !== 'full')
      throw new Problem('second-factor-needed', 'Finish signing in first.');
    if (purpose === 'link')
      await this.parts.work.read(caller, async (tx) =>
        demandFresh(caller, 'link-organization', await tx.now()),
      );
    return caller;
  }

  /** A provider that is open. */
  private async provider(id: string): Promise<IdentityProviderRow | undefined> {
    const row = await this.parts.units.run(anonymous(id), (tx) =>
      tx.manager.findOneBy(IdentityProviderRow, { id, endedAt: IsNull() }),
    );
    return row ?? undefined;
  }

  private async recordRefused(caller: Caller | undefined): Promise<void> {
    const { units, work } = this.parts;
    const what = { act: 'sign-in-refused', assurance: 'none' } as const;
    const record = async (tx: Tx) =>
      recordAccess(tx, caller ? { id: caller.actor, partyCode: caller.party } : null, {
        ...what,
        at: await tx.now(),
      });
    await (caller ? work.change(caller, 'sign-in', record) : units.run(anonymous(''), record));
  }
}

/** Something does not fit; what it was is told to nobody. */
class Refused extends Error {}

const valuesOf = (row: IdentityProviderRow) => ({ acr: row.secondFactorAcr, amr: row.secondFactorAmr });

const anonymous = (presented: string) => ({
  ...{ actor: 'anonymous', party: null, body: null, purpose: 'organization', presented },
});

const noProvider = () => new Problem('not-found', 'There is no such provider.');

const refused = () =>
  new Problem(
    'organization-refused',
    'Signing in through your organization did not succeed. Begin again. Who has not linked an account there signs in with a password first.',
  );

function unavailable(error: unknown): never {
  if (!(error instanceof ProviderFault)) throw error;
  throw new Problem(
    'organization-unavailable',
    'The provider of your organization does not answer as it should. Try again later, or sign in with your password.',
    { retryAfter: 60 },
  );
}

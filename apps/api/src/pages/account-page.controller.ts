import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  EmergencyAccess,
  IdentityProviders,
  OrganizationIdentities,
  OwnSessions,
  SecondFactors,
  Work,
  type Caller,
} from '#libs/access';
import { PartyQueries } from '#libs/parties';
import { Problem } from '#libs/runtime';
import { accountPage, type AccountView, type Language } from '#libs/wording';
import { For } from '../http/audience.js';
import { By } from '../http/caller.guard.js';
import { callingPageWith } from '../http/headers.js';
import { languageOf, sendPage } from '../http/page.js';
import { PUBLIC_URL } from '../http/public-url.js';

const at = (instant: string): Date => new Date(instant);
const maybeAt = (instant: string | null): Date | null => (instant === null ? null : at(instant));

/** The page of one's own account: who it is, what it signs in with, and who of its State asks to be let in. */
@ApiExcludeController()
@Controller('account')
export class AccountPageController {
  constructor(
    private readonly factors: SecondFactors,
    private readonly sessions: OwnSessions,
    private readonly providers: IdentityProviders,
    private readonly identities: OrganizationIdentities,
    private readonly emergency: EmergencyAccess,
    private readonly parties: PartyQueries,
    private readonly work: Work,
    @Inject(PUBLIC_URL) private readonly publicUrl: string,
  ) {}

  @Get()
  @For('network', ['full', 'enrol'])
  async page(@By() caller: Caller, @Req() call: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const view = { ...(await this.view(caller, languageOf(call))), publicUrl: this.publicUrl };
    sendPage(reply, 200, (nonce) => accountPage({ ...view, nonce }), callingPageWith);
  }

  private async view(caller: Caller, language: Language): Promise<Omit<AccountView, 'nonce' | 'publicUrl'>> {
    const { name, role } = caller;
    if (role === 'link-bearer') throw new Problem('forbidden', 'The bearer of a link has no account.');
    const enrol = caller.session?.stage === 'enrol';
    const { totp, passkeys, recoveryCodesLeft } = await this.factors.list(caller);
    const sessions = enrol ? [] : await this.sessions.list(caller);
    const organizations = enrol ? [] : await this.organizations(caller);
    const emergencies = enrol ? [] : await this.emergencies(caller);
    return {
      ...{ language, name, role, enrol, ...(await this.belonging(caller, language)) },
      ...{ organizations, emergencies },
      factors: {
        totp: totp && { since: at(totp.since) },
        passkeys: passkeys.map((one) => ({
          ...{ id: one.id, name: one.name, createdAt: at(one.createdAt) },
          lastUsedAt: maybeAt(one.lastUsedAt),
        })),
        recoveryCodesLeft,
      },
      sessions: sessions.map((one) => ({
        ...{ id: one.id, current: one.current, stage: one.stage, factor: one.factor },
        ...{ createdAt: at(one.createdAt), seenAt: at(one.seenAt), expiresAt: at(one.expiresAt) },
      })),
    };
  }

  /** Providers that are open, with how this account is linked to each. */
  private async organizations(caller: Caller): Promise<AccountView['organizations']> {
    const links = await this.identities.list(caller);
    const open = (await this.providers.list(caller)).filter(({ endedAt }) => endedAt === null);
    return open.map(({ id: provider, name }) => {
      const link = links.find((one) => one.provider.id === provider);
      return { provider, name, link: link ? { id: link.id, since: at(link.linkedAt) } : null };
    });
  }

  /** Those that are open; whoever has vouched already does not vouch again. */
  private async emergencies(caller: Caller): Promise<AccountView['emergencies']> {
    const found = caller.party === null ? [] : await this.emergency.list(caller);
    return found.flatMap(({ id, state, who, reason, askedAt, askUntil, endsAt, approvals }) => {
      // An erased account has nothing open.
      if ((state !== 'asked' && state !== 'granted') || who.name === null || reason === null) return [];
      const own = who.account === caller.actor;
      const hasVouched = approvals.some(({ by }) => by?.account === caller.actor);
      return {
        ...{ id, state, own, who: who.name, reason, askedAt: at(askedAt), until: at(endsAt ?? askUntil) },
        vouched: approvals.flatMap(({ by }) => by?.name ?? []),
        mayVouch: state === 'asked' && !own && !hasVouched,
      };
    });
  }

  /** Party and body by name, in the reader's language where they have one in it. */
  private async belonging({ party, body, ...caller }: Caller, language: Language) {
    return this.work.read({ party, body, ...caller }, async (tx) => {
      const { kind: instance } = await this.parties.instance(tx);
      if (party === null) return { instance, party: null, body: null };
      const { names, bodies = [] } = await this.parties.one(tx, party);
      const its = bodies.find(({ id }) => id === body);
      return {
        instance,
        party: `${named(names, language) ?? party} (${party})`,
        body: its ? (named(its.names, language) ?? its.kind) : null,
      };
    });
  }
}

const named = (names: Readonly<Record<string, string>>, language: Language): string | undefined =>
  names[language] ?? names.en ?? Object.values(names)[0];

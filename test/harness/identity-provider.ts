import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Provider, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Instance } from './instance.js';
import type { Officer } from './officer.js';
import { freePort } from './waiting.js';

/** Who signs in next at the provider, and what it says of how they did. */
export interface Login {
  subject: string;
  amr?: string[];
  acr?: string;
  /** When they proved it, in seconds since 1970; now unless told otherwise. */
  at?: number;
}

/** Cookies of one browser at the provider. */
export type Jar = Map<string, string>;

/** A real OpenID Connect provider on this machine, whose people sign in as they are told. */
export class IdentityProvider {
  login: Login = { subject: 'nobody' };
  /** What becomes of an answer of the token endpoint on its way; of the same length. */
  tampers: ((body: string) => string) | undefined;
  readonly clientSecret = randomBytes(24).toString('hex');
  readonly clientId = 'aldis';
  /** A client that is not told when somebody proved who they are, unless it asks. */
  readonly untimedId = 'untimed';
  private readonly server: Server;
  private readonly provider: Provider;

  private constructor(
    readonly issuer: string,
    redirectUri: string,
  ) {
    const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    this.provider = new Provider(issuer, {
      clients: [
        {
          ...{ client_id: this.clientId, client_secret: this.clientSecret, redirect_uris: [redirectUri] },
          require_auth_time: true,
        },
        { client_id: this.untimedId, client_secret: this.clientSecret, redirect_uris: [redirectUri] },
      ],
      adapter: (name) => kept(name),
      ttl: {
        Interaction: 600,
        Grant: 600,
        Session: 600,
        AccessToken: 600,
        IdToken: 600,
        AuthorizationCode: 60,
      },
      jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'one' }] },
      cookies: { keys: [randomBytes(16).toString('hex')] },
      claims: { openid: ['sub', 'amr', 'acr'] },
      acrValues: ['urn:example:two', 'urn:example:one'],
      features: { devInteractions: { enabled: false } },
      pkce: { required: () => true },
      interactions: { url: (_, { uid }) => `/interaction/${uid}` },
      findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
      loadExistingGrant: async ({ oidc }) => {
        const { provider, client, session } = oidc;
        const grant = new provider.Grant({
          clientId: client?.clientId ?? '',
          accountId: session?.accountId ?? '',
        });
        grant.addOIDCScope('openid');
        await grant.save();
        return grant;
      },
    });
    const answer = this.provider.callback();
    this.server = createServer((call, reply) => {
      if (call.url?.startsWith('/interaction/')) return void this.signIn(call, reply);
      if (call.url === '/token' && this.tampers) alter(reply, this.tampers);
      void answer(call, reply);
    });
  }

  /** Listens, and sends people back to this address. */
  static async start(redirectUri: string): Promise<IdentityProvider> {
    const port = await freePort();
    const made = new IdentityProvider(`http://localhost:${port}`, redirectUri);
    await new Promise<void>((listening) => made.server.listen(port, '127.0.0.1', listening));
    return made;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  /** What an administrator says of it. */
  get input() {
    const { issuer, clientId, clientSecret } = this;
    return {
      name: 'Ministry',
      issuer,
      clientId,
      clientSecret,
      secondFactor: { acr: ['urn:example:two'], amr: ['mfa'] },
    };
  }

  /** Goes where one is sent, as this login, until one is sent back; answers what stands in that address. */
  async visit(authorizationUrl: string, login: Login, jar: Jar = new Map()): Promise<Record<string, string>> {
    this.login = login;
    let url = new URL(authorizationUrl);
    for (let steps = 0; steps < 10; steps++) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await fetch(url, { redirect: 'manual', headers: { cookie } });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '') jar.delete(name);
        else jar.set(name, value);
      }
      const to = answer.headers.get('location');
      if (to === null) throw new Error(`the provider answered ${answer.status}: ${await answer.text()}`);
      url = new URL(to, url);
      if (url.origin !== this.issuer) return Object.fromEntries(url.searchParams);
    }
    throw new Error('the provider sends people round in circles');
  }

  private async signIn(call: IncomingMessage, reply: ServerResponse): Promise<void> {
    const { subject: accountId, amr, acr, at } = this.login;
    const login = {
      accountId,
      ...(amr && { amr }),
      ...(acr && { acr }),
      ...(at !== undefined && { ts: at }),
    };
    await this.provider.interactionFinished(call, reply, { login });
  }
}

/** A provider that this administrator names, and at which they link who they are; it is stopped again. */
export async function linkedTo(instance: Instance, administrator: Officer): Promise<void> {
  const idp = await IdentityProvider.start(`${instance.url}/organization-sign-in`);
  try {
    const { id: provider } = (await administrator.post('/identity-providers', idp.input)).body as {
      id: string;
    };
    const begun = await administrator.post('/organization-sign-ins', { provider, purpose: 'link' });
    const { authorizationUrl } = begun.body as { authorizationUrl: string };
    const back = await idp.visit(authorizationUrl, { subject: 'a.dministrator' });
    const [cookie = ''] = begun.get('Set-Cookie')?.[0]?.split(';') ?? [];
    const linked = await administrator.bearingToo(cookie).post('/organization-sign-ins/finish', back);
    if (linked.status !== 201) throw new Error(`linking answered ${linked.status}`);
  } finally {
    await idp.stop();
  }
}

/** Has what is sent altered before it leaves. */
function alter(reply: ServerResponse, tamper: (body: string) => string): void {
  const end = reply.end.bind(reply) as (body?: unknown) => ServerResponse;
  reply.end = ((body: unknown) =>
    end(
      Buffer.isBuffer(body) || typeof body === 'string' ? tamper(body.toString()) : body,
    )) as typeof reply.end;
}

/** What a provider keeps of one kind, in memory. */
function kept(kind: string): Adapter {
  const all = keptOf.get(kind) ?? new Map<string, AdapterPayload>();
  keptOf.set(kind, all);
  return {
    upsert: async (id, payload) => void all.set(id, payload),
    find: async (id) => all.get(id),
    findByUid: async (uid) => [...all.values()].find((one) => one.uid === uid),
    findByUserCode: async (code) => [...all.values()].find((one) => one.userCode === code),
    consume: async (id) => void all.set(id, { ...all.get(id), consumed: 1 }),
    destroy: async (id) => void all.delete(id),
    revokeByGrantId: async (grant) => {
      for (const [id, { grantId }] of all) if (grantId === grant) all.delete(id);
    },
  };
}
const keptOf = new Map<string, Map<string, AdapterPayload>>();

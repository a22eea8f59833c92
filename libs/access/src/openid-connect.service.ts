import { createHash } from 'node:crypto';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  Configuration,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type CustomFetch,
} from 'openid-client';
import { OutgoingCallError, type OutgoingCalls } from '#libs/runtime';
import type { AuthenticationClaims } from './organization-assurance.js';

/** Where people come back to from a provider. */
export const returnPath = '/organization-sign-in';

/** A provider and who we are there. */
export interface Client {
  issuer: string;
  clientId: string;
  clientSecret: string;
}

/** What came back from a provider, as it stood in the address. */
export interface ReturnedCode {
  code: string;
  state: string;
  /** Who answered (RFC 9207). */
  iss?: string | undefined;
}

export interface AskedOf {
  state: string;
  /** What the browser keeps; nonce and PKCE verifier are derived from it and stored nowhere. */
  browser: string;
}

/** Who somebody is at a provider, from an ID token that was checked. */
export type Proved = AuthenticationClaims & { subject: string };

/** A provider cannot be used: it does not answer, or with what is none. */
export class ProviderFault extends Error {
  constructor(
    readonly kind: 'unreachable' | 'unfit',
    /** For people who set a provider up; no word of the provider is in it. */
    readonly detail: string,
  ) {
    super(`${kind}: ${detail}`);
    this.name = 'ProviderFault';
  }
}

/** Longest that a subject may be (OpenID Connect Core 1.0, section 2). */
const longestSubject = 255;

/**
 * The OpenID Connect code flow with PKCE (Core 1.0; RFC 7636, 9207), as a client of providers that administrators of
 * parties name. What a provider says of itself is asked for anew each time; its issuer must be the one stored.
 */
export class OpenIdConnect {
  constructor(
    private readonly calls: OutgoingCalls,
    private readonly publicUrl: string,
  ) {}

  /** Where a provider sends people back to; it has to be told so beforehand. */
  get redirectUri(): string {
    return this.publicUrl + returnPath;
  }

  /** What the provider says of itself. Raises {@link ProviderFault} when it cannot be used. */
  async discover({ issuer, clientId, clientSecret }: Client): Promise<Configuration> {
    const { reachesLoopback } = this.calls;
    const options = {
      [customFetch]: ((url, ask) => this.calls.fetch(url, ask)) as CustomFetch,
      // The signature counts, though the token comes by TLS from the provider itself.
      execute: [enableNonRepudiationChecks, ...(reachesLoopback ? [allowInsecureRequests] : [])],
    };
    const found = await discovery(new URL(issuer), clientId, undefined, undefined, options).catch(raiseFault);
    const metadata = found.serverMetadata();
    // The library lets some well-known hosts differ; here the issuer is who it was when people linked to it.
    if (metadata.issuer !== issuer) throw unfit('it says that its issuer is another one');
    const { authorization_endpoint: page, token_endpoint: tokens, jwks_uri: keys } = metadata;
    if (!page || !tokens || !keys)
      throw unfit('it names no address for signing in, for tokens or for its keys');
    for (const address of [page, tokens, keys])
      if (!isUsable(address, reachesLoopback))
        throw unfit('it names an address that does not begin with https');
    if (!(metadata.response_types_supported ?? ['code']).includes('code'))
      throw unfit('it does not offer the code flow');
    if (metadata.code_challenge_methods_supported?.includes('S256') === false)
      throw unfit('it does not offer PKCE with S256');
    const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    const proof = methods.includes('client_secret_basic') ? ClientSecretBasic : ClientSecretPost;
    const client = new Configuration(metadata, clientId, clientSecret, proof(clientSecret));
    client[customFetch] = options[customFetch];
    for (const apply of options.execute) apply(client);
    return client;
  }

  /** Where to send somebody. `anew`: they have to prove who they are, though the provider knows them already. */
  async authorizationUrl(
    client: Client,
    { state, browser }: AskedOf,
    { acr, anew }: { acr: readonly string[]; anew: boolean },
  ): Promise<string> {
    const config = await this.discover(client);
    const url = buildAuthorizationUrl(config, {
      ...{ redirect_uri: this.redirectUri, response_type: 'code', scope: 'openid', state },
      ...{ nonce: derived('nonce', browser), code_challenge_method: 'S256' },
      code_challenge: await calculatePKCECodeChallenge(derived('verifier', browser)),
      ...(acr.length > 0 ? { acr_values: acr.join(' ') } : {}),
      ...(anew ? { prompt: 'login', max_age: '0' } : {}),
    });
    return url.href;
  }

  /**
   * Exchanges the code and checks the ID token: signature, issuer, audience, nonce, times. Raises
   * {@link ProviderFault}: `unfit` for whatever does not fit.
   */
  async redeem(client: Client, { code, state, iss }: ReturnedCode, browser: string): Promise<Proved> {
    const config = await this.discover(client);
    const back = new URL(this.redirectUri);
    back.search = new URLSearchParams({ code, state, ...(iss === undefined ? {} : { iss }) }).toString();
    const tokens = await authorizationCodeGrant(config, back, {
      ...{ expectedState: state, expectedNonce: derived('nonce', browser), idTokenExpected: true },
      pkceCodeVerifier: derived('verifier', browser),
    }).catch(raiseFault);
    const claims = tokens.claims();
    if (!claims || claims.sub === '' || claims.sub.length > longestSubject)
      throw unfit('its token names nobody');
    const { sub: subject, iat, auth_time, acr, amr } = claims;
    const methods = Array.isArray(amr) ? amr.filter((one) => typeof one === 'string') : undefined;
    return { subject, iat, auth_time, acr: typeof acr === 'string' ? acr : undefined, amr: methods };
  }
}

/** 256 bits that only who holds the browser's secret can derive; each use has its own. */
const derived = (use: 'nonce' | 'verifier', browser: string): string =>
  createHash('sha256').update(`aldis-organization-${use}:${browser}`).digest('base64url');

const unfit = (detail: string) => new ProviderFault('unfit', detail);

const isUsable = (address: string, reachesLoopback: boolean): boolean =>
  URL.canParse(address) &&
  ['https:', ...(reachesLoopback ? ['http:'] : [])].includes(new URL(address).protocol);

const inWords = {
  address: 'its address is not one that can be called',
  place: 'its address is not a public one, does not begin with https, or has a port other than 443 and 8443',
  name: 'its name is unknown',
  silence: 'it does not answer',
  time: 'it takes too long to answer',
  size: 'its answer is too large',
} as const;

/** The library wraps what our calls raise, once or more often; answers of 5xx are no answers. */
function raiseFault(error: unknown): never {
  for (
    let cause: unknown = error;
    cause !== undefined;
    cause = cause instanceof Error ? cause.cause : undefined
  ) {
    if (cause instanceof OutgoingCallError) throw new ProviderFault('unreachable', inWords[cause.fault]);
    if (cause instanceof Response && cause.status >= 500)
      throw new ProviderFault('unreachable', inWords.silence);
    if (cause instanceof DOMException && cause.name === 'TimeoutError')
      throw new ProviderFault('unreachable', inWords.time);
  }
  throw unfit('it does not answer as an OpenID Connect provider with this issuer does');
}
